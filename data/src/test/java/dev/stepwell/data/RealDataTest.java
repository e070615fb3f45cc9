package dev.stepwell.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.data.chat.Example;
import dev.stepwell.data.chat.TestRows;
import dev.stepwell.data.rows.FieldMapping;
import dev.stepwell.data.rows.FileRow;
import dev.stepwell.data.rows.HoldOut;
import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.Role;
import dev.stepwell.data.rows.Row;
import dev.stepwell.data.rows.RowFile;
import dev.stepwell.data.tokens.SpecialTokens;
import dev.stepwell.data.tokens.TestTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that other people made for other programs.
class RealDataTest {
    private static final FieldMapping GSM8K = new FieldMapping.QuestionAnswer(Optional.empty(), "question", "answer");

    private final JsonlDataReader reader = new JsonlDataReader(TestRows.tokenizer(512), FieldMapping.NONE);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "formats | alpaca_en_demo.json         | 999  | 999  | Alpaca, JSON array",
                "formats | glaive_toolcall_en_demo.json | 300 | 300  | ShareGPT, JSON array",
                "formats | v1_sft_demo.jsonl           | 500  | 500  | messages",
                "formats | c4_demo.jsonl               | 300  | 300  | plain text",
                "syllo   | syllo_validation_20.jsonl   | 20   | 20   | messages",
                "syllo   | syllo_validation_100.jsonl  | 100  | 100  | messages",
                "gsm8k   | test.jsonl                  | 1319 | 1319 |"
                        + " questions and answers by config fields user=question, assistant=answer",
            })
    void everyRowOfEveryFormatIsUsable(String folder, String name, long rows, long usable, String format)
            throws IOException {
        Path file = SharedData.folder(folder).resolve(name);
        FileSurvey survey = new JsonlSurveyor(count -> count, GSM8K).survey(file);
        assertThat(survey.format().words()).isEqualTo(format);
        assertThat(survey.ledger()).isEqualTo(new RowLedger(rows, rows - usable, 0, 0, List.of()));
        TrainingData data = new JsonlDataReader(TestRows.tokenizer(512), GSM8K).read(file);
        assertThat(data.ledger().rows()).isEqualTo(rows);
        assertThat(data.examples()).hasSize((int) usable);
    }

    /// Of the same row in another order and another container, too: the files are turned round and made lists.
    @ParameterizedTest
    @ValueSource(strings = {"formats/v1_sft_demo.jsonl", "syllo/syllo_validation_100.jsonl", "gsm8k/test.jsonl"})
    void whoCountsAndWhoReadsHoldTheSameRowsOut(String name, @TempDir Path directory) throws IOException {
        int slash = name.indexOf('/');
        Path file = SharedData.folder(name.substring(0, slash)).resolve(name.substring(slash + 1));
        HoldOut holdOut = new HoldOut(42, 10);
        RowLedger counted =
                new JsonlSurveyor(count -> count, GSM8K, holdOut).survey(file).ledger();
        assertThat(counted.heldOut()).isBetween(counted.rows() / 20, counted.rows() / 6);
        assertThat(counted.usable() + counted.heldOut() + counted.rejected()).isEqualTo(counted.rows());

        JsonlDataReader rows = new JsonlDataReader(TestRows.tokenizer(4_096), GSM8K);
        TrainingData data = Objects.requireNonNull(rows.read(file, holdOut, Gate.OPEN));
        assertThat(data.ledger()).isEqualTo(counted);
        assertThat(data.examples()).hasSize((int) counted.usable());
        assertThat(data.heldOut()).hasSize((int) counted.heldOut());
        List<String> all = tokens(rows.read(file).examples());
        List<String> split = new ArrayList<>(tokens(data.examples()));
        split.addAll(asked(data));
        assertThat(split).containsExactlyInAnyOrderElementsOf(all);

        Path turned = directory.resolve("turned.json");
        Files.writeString(
                turned, "[" + String.join(",\n ", Files.readAllLines(file).reversed()) + "]");
        TrainingData again = Objects.requireNonNull(rows.read(turned, holdOut, Gate.OPEN));
        assertThat(asked(again).reversed()).isEqualTo(asked(data));
        assertThat(FileCheck.of(file, TestRows.tokenizer(4_096), GSM8K, holdOut, 0, () -> {})
                        .ledger())
                .isEqualTo(counted);
    }

    private static List<String> asked(TrainingData data) {
        return tokens(data.heldOut().stream().map(ExamRow::example).toList());
    }

    private static List<String> tokens(List<Example> examples) {
        return examples.stream().map(example -> Arrays.toString(example.ids())).toList();
    }

    @Test
    void everyRowOfThePromptsAndCompletionsIsUsable() throws IOException {
        List<Path> files = SharedData.jsonl("t0-22");
        assertThat(files).hasSize(22);
        for (Path file : files) {
            TrainingData data = reader.read(file);
            assertThat(data.ledger().usable()).as(file.toString()).isEqualTo(200);
            assertThat(data.ledger().rejected()).isZero();
            FileSurvey survey = new JsonlSurveyor(rows -> Math.ceilDiv(rows, 8), FieldMapping.NONE).survey(file);
            assertThat(survey.plannedSteps()).isEqualTo(25);
            assertThat(survey.format().words()).isEqualTo("prompt and completion");
            assertThat(data.previews())
                    .isNotEmpty()
                    .allSatisfy(preview -> assertThat(preview.goldenAnswer()).doesNotContain("<|"));
            assertThat(data.examples())
                    .allSatisfy(example -> assertThat(example.ids())
                            .doesNotContain(TestTokenizer.SHIPPED.special(SpecialTokens.END_OF_TEXT)));
        }
    }

    @Test
    void questionsAndAnswersUnderOtherNamesAreRefusedWithWhatToDo() throws IOException {
        RowLedger ledger =
                reader.read(SharedData.folder("gsm8k").resolve("test.jsonl")).ledger();
        assertThat(ledger.rows()).isEqualTo(1_319);
        assertThat(ledger.usable()).isZero();
        assertThat(ledger.rejections())
                .allSatisfy(rejection -> assertThat(rejection.reason())
                        .isEqualTo("no known shape: found \"question\", \"answer\"; name them in config.json:"
                                + " \"fields\": {\"user\": \"question\", \"assistant\": \"answer\"}"));
    }

    @Test
    void ofTheCallsOfToolsNothingIsLost() throws IOException {
        List<Row.Conversation> rows = conversations("glaive_toolcall_en_demo.json");
        assertThat(rows.stream().filter(row -> row.tools().isEmpty())).hasSize(109);
        assertThat(rows.stream().flatMap(row -> row.tools().stream()))
                .allSatisfy(tool -> assertThat(tool)
                        .asInstanceOf(InstanceOfAssertFactories.MAP)
                        .containsEntry("type", "function")
                        .containsKey("function"));
        List<Message> messages =
                rows.stream().flatMap(row -> row.messages().stream()).toList();
        assertThat(messages.stream().filter(message -> message.role() == Role.USER))
                .hasSize(746);
        assertThat(messages.stream().filter(message -> message.role() == Role.TOOL))
                .hasSize(211);
        assertThat(messages.stream().filter(message -> message.content() == null))
                .hasSize(211)
                .allSatisfy(call -> {
                    assertThat(call.learnt()).isTrue();
                    assertThat(call.extra()).containsOnlyKeys(Message.TOOL_CALLS);
                });
        assertThat(rows.getFirst().messages().get(3).extra())
                .isEqualTo(Map.of(
                        Message.TOOL_CALLS,
                        List.of(Map.of(
                                "type",
                                "function",
                                "function",
                                Map.of(
                                        "name",
                                        "search_recipes",
                                        "arguments",
                                        Map.of("ingredients", List.of("chicken", "bell peppers", "rice")))))));
    }

    @Test
    void contentInPartsIsTheTextOfItsParts() throws IOException {
        assertThat(conversations("v1_sft_demo.jsonl").getFirst())
                .isEqualTo(new Row.Conversation(List.of(
                        new Message(Role.USER, "hi"),
                        new Message(
                                Role.ASSISTANT,
                                "Hello! I am {{name}}, an AI assistant developed by {{author}}. How can I assist you"
                                        + " today?"))));
    }

    private static List<Row.Conversation> conversations(String name) throws IOException {
        List<Row.Conversation> read = new ArrayList<>();
        try (RowFile rows = RowFile.open(SharedData.folder("formats").resolve(name), FieldMapping.NONE)) {
            for (FileRow next = rows.next(); next != null; next = rows.next()) {
                if (next instanceof FileRow.Usable(long _, int _, Row.Conversation conversation)) {
                    read.add(conversation);
                }
            }
        }
        return read;
    }
}
