package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.StatusDocument;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveFrameTest {
    private static final Style PAINTED = new Style(true, true);
    private static final Style ASCII = new Style(false, false);

    @Test
    void everythingIsThere() {
        assertThat(frame(Documents.training(), 80, Style.PLAIN))
                .containsExactly(
                        "",
                        "  Training · global step 208 of 237 (87%)",
                        "",
                        "  Current File: syllo_batch_autogen_06.jsonl",
                        "  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━░░░░░░░░░░ 75%",
                        "  Step 89/118 · done in 3s (2s–3s)",
                        "",
                        "  Overall Queue: Batch 6 of 22",
                        "  ━━━━━━━━━━░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 27%",
                        "  16 files wait · done in 3m 20s (2m 50s–3m 50s)",
                        "",
                        "  loss 0.2340 · learning rate 0.0002 · 11.8 steps/s · 12,083 tokens/s",
                        "",
                        "  Prompt  Tiles: pan da",
                        "  Golden  panda",
                        "  Model ✓ panda",
                        "  Right   55% of 9 answers");
    }

    @Test
    void aNarrowTerminalGetsShorterBarsNamesAndMoreLines() {
        assertThat(frame(Documents.training(), 40, Style.PLAIN))
                .contains(
                        "  Training · step 208 of 237 (87%)",
                        "  Current File: syllo_batch_…en_06.jsonl",
                        "  ━━━━━━━━━━━━━━━━━━━━━━━━░░░░░░░░░ 75%",
                        "  16 files wait · done in 3m 20s",
                        "  loss 0.2340 · learning rate 0.0002",
                        "  11.8 steps/s · 12,083 tokens/s");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 80, 120})
    void noLineIsWiderThanTheTerminalWhateverTheNamesHold(int width) {
        StatusDocument document = Documents.with(
                "current_file", "日本語のとても長いファイル名".repeat(10) + ".jsonl", "current_prompt", "漢字 \t\n".repeat(50));

        assertThat(frame(document, width, Style.PLAIN)).allMatch(line -> Cells.width(line) <= width);
    }

    @Property
    void noTextReachesTheTerminalAsAnEscape(@ForAll String text, @ForAll @IntRange(min = 20, max = 200) int width) {
        StatusDocument document =
                Documents.with("current_file", text, "model_answer", text + "\u001B[2J\u009B2J\u202E");

        assertThat(frame(document, width, Style.PLAIN))
                .allMatch(line -> Cells.width(line) <= width)
                .allMatch(line -> line.codePoints().noneMatch(Character::isISOControl))
                .allMatch(line -> !line.contains("\u202E"));
    }

    @Test
    void paintChangesNothingButTheColours() {
        List<String> painted = frame(Documents.training(), 60, PAINTED);

        assertThat(painted).anyMatch(line -> line.contains("\u001B[32m"));
        assertThat(painted.stream().map(line -> line.replaceAll("\u001B\\[\\d*m", "")))
                .containsExactlyElementsOf(frame(Documents.training(), 60, Style.PLAIN));
    }

    @Test
    void aTerminalWithoutUnicodeGetsAscii() {
        assertThat(frame(Documents.training(), 80, ASCII))
                .allMatch(line -> line.chars().allMatch(c -> c < 128))
                .contains("  ##############################.......... 75%");
    }

    @Test
    void troublesAreSaid() {
        StatusDocument document = Documents.with("error_type", "NonFiniteLoss", "error_message", "in file 4");

        assertThat(frame(document, 80, Style.PLAIN)).endsWith("  Error   NonFiniteLoss: in file 4");
    }

    @Test
    void aProcessThatIsGoneIsNotShownAsTraining() {
        var later = Documents.NOW.plus(Duration.ofMinutes(2));
        var document = Documents.training();

        assertThat(LiveFrame.render(document, Liveness.of(document, later), later, 120, Style.PLAIN)
                        .get(1))
                .startsWith("  Gone: no sign of life for 2m 00s");
    }

    private static List<String> frame(StatusDocument document, int width, Style style) {
        return LiveFrame.render(document, Liveness.of(document, Documents.NOW), Documents.NOW, width, style);
    }
}
