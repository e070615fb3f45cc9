package dev.stepwell.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// What the page says in each state, and what it says to do next.
class StatesInBrowserTest extends StageInBrowser {
    private static final String FULL = "The disk of /data is full: 18.3 MB are needed and 0 B are free. Make room.";

    @Test
    void whatIsTrainedIsSaidToBeOver() {
        stage.show(Stage.training("a.jsonl", 0, 9, 9).andThen(s -> s.put("status", "idle")));

        Page page = opened();

        assertThat(page.locator("#of-file")).hasText("the last file");
        assertThat(page.locator("#advice")).containsText("Everything is trained. Drop more JSONL files on this page");
        assertThat(page.locator("#progress")).hasClass(Pattern.compile("\\bover\\b"));
        assertThat(page.locator("#skip")).isDisabled();
        assertThat(page).hasTitle("Idle – Stepwell");
    }

    @Test
    void aFullDiskIsSaidToBeWaitedForAndItsAlertIsThereOnce() {
        stage.show(Stage.training("a.jsonl", 0, 3, 9).andThen(StatesInBrowserTest::full));

        Page page = opened();

        assertThat(page.locator("#state")).hasText("Waiting for disk space");
        assertThat(page.locator("#advice")).containsText("training goes on by itself");
        assertThat(page.locator("#alerts summary span")).hasText(FULL);
        assertThat(page).hasTitle("Waiting for disk space 33% – Stepwell");
    }

    private static void full(ObjectNode status) {
        status.put("status", "paused").put("error_type", "DiskFull").put("error_message", FULL);
        status.putArray("active_alerts")
                .addObject()
                .put("type", "disk_full")
                .put("message", FULL)
                .put("step", 3);
    }

    @Test
    void anAlertSaysSinceWhenByWhatItIsSeenAndWhatToDoAndStaysAsItWasOpened() {
        stage.show(Stage.training("a.jsonl", 0, 3, 9).andThen(status -> spikes(status, "7.1, usually <b>0.3</b>")));

        Page page = opened();
        Locator alert = page.locator("#alerts details");
        assertThat(alert).hasClass("warning");
        assertThat(alert.locator("summary")).containsText(Pattern.compile("A loss stood out\\. since .*, step 1,234"));
        assertThat(alert.getByText("Look at the rows.")).not().isVisible();
        alert.locator("summary").focus();
        page.keyboard().press("Enter");
        assertThat(alert.getByText("What to do: Look at the rows.")).isVisible();
        assertThat(browser.barriers(page)).isEmpty();

        stage.show(status -> spikes(status, "8.2, usually 0.3"));
        assertThat(alert.getByText("Seen by: 8.2, usually 0.3")).isVisible();
        stage.show(status -> status.putArray("active_alerts"));
        assertThat(alert).hasCount(0);
    }

    private static void spikes(ObjectNode status, String evidence) {
        status.putArray("active_alerts")
                .addObject()
                .put("type", "loss_spike")
                .put("severity", "warning")
                .put("message", "A loss stood out.")
                .put("evidence", evidence)
                .put("remedy", "Look at the rows.")
                .put("since", "2026-01-02T03:04:05Z")
                .put("step", 1_234);
    }

    @Test
    void aCrashSaysWhyAndHowItGoesOn() {
        stage.show(Stage.training("a.jsonl", 0, 3, 9));
        Page page = opened();
        stage.show(s -> s.put("status", "crashed").put("error_type", "Broken").put("error_message", "It broke."));

        assertThat(page.locator("#state")).hasText("Crashed", text());
        assertThat(page.locator("#alerts summary span")).hasText("Broken: It broke.");
        assertThat(page.locator("#advice")).containsText("./stepwell run goes on from the last checkpoint");
        assertThat(page.locator("#controls")).isHidden();
    }

