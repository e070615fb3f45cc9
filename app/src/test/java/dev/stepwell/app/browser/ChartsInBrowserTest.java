package dev.stepwell.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import dev.stepwell.monitor.web.ApiResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Curves over the steps: read by keyboard, looked at closer, live.
class ChartsInBrowserTest extends StageInBrowser {
    private static final int STEPS = 200;

    @BeforeEach
    void train() {
        stage.series(Stage.history(STEPS));
        stage.show(Stage.training("a.jsonl", 0, STEPS, 1_000).andThen(ChartsInBrowserTest::machine));
    }

    static void machine(ObjectNode status) {
        ObjectNode machine = status.putObject("machine")
                .put("cpu_percent", 40.0)
                .put("memory_used_bytes", 8L << 30)
                .put("memory_total_bytes", 16L << 30)
                .put("process_memory_bytes", 1L << 30)
                .put("disk_free_bytes", 1L << 30)
                .put("disk_total_bytes", 100L << 30);
        machine.putArray("gpus")
                .addObject()
                .put("index", 0)
                .put("name", "Fast")
                .put("busy_percent", 70.0)
                .put("memory_used_bytes", 4L << 30)
                .put("memory_total_bytes", 8L << 30)
                .put("temperature_celsius", 61)
                .put("power_watts", 300);
    }

    @Test
    void aChartIsReadByKeyboardAndAllOthersPointToTheSameStep() {
        Page page = opened();
        Locator chart = page.locator("#loss-chart");
        assertThat(chart).hasAttribute("aria-valuemax", "200", attribute());
        chart.focus();

        page.keyboard().press("Home");
        page.keyboard().press("ArrowRight");

        assertThat(chart).hasAttribute("aria-valuenow", "2");
        assertThat(chart)
                .hasAttribute(
                        "aria-valuetext",
                        Pattern.compile("step 2, .*, a\\.jsonl, Loss 3\\.0000, Tokens per second 3, .*"));
        assertThat(page.locator("#speed-value")).hasText("3");
        assertThat(tile(page, "Processors").locator(".words")).hasText("30 %");
        page.keyboard().press("End");
        assertThat(chart).hasAttribute("aria-valuenow", "200");
        page.locator("#zoom").focus();
        assertThat(page.locator("#speed-value")).hasText("1,000"); // What is so now.
    }

    @Test
    void whatIsReadStaysWhereItIsWhileTrainingGoesOn() {
        Page page = opened();
        Locator chart = page.locator("#loss-chart");
        assertThat(chart).hasAttribute("aria-valuemax", "200", attribute());
        chart.focus();
        page.keyboard().press("Home");

        stage.show(Stage.training("a.jsonl", 0, STEPS + 50, 1_000));

        assertThat(chart).hasAttribute("aria-valuemax", "250", attribute());
        assertThat(chart).hasAttribute("aria-valuenow", "1");
        assertThat(page.locator("#speed-value")).hasText("2");
    }

    @Test
    void keysLookCloserAndEscapeShowsAll() {
        Page page = opened();
        Locator chart = page.locator("#loss-chart");
        assertThat(chart).hasAttribute("aria-valuemax", "200", attribute());
        chart.focus();
        page.keyboard().press("End");

        page.keyboard().press("+");

        assertThat(page.locator("#zoom")).hasValue("stretch");
        assertThat(page.locator("#zoom-stretch")).hasText("steps 150 to 250");
        assertThat(page.locator("#zoom-out")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#zoom")).hasValue("all");
        assertThat(page.locator("#zoom-out")).isHidden();
        assertThat(chart).isFocused();
    }

    @Test
    void theLastStepsMoveOnWithTraining() {
        Page page = opened();
        assertThat(page.locator("#loss-range")).hasText("steps 1 to 200", text());
        page.locator("#zoom").selectOption("100");
        assertThat(page.locator("#loss-range")).hasText("steps 100 to 200", text());

        stage.show(Stage.training("a.jsonl", 0, STEPS + 20, 1_000));

        assertThat(page.locator("#loss-range")).hasText("steps 120 to 220", text());
    }

    @Test
    void aStretchThatIsMarkedIsAskedForOnceAndDoesNotMoveOn() {
        Page page = opened();
        assertThat(page.locator("#loss-range")).hasText("steps 1 to 200", text());
        int asked = stage.seriesAsked.get();
        var over = page.locator("#loss-chart .u-over").boundingBox();

        page.mouse().move(over.x + over.width / 2, over.y + 50);
        page.mouse().down();
        page.mouse().move(over.x + 3 * over.width / 4, over.y + 50, new Mouse.MoveOptions().setSteps(5));
        page.mouse().up();

        assertThat(page.locator("#zoom-stretch")).hasText(Pattern.compile("steps 10\\d to 15\\d"), text());
        stage.show(Stage.training("a.jsonl", 0, STEPS + 20, 1_000));
        assertThat(page.locator("#words-file")).hasText("step 220 of 1,000 in this file", text());
        assertThat(page.locator("#zoom")).hasValue("stretch");
        assertThat(stage.seriesAsked.get()).isEqualTo(asked + 1);
    }

    @Test
    void theMachineIsDrawnOverTheStepsAndAGpuWhereThereIsOne() {
        Page page = opened();

        assertThat(tile(page, "Processors").locator(".spark"))
                .hasAttribute("aria-label", "Processors from step 1 to 200: from 20 % to 50 %", attribute());
        assertThat(tile(page, "Memory").locator(".spark canvas")).isVisible();
        assertThat(tile(page, "Disk")).hasClass(Pattern.compile("\\bhigh\\b"));
        assertThat(tile(page, "GPU 0, Fast").locator(".words")).hasText("70 %, 61 °C, 300 W");
        assertThat(tile(page, "GPU 0, Fast").locator(".spark canvas")).isVisible();

        stage.show(s -> ((ObjectNode) s.get("machine")).putArray("gpus"));

        assertThat(page.locator(".tile")).hasCount(3);
    }

    @Test
    void aHistoryThatCannotBeReadIsSaidAndNotAskedForWithEveryStep() {
        stage.series(_ -> ApiResponse.error(503, "busy", "Others are reading."));
        Page page = opened();
        assertThat(page.locator("#charts-note")).hasText(Pattern.compile("The history cannot be read: .*"), text());
        int asked = stage.seriesAsked.get();
        for (int i = 1; i <= 5; i++) {
            stage.show(Stage.training("a.jsonl", 0, STEPS + i, 1_000));
            assertThat(page.locator("#words-file")).hasText("step %d of 1,000 in this file".formatted(STEPS + i));
        }

        assertThat(stage.seriesAsked.get()).as("asked for again").isLessThanOrEqualTo(asked + 2);
        assertThat(page.locator("#loss-range")).hasText("steps 200 to 205", text());
    }

    private static Locator tile(Page page, String name) {
        Locator heading = page.locator("h3", new Page.LocatorOptions().setHasText(Pattern.compile("^" + name + "$")));
        return page.locator(".tile", new Page.LocatorOptions().setHas(heading));
    }
}
