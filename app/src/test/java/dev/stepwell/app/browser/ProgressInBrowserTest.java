package dev.stepwell.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.stepwell.app.daemon.RunningDaemon;
import dev.stepwell.app.daemon.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a daemon does and how far it is, and the buttons that change it.
class ProgressInBrowserTest extends DaemonInBrowser {
    private static final Pattern FROM_THE_FIRST_STEP = Pattern.compile("Loss from step 1 to [\\d,]+: from .*");
    private static final double LOST_WITHIN_MS = 3_000;

    ProgressInBrowserTest() throws IOException {}

    @Test
    void progressMovesAndAReloadOrAnotherStartOfTheDaemonKeepsTheSession() throws Exception {
        Page page = opened();
        Locator bar = page.getByRole(AriaRole.PROGRESSBAR, new GetByRoleOptions().setName("File"));
        assertThat(page.locator("#file")).hasText("c.jsonl", text());
        String before = page.locator("#words-file").textContent();
        assertThat(page.locator("#words-file")).not().hasText(before);
        assertThat(bar).hasAttribute("aria-valuetext", Pattern.compile("step [\\d,]+ of 20,000 in this file"));
        assertThat(page).hasTitle(Pattern.compile("\\d+% c\\.jsonl – Stepwell"));

        page.reload();

        assertThat(page.locator("#state")).hasText("Training", text());
        assertThat(page.locator("#loss-chart")).hasAttribute("aria-label", FROM_THE_FIRST_STEP, attribute());
        page.evaluate("window.notReloaded = true");
        daemon.destroyForcibly().waitFor();
        assertThat(page.locator("#state")).hasText("Connection lost", text().setTimeout(LOST_WITHIN_MS));
        assertThat(page.locator("#controls")).isHidden();
        daemon = workshop.process("run");
        assertThat(page.locator("#state")).hasText("Training", text());
        assertThat(page.locator("#connection")).isHidden();
        assertThat(page.locator("#file")).hasText("c.jsonl");
        assertThat(page.evaluate("window.notReloaded")).isEqualTo(true);

        page.reload();

        assertThat(page.locator("#loss-chart")).hasAttribute("aria-label", FROM_THE_FIRST_STEP, attribute());
        assertThat(page.locator("#loss-chart canvas")).isVisible();
    }

    @Test
    void whatIsPressedHappensAndNothingIsSkippedOrStoppedByAccident() throws Exception {
        Page page = opened();
        assertThat(page.locator("#file")).hasText("c.jsonl", text());
        press(page, "Pause");
        assertThat(page.locator("#state")).hasText("Paused", text());
        assertThat(page.locator("#effect"))
                .hasText(Pattern.compile("Paused at step .* checkpoint \\d+ saved\\."), text());
        RunningDaemon.awaitStatus(workshop, s -> s.get("status").asString().equals("paused"));
        assertThat(page.locator("#resume")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#state")).hasText("Training", text());

        press(page, "Skip file");
        press(page, "No");
        press(page, "Skip file");
        page.keyboard().press("Escape");
        assertThat(page.locator("#file")).hasText("c.jsonl");
        press(page, "Skip file");
        page.locator("#confirm-yes").click();
        assertThat(page.locator("#file")).hasText("d.jsonl", text());

        press(page, "Stop");
        page.locator("#confirm-yes").click();
        assertThat(page.locator("#state")).hasText("Stopped", text());
        assertThat(page.locator("#advice")).containsText("./stepwell run goes on here", contained());
        assertThat(page.locator("#connection")).containsText("when the daemon runs again", contained());
        assertThat(daemon.waitFor()).isZero();
    }

    @Test
    void aDaemonCanBeToldToStopAfterTheFile() throws Exception {
        Page page = opened();
        assertThat(page.locator("#file")).hasText("c.jsonl", text());

        press(page, "Stop");
        press(page, "After this file");

        assertThat(page.locator("#effect")).hasText("Asked to stop after this file.", text());
        press(page, "Skip file");
        page.locator("#confirm-yes").click();
        assertThat(page.locator("#state")).hasText("Stopped", text());
        assertThat(daemon.waitFor()).isZero();
    }

    @Test
    void theMachineIsLookedAt() throws Exception {
        Page page = opened();
        assertThat(page.locator("#machine meter[aria-label=Memory]"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS));
        assertThat(page.locator("#machine"))
                .containsText(Pattern.compile("[\\d.]+ GB of [\\d.]+ GB, the daemon [\\d.]+ [MG]B"));
        assertThat(page.locator("#machine")).containsText(Pattern.compile("[\\d.]+ [GT]B free of [\\d.]+ [GT]B"));
        assertThat(page.locator("#machine .spark").first())
                .hasAttribute(
                        "aria-label",
                        Pattern.compile("Processors from step [\\d,]+ to [\\d,]+: from \\d+ % to \\d+ %"),
                        attribute());
    }

    @Test
    void whatDataAndNamesContainIsTextAndNothingElse() throws Exception {
        Page page = opened();
        assertThat(done(page, HOSTILE_NAME)).containsText("completed", contained());
        assertThat(page.locator("#preview-prompt")).containsText("<img src=x", contained());
        assertThat(page.locator("#preview-golden")).containsText("<img src=x", contained());

        assertThat(page.evaluate("window.broken === undefined")).isEqualTo(true);
        assertThat(page.locator("main img, main script").count()).isZero();
    }

    @Test
    void nobodyIsKeptOutAndNothingIsCutOff() throws Exception {
        Page page = opened();
        assertThat(page.locator("#file")).hasText("c.jsonl", text());
        press(page, "Pause");
        assertThat(page.locator("#state")).hasText("Paused", text());

        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : List.of(1440, 768, 390)) {
                page.setViewportSize(width, 900);
                assertThat(browser.barriers(page)).as("%s, %d", scheme, width).isEmpty();
                assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as("no scrolling sideways at %d", width)
                        .isEqualTo(true);
            }
        }
    }

    @Test
    void aFirstRunSaysWhatIsNotThereYetAndKeepsNobodyOut(@TempDir Path untouched) throws Exception {
        daemon.destroyForcibly().waitFor();
        workshop = Workshop.in(untouched);
        workshop.web("\"port\": " + Workshop.freePort());
        daemon = workshop.process("run");

        Page page = opened();

        assertThat(page.locator("#state")).hasText("Idle", text());
        assertThat(page.locator("#advice")).containsText("Drop JSONL files on this page");
        assertThat(page.locator("#choose-first")).isVisible();
        assertThat(page.locator("#words-file")).hasText("no file yet");
        assertThat(page.locator("#words-queue")).hasText("nothing is queued yet");
        assertThat(browser.barriers(page)).isEmpty();
    }
}
