package dev.stepwell.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import dev.stepwell.data.chat.TestRows;
import dev.stepwell.data.tokens.SpecialTokens;
import dev.stepwell.data.tokens.TestTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Files that other people made for other programs.
class RealDataTest {
    private final JsonlDataReader reader = new JsonlDataReader(TestRows.tokenizer(512));

    @Test
    void everyRowOfThePromptsAndCompletionsIsUsable() throws IOException {
        List<Path> files = SharedData.jsonl("t0-22");
        assertThat(files).hasSize(22);
        for (Path file : files) {
            TrainingData data = reader.read(file);
            assertThat(data.ledger().usable()).as(file.toString()).isEqualTo(200);
            assertThat(data.ledger().rejected()).isZero();
            assertThat(new JsonlSurveyor(rows -> Math.ceilDiv(rows, 8))
                            .survey(file)
                            .plannedSteps())
                    .isEqualTo(25);
            assertThat(data.previews())
                    .isNotEmpty()
                    .allSatisfy(preview -> assertThat(preview.goldenAnswer()).doesNotContain("<|"));
            assertThat(data.examples())
                    .allSatisfy(example -> assertThat(example.ids())
                            .doesNotContain(TestTokenizer.SHIPPED.special(SpecialTokens.END_OF_TEXT)));
        }
    }

    @Test
    void thePuzzlesTheSeedWasTrainedOnAreConversations() throws IOException {
        for (Path file : SharedData.jsonl("syllo")) {
            TrainingData data = reader.read(file);
            assertThat(data.ledger().rows()).isIn(20L, 100L);
            assertThat(data.ledger().rejected()).isZero();
        }
    }

    @Test
    void questionsAndAnswersUnderOtherNamesAreRefusedByTheirKeys() throws IOException {
        RowLedger ledger =
                reader.read(SharedData.folder("gsm8k").resolve("test.jsonl")).ledger();
        assertThat(ledger.rows()).isEqualTo(1_319);
        assertThat(ledger.usable()).isZero();
        assertThat(ledger.rejections())
                .allSatisfy(rejection ->
                        assertThat(rejection.reason()).startsWith("no known shape: found \"question\", \"answer\";"));
    }

    @Test
    void contentInPartsIsRefusedAndPlainTextIsRead() throws IOException {
        Path formats = SharedData.folder("formats");
        assertThat(reader.read(formats.resolve("v1_sft_demo.jsonl"))
                        .ledger()
                        .rejections()
                        .getFirst())
                .isEqualTo(new RowRejection(1, 43, "messages[0].content is a list, expected a text"));
        assertThat(reader.read(formats.resolve("c4_demo.jsonl")).ledger().usable())
                .isEqualTo(300);
    }

    @Test
    void aJsonArrayIsRefusedInItsFirstLine() throws IOException {
        RowLedger ledger = reader.read(SharedData.folder("formats").resolve("alpaca_en_demo.json"))
                .ledger();
        assertThat(ledger.usable()).isZero();
        assertThat(ledger.rejections().getFirst())
                .isEqualTo(new RowRejection(1, 1, "expected one JSON object a line, found a list"));
    }
}