    @Test
    void whatCameJustBeforeTheConnectionWasLostDoesNotHideThatItIsLost() {
        stage.show(Stage.training("a.jsonl", 0, 3, 9));
        Page page = opened();
        assertThat(page.locator("#words-file")).hasText("step 3 of 9 in this file");

        stage.show(Stage.training("a.jsonl", 0, 4, 9)); // Drawn within a second, or when there is no more to come.
        stage.close();

        assertThat(page.locator("#words-file")).hasText("step 4 of 9 in this file", text());
        assertThat(page.locator("#state")).hasText("Connection lost", text());
        assertThat(page.locator("#connection")).containsText("./stepwell run starts it");
        assertThat(page.locator("#controls")).isHidden();
        assertThat(page).hasTitle("Connection lost – Stepwell");
        assertThat(browser.barriers(page)).isEmpty();
    }

    @Test
    void theDifferencesOfAPreviewAreMarkedAndThoseBeforeItCanBeSeen() {
        stage.show(Stage.training("a.jsonl", 0, 20, 90).andThen(StatesInBrowserTest::previews));

        Page page = opened();

        assertThat(page.locator("#preview-golden mark.missing")).hasText("green");
        assertThat(page.locator("#preview-golden mark.unsaid")).hasText(", today.");
        assertThat(page.locator("#preview-answer mark.other")).hasText("red");
        assertThat(page.locator("#preview-verdict")).hasText("step 20: differs in 2 places");
        page.getByLabel("✓ step 10, right").click();
        assertThat(page.locator("#preview-prompt")).hasText("Which color is the sea?");
        assertThat(page.locator("#preview-verdict")).hasText("step 10: right");
        assertThat(page.getByLabel("✓ step 10, right")).isFocused();
        assertThat(page.locator("#preview-system")).isHidden();
    }

    private static void previews(ObjectNode status) {
        status.put("current_prompt", "Which color is the sky?").put("current_system_prompt", "Be brief.");
        status.put("golden_answer", "It is green now, today.").put("model_answer", "It is red now");
        status.put("answer_matches", false).put("total_evals", 2).put("total_correct", 1);
        status.putArray("recent_examples")
                .addObject()
                .put("step", 10)
                .putNull("system_prompt")
                .put("prompt", "Which color is the sea?")
                .put("golden_answer", "blue")
                .put("model_answer", "blue")
                .put("answer_matches", true);
        status.withArray("recent_examples")
                .addObject()
                .put("step", 20)
                .put("system_prompt", "Be brief.")
                .put("prompt", "Which color is the sky?")
                .put("golden_answer", "It is green now, today.")
                .put("model_answer", "It is red now")
                .put("answer_matches", false);
    }

    @Test
    void ofALongQueueTheRestCanBeShown() {
        ObjectNode some = Stage.listing(8);
        ((ObjectNode) some.get("counts")).put("waiting", 200);
        stage.files(some);
        Page page = opened();
        assertThat(page.locator("#queue-more")).hasText("Show more; 192 are not shown", text());

        stage.files(Stage.listing(200));
        page.locator("#queue-more").click();

        assertThat(page.locator("#queue-rows tr")).hasCount(200);
        assertThat(page.locator("#queue-more")).isHidden();
    }

    @ParameterizedTest
    @CsvSource({"1440, LIGHT", "1440, DARK", "768, LIGHT", "768, DARK", "390, LIGHT", "390, DARK"})
    void nobodyIsKeptOutWhereALotIsShown(int width, ColorScheme scheme) {
        stage.series(Stage.history(40));
        stage.files(Stage.listing(30));
        stage.show(Stage.training("a".repeat(200) + ".jsonl", 0, 40, 90)
                .andThen(StatesInBrowserTest::previews)
                .andThen(StatesInBrowserTest::full)
                .andThen(ChartsInBrowserTest::machine));

        Page page = opened(stage.link(), width, scheme);

        assertThat(page.locator("#queue-rows tr")).hasCount(30);
        assertThat(browser.barriers(page)).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("no scrolling sideways")
                .isEqualTo(true);
    }
}
