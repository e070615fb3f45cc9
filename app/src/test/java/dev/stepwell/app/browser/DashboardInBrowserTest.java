package dev.stepwell.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.stepwell.app.daemon.RunningDaemon;
import dev.stepwell.app.daemon.Workshop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// The dashboard of a real daemon, which really trains, in a real browser.
class DashboardInBrowserTest {
    private static final Pattern FROM_THE_FIRST_STEP = Pattern.compile("Loss from step 1 to [\\d,]+: from .*");
    private static final String ROWS = "{\"prompt\": \"up or down?\", \"completion\": \"up\"}\n";
    private static final int LONG = 20_000;
    private static final String HOSTILE = "<img src=x onerror=\"window.broken = 1\"><script>window.broken = 2</script>";
    private static final double LOST_WITHIN_MS = 3_000;
    private static final double PATIENCE_MS = 30_000;

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Workshop workshop;

    private Process daemon = new ProcessBuilder("unstarted").command("true").start();

    DashboardInBrowserTest() throws IOException {}

    @BeforeAll
    static void openBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    @SuppressWarnings("NullAway") // Not there where there is no browser.
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void fill() throws IOException {
        workshop = Workshop.in(folder);
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"max_length\": 48", "\"max_length\": 256"));
        workshop.web("\"port\": " + Workshop.freePort());
        workshop.drop("a <img src=x onerror=broken()>.jsonl", 2);
        workshop.drop("b.jsonl", List.of("no row at all"));
        String hostile = JsonMapper.shared()
                .createObjectNode()
                .put("prompt", HOSTILE)
                .put("completion", HOSTILE)
                .toString();
        workshop.drop("c.jsonl", Collections.nCopies(LONG * Workshop.ROWS_PER_STEP, hostile));
        workshop.drop("d.jsonl", LONG);
        daemon = workshop.process("run");
    }

    @AfterEach
    void end() throws InterruptedException {
        daemon.destroyForcibly().waitFor();
    }

    @Test
    void progressMovesAndAReloadOrAnotherStartOfTheDaemonKeepsTheSession() throws Exception {
        Page page = opened();
        Locator bar = page.getByRole(AriaRole.PROGRESSBAR, new GetByRoleOptions().setName("File"));
        assertThat(page.locator("#file")).hasText("c.jsonl", within(PATIENCE_MS));
        String before = page.locator("#words-file").textContent();
        assertThat(page.locator("#words-file")).not().hasText(before);
        assertThat(bar).hasAttribute("aria-valuetext", Pattern.compile("step [\\d,]+ of 20,000 in this file"));
        assertThat(page).hasTitle(Pattern.compile("\\d+% c\\.jsonl – Stepwell"));

        page.reload();

        assertThat(page.locator("#state")).hasText("Training", within(PATIENCE_MS));
        assertThat(page.locator("#loss-chart")).hasAttribute("aria-label", FROM_THE_FIRST_STEP, attribute());
        page.evaluate("window.notReloaded = true");
        daemon.destroyForcibly().waitFor();
        assertThat(page.locator("#state")).hasText("Connection lost", within(LOST_WITHIN_MS));
        assertThat(page.locator("#controls")).isHidden();
        daemon = workshop.process("run");
        assertThat(page.locator("#state")).hasText("Training", within(PATIENCE_MS));
        assertThat(page.locator("#file")).hasText("c.jsonl");
        assertThat(page.evaluate("window.notReloaded")).isEqualTo(true);

        page.reload();

        assertThat(page.locator("#loss-chart")).hasAttribute("aria-label", FROM_THE_FIRST_STEP, attribute());
        assertThat(page.locator("#loss-chart canvas")).isVisible();
        browser.assertSound();
    }

    @Test
    void whatIsPressedHappensAndNothingIsSkippedOrStoppedByAccident() throws Exception {
        Page page = opened();
        assertThat(page.locator("#file")).hasText("c.jsonl", within(PATIENCE_MS));
        press(page, "Pause");
        assertThat(page.locator("#state")).hasText("Paused", within(PATIENCE_MS));
        RunningDaemon.awaitStatus(workshop, s -> s.get("status").asString().equals("paused"));
        press(page, "Resume");
        assertThat(page.locator("#state")).hasText("Training", within(PATIENCE_MS));

        press(page, "Skip file");
        press(page, "No");
        press(page, "Skip file");
        page.keyboard().press("Escape");
        assertThat(page.locator("#file")).hasText("c.jsonl");
        press(page, "Skip file");
        page.locator("#confirm-yes").click();
        assertThat(page.locator("#file")).hasText("d.jsonl", within(PATIENCE_MS));

        press(page, "Stop");
        page.locator("#confirm-yes").click();
        assertThat(page.locator("#state")).hasText("Stopped", within(PATIENCE_MS));
        assertThat(page.locator("#connection")).containsText("has ended", contained());
        assertThat(daemon.waitFor()).isZero();
        browser.assertSound();
    }

    @Test
    void theQueueIsShownAndChangedAndRefusedRowsAreAClickAway() throws Exception {
        Page page = opened();
        Locator waiting = row(page, "d.jsonl");
        waiting.getByText("Hold").click();
        assertThat(waiting).containsText("held", contained());
        waiting.getByText("Release").click();
        assertThat(waiting).containsText("waiting", contained());

        Locator first = done(page, "a <img src=x onerror=broken()>.jsonl");
        assertThat(first).containsText(Pattern.compile("\\d\\.\\d{3} → \\d\\.\\d{3}"), contained());
        done(page, "b.jsonl").getByText("b.jsonl").click();

        assertThat(page.locator("#details")).containsText("line 1, column 1: not valid JSON", contained());
        browser.assertSound();
    }

    @Test
    void aFileThatIsChosenIsQueuedAndOneThatIsNoDataIsRefusedByName() throws Exception {
        Page page = opened();
        page.locator("#chosen").setInputFiles(new FilePayload[] {
            new FilePayload("chosen.jsonl", "application/jsonl", ROWS.getBytes(StandardCharsets.UTF_8)),
            new FilePayload("notes.txt", "text/plain", "no data".getBytes(StandardCharsets.UTF_8))
        });

        assertThat(page.locator("#uploads"))
                .containsText("notes.txt was not taken: 'notes.txt' is not named like a data file", contained());
        assertThat(row(page, "chosen.jsonl")).containsText("1 step", contained());
    }

    @Test
    void aFileThatIsDroppedIsQueued() throws Exception {
        Page page = opened();
        JSHandle dropped = page.evaluateHandle("""
                () => {
                  const all = new DataTransfer();
                  all.items.add(new File(['{"prompt": "up?", "completion": "up"}\\n'], 'dropped.jsonl'));
                  return all;
                }""");
        page.dispatchEvent("body", "dragover", Map.of("dataTransfer", dropped));
        assertThat(page.locator("body.dropping")).isVisible();

        page.dispatchEvent("body", "drop", Map.of("dataTransfer", dropped));

        assertThat(row(page, "dropped.jsonl")).containsText("1 step", contained());
        assertThat(page.locator("body.dropping")).hasCount(0);
        browser.assertSound();
    }

    @Test
    void theMachineIsLookedAt() throws Exception {
        Page page = opened();
        Locator memory = page.locator("#machine meter[aria-label=Memory]");

        assertThat(memory).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS));
        assertThat(page.locator("#machine"))
                .containsText(Pattern.compile("[\\d.]+ GB of [\\d.]+ GB, the daemon [\\d.]+ [MG]B"));
        assertThat(page.locator("#machine")).containsText(Pattern.compile("[\\d.]+ [GT]B free of [\\d.]+ [GT]B"));
        assertThat(browser.barriers(page)).isEmpty();
    }

    @Test
    void whoHasTheTokenMayTypeIt() throws Exception {
        String place = link().replaceFirst("#.*", "");
        Page page = browser.page(1440, 900, ColorScheme.LIGHT);
        page.navigate(place);
        page.getByLabel("Or enter the token").fill("not the token");
        press(page, "Open");
        assertThat(page.locator("#token-why")).hasText("This is not the token.", within(PATIENCE_MS));
        assertThat(page.locator("#dashboard")).isHidden();

        page.getByLabel("Or enter the token")
                .fill(JsonMapper.shared()
                        .readTree(Files.readAllBytes(folder.resolve("run/daemon.json")))
                        .get("token")
                        .asString());
        press(page, "Open");

        assertThat(page.locator("#dashboard"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS));
        page.reload();
        assertThat(page.locator("#state")).hasText("Training", within(PATIENCE_MS));
    }

    @Test
    void whatDataAndNamesContainIsTextAndNothingElse() throws Exception {
        Page page = opened();
        assertThat(done(page, "a <img src=x onerror=broken()>.jsonl")).containsText("completed", contained());
        assertThat(page.locator("#preview-prompt")).containsText("<img src=x", contained());
        assertThat(page.locator("#preview-golden")).containsText("<img src=x", contained());
        assertThat(page.locator("#preview-golden mark.missing").first()).isVisible();

        assertThat(page.evaluate("window.broken === undefined")).isEqualTo(true);
        assertThat(page.locator("main img, main script").count()).isZero();
        browser.assertSound();
    }

    @Test
    void whoHasNoLinkIsToldHowToGetOne() throws Exception {
        String link = link();
        opened(link, 1440, 900, ColorScheme.LIGHT);

        Page late = browser.page(1440, 900, ColorScheme.LIGHT);
        late.navigate(link);

        assertThat(late.locator("#login")).containsText("./stepwell dashboard", contained());
        assertThat(late.locator("#dashboard")).isHidden();
        assertThat(browser.barriers(late)).isEmpty();
        browser.assertSound();
    }

    @ParameterizedTest
    @CsvSource({"1440, LIGHT", "1440, DARK", "768, LIGHT", "390, LIGHT", "390, DARK"})
    void nobodyIsKeptOutAndNothingIsCutOff(int width, ColorScheme scheme) throws Exception {
        Page page = opened(link(), width, 900, scheme);
        assertThat(page.locator("#file")).hasText("c.jsonl", within(PATIENCE_MS));
        press(page, "Pause");
        assertThat(page.locator("#state")).hasText("Paused", within(PATIENCE_MS));

        assertThat(browser.barriers(page)).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("no scrolling sideways")
                .isEqualTo(true);
    }

    @Test
    void aFirstRunSaysWhatIsNotThereYetAndKeepsNobodyOut(@TempDir Path untouched) throws Exception {
        daemon.destroyForcibly().waitFor();
        workshop = Workshop.in(untouched);
        workshop.web("\"port\": " + Workshop.freePort());
        daemon = workshop.process("run");

        Page page = opened();

        assertThat(page.locator("#state")).hasText("Idle", within(PATIENCE_MS));
        assertThat(page.locator("#words-file")).hasText("no file yet");
        assertThat(page.locator("#words-queue")).hasText("nothing is queued yet");
        assertThat(browser.barriers(page)).isEmpty();
    }

    private Page opened() throws Exception {
        return opened(link(), 1440, 900, ColorScheme.LIGHT);
    }

    private static Page opened(String link, int width, int height, ColorScheme scheme) {
        Page page = browser.page(width, height, scheme);
        page.navigate(link);
        assertThat(page.locator("#dashboard"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS));
        return page;
    }

    private String link() throws Exception {
        workshop.awaitListening();
        Workshop.Ran ran = workshop.stepwell("dashboard");
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return ran.out().strip();
    }

    private static Locator row(Page page, String name) {
        return page.locator("#queue-rows tr", new Page.LocatorOptions().setHasText(name));
    }

    private static Locator done(Page page, String name) {
        return page.locator("#done-rows tr", new Page.LocatorOptions().setHasText(name));
    }

    private static void press(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private static LocatorAssertions.HasTextOptions within(double millis) {
        return new LocatorAssertions.HasTextOptions().setTimeout(millis);
    }

    private static LocatorAssertions.HasAttributeOptions attribute() {
        return new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE_MS);
    }

    private static LocatorAssertions.ContainsTextOptions contained() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS);
    }
}
