package dev.stepwell.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.stepwell.monitor.web.ApiResponse;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A page that is left open, seen or not.
class OpenForLongTest extends StageInBrowser {
    private static final int MANY = 1_000_000;
    private static final int WARM = 100;
    private static final int TOLD = 500;
    /// Bytes. The documents that are told in between have more than twice as many.
    private static final long GROWTH_ALLOWED = 600_000;

    @Test
    void itDoesNotGrowByWhatItIsTold() {
        stage.series(_ -> ApiResponse.error(503, "busy", "Others are reading."));
        stage.show(Stage.training("a.jsonl", 0, 1, MANY));
        Page page = browser.page(390, 300, ColorScheme.LIGHT);
        // Everything that comes is drawn at once, as if a second passed between any two.
        page.addInitScript("const now = performance.now.bind(performance); performance.now = () => 10_000 * now();");
        page.navigate(stage.link());
        shown(page);
        CDPSession devtools = page.context().newCDPSession(page);
        train(page, 2, WARM);
        Object elements = page.evaluate("document.getElementsByTagName('*').length");
        long before = heap(devtools);

        train(page, WARM + 1, WARM + TOLD);

        assertThat(page.evaluate("document.getElementsByTagName('*').length")).isEqualTo(elements);
        assertThat(heap(devtools) - before).as("bytes more on the heap").isLessThan(GROWTH_ALLOWED);
    }

    private void train(Page page, int from, int to) {
        for (int step = from; step <= to; step++) {
            stage.show(Stage.training("a.jsonl", 0, step, MANY).andThen(ChartsInBrowserTest::machine));
            page.waitForFunction(
                    "words => document.getElementById('words-file').textContent === words",
                    "step %,d of 1,000,000 in this file".formatted(step),
                    new Page.WaitForFunctionOptions().setTimeout(PATIENCE_MS));
        }
    }

    private static long heap(CDPSession devtools) {
        devtools.send("HeapProfiler.collectGarbage");
        return devtools.send("Runtime.getHeapUsage").get("usedSize").getAsLong();
    }

    @Test
    void itKeepsNoMorePointsThanChartsCanShowWhateverTheHistorySays() {
        stage.series(_ -> ApiResponse.error(503, "busy", "Others are reading."));
        stage.show(Stage.training("a.jsonl", 0, 1, MANY));
        Page page = opened();

        Object points = page.evaluate("""
                async () => {
                  const series = await import('/assets/series.js');
                  const status = await (await fetch('/status/training_status.json')).json();
                  for (let step = 2; step <= 50_000; step++) {
                    series.follow({ ...status, current_step: step, batch_step: step, loss: 1 / step });
                  }
                  const { step, at, value } = series.curve('loss');
                  return [step[0], step.at(-1), step.length, at.length - value.length, step.length - value.length];
                }""");

        assertThat((List<?>) Objects.requireNonNull(points)).satisfies(all -> {
            assertThat(all.get(0)).isEqualTo(1);
            assertThat(all.get(1)).isEqualTo(50_000);
            assertThat((Integer) all.get(2)).isBetween(1_200, 2_400);
            assertThat(all.get(3)).isEqualTo(0);
            assertThat(all.get(4)).isEqualTo(0);
        });
    }

    @Test
    void whileNobodySeesItItLeavesTheStreamAndItsTitleIsStillTrue() {
        stage.show(Stage.training("a.jsonl", 0, 1, 10));
        Page page = browser.page(1440, 900, ColorScheme.LIGHT);
        page.clock().install();
        page.navigate(stage.link());
        shown(page);
        assertThat(page).hasTitle("10% a.jsonl – Stepwell");
        String icon = page.locator("#icon").getAttribute("href");

        see(page, false);
        stage.show(Stage.training("a.jsonl", 0, 5, 10));
        page.clock().fastForward(16_000);

        assertThat(page).hasTitle("50% a.jsonl – Stepwell");
        assertThat(page.locator("#icon")).not().hasAttribute("href", icon);
        assertThat(page.locator("#words-file")).hasText("step 1 of 10 in this file");
        assertThat(stage.statusAsked.get()).isEqualTo(1);
        see(page, true);
        assertThat(page.locator("#words-file")).hasText("step 5 of 10 in this file", text());
        stage.show(Stage.training("a.jsonl", 0, 6, 10));
        assertThat(page.locator("#words-file")).hasText("step 6 of 10 in this file", text());
    }

    @Test
    void whileNobodySeesItTheTitleSaysThatTheDaemonIsGone() {
        stage.show(Stage.training("a.jsonl", 0, 1, 10));
        Page page = browser.page(1440, 900, ColorScheme.LIGHT);
        page.clock().install();
        page.navigate(stage.link());
        shown(page);
        see(page, false);

        stage.close();
        page.clock().fastForward(16_000);

        assertThat(page).hasTitle(Pattern.compile("Connection lost.*"));
    }

    /// As a browser does when its window is covered, or another tab is in front.
    private static void see(Page page, boolean seen) {
        page.evaluate("""
                seen => {
                  Object.defineProperty(document, 'hidden', { value: !seen, configurable: true });
                  document.dispatchEvent(new Event('visibilitychange'));
                }""", seen);
    }
}
