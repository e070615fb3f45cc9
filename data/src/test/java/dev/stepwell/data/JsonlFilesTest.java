package dev.stepwell.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import dev.stepwell.data.chat.TestRows;
import dev.stepwell.data.rows.FieldMapping;
import dev.stepwell.data.rows.HoldOut;
import dev.stepwell.data.tokens.TestTokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonlFilesTest {
    private final JsonlSurveyor surveyor = new JsonlSurveyor(rows -> 3 * Math.ceilDiv(rows, 8), FieldMapping.NONE);

    @Provide
    Arbitrary<List<byte[]>> lines() {
        Arbitrary<byte[]> good = Arbitraries.of(
                        "{\"text\": \"some text\"}",
                        "{\"prompt\": \"" + "long ".repeat(80) + "\", \"completion\": \"yes<|endoftext|>\"}",
                        "{\"messages\": [{\"role\": \"assistant\", \"content\": \"" + "漢".repeat(50) + "\"}]}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> bad = Arbitraries.of("", "{}", "{\"text\": \"\"}", "[1]", "\u0000", "{\"text\": \"\\ud800\"}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> noise = Arbitraries.bytes()
                .filter(value -> value != '\n')
                .array(byte[].class)
                .ofMaxSize(20);
        return Arbitraries.oneOf(good, bad, noise).list().ofMaxSize(30);
    }

    @Property(tries = 200)
    void theSurveyCountsWhatTheReaderFinds(
            @ForAll("lines") List<byte[]> lines, @ForAll @IntRange(min = 2, max = 80) int maxLength)
            throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        lines.forEach(line -> {
            content.writeBytes(line);
            content.write('\n');
        });
        Path file = Files.createTempFile("rows", ".jsonl");
        try {
            Files.write(file, content.toByteArray());
            FileSurvey survey = surveyor.survey(file);
            TrainingData data = reader(maxLength).read(file);
            assertThat(survey.ledger().rows()).isEqualTo(data.ledger().rows());
            assertThat(survey.ledger().rejections()).isEqualTo(data.ledger().rejections());
            assertThat(survey.ledger().usable())
                    .isEqualTo(data.ledger().usable())
                    .isEqualTo(data.examples().size());
            assertThat(survey.plannedSteps())
                    .isEqualTo(3L * Math.ceilDiv(data.examples().size(), 8));
            assertThat(surveyor.sampling(TestRows.tokenizer(maxLength), 3)
                            .survey(file)
                            .expectedTokens())
                    .as("a sample of so few is all of them")
                    .isEqualTo(3L
                            * data.examples().stream()
                                    .mapToInt(example -> example.ids().length)
                                    .sum());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void tokensOfManyRowsAreExpectedFromAFewAllOverTheFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("long.jsonl");
        Files.writeString(
                file,
                IntStream.range(0, 5_000)
                        .mapToObj(row -> "{\"text\": \"%s\"}\n".formatted("word ".repeat(1 + row / 100)))
                        .collect(Collectors.joining()));
        long tokens = reader(40).read(file).examples().stream()
                .mapToInt(example -> example.ids().length)
                .sum();

        assertThat(surveyor.survey(file).expectedTokens()).isZero();
        assertThat(surveyor.sampling(TestRows.tokenizer(40), 1).survey(file).expectedTokens())
                .isCloseTo(tokens, Percentage.withPercentage(5));
    }

    @Test
    void aBadLineIsReportedByItsPhysicalNumberAndNeverStopsTheFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("mixed.jsonl");
        Files.writeString(file, "{\"text\": \"a\"}\r\n\r\n{\"text\": 1}\r\n{\"text\": \"b\"}");
        RowLedger ledger = reader(64).read(file).ledger();
        assertThat(ledger)
                .isEqualTo(new RowLedger(
                        4,
                        2,
                        0,
                        0,
                        List.of(
                                new RowRejection(2, 0, "empty line"),
                                new RowRejection(3, 10, "\"text\" is a number, expected a text"))));
        assertThat(surveyor.survey(file).ledger()).isEqualTo(ledger);
    }

    @Test
    void everyByteIsDigestedEvenOfAFileThatIsNotReadAsText(@TempDir Path directory) throws Exception {
        byte[] text = "{\"text\": \"a\"}\r\nbad".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        byte[] gzip = text.clone();
        gzip[0] = 0x1f;
        gzip[1] = (byte) 0x8b;
        for (byte[] content : List.of(text, gzip, new byte[0])) {
            Path file = Files.write(directory.resolve("file.jsonl"), content);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            assertThat(surveyor.survey(file).sha256()).isEqualTo(HexFormat.of().formatHex(digest));
        }
    }

    @Test
    void beyondAThousandReasonsRejectionsAreOnlyCounted(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("bad.jsonl");
        Files.writeString(file, "nonsense\n".repeat(1_500));
        FileSurvey survey = surveyor.survey(file);
        assertThat(survey.ledger().rejected()).isEqualTo(1_500);
        assertThat(survey.ledger().rejections()).hasSize(1_000);
        assertThat(survey.plannedSteps()).isZero();
    }

    @Test
    void previewsAreSpreadOverTheFileAndTheSameEveryTime(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("many.jsonl");
        Files.writeString(
                file,
                IntStream.range(0, 1_000)
                        .mapToObj("{\"prompt\": \"p\", \"completion\": \"%d<|endoftext|>\"}\n"::formatted)
                        .collect(Collectors.joining()));
        List<Integer> answers = answers(file);
        assertThat(answers).hasSize(JsonlDataReader.MAX_PREVIEWS).isSorted().doesNotHaveDuplicates();
        assertThat(answers.getFirst()).isZero();
        assertThat(answers.getLast()).isGreaterThan(950);
        assertThat(answers(file)).isEqualTo(answers);
    }

    @Test
    void aPreviewAsksWhatTheModelIsTrainedToAnswer(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("chat.jsonl");
        Files.writeString(file, """
                {"messages": [{"role": "system", "content": "be brief"}, {"role": "user", "content": "one"}, \
                {"role": "assistant", "content": "1"}, {"role": "user", "content": "two"}, \
                {"role": "assistant", "content": "2"}]}
                {"text": "nothing is asked here"}
                """);
        TrainingData data = reader(64).read(file);
        assertThat(data.previews()).singleElement().satisfies(preview -> {
            assertThat(preview.systemPrompt()).isEqualTo("be brief");
            assertThat(preview.prompt()).isEqualTo("two");
            assertThat(preview.goldenAnswer()).isEqualTo("2");
            int[] ids = data.examples().getFirst().ids();
            assertThat(ids).startsWith(preview.promptIds()).hasSize(preview.promptIds().length + 2);
            assertThat(TestTokenizer.SHIPPED.decode(preview.promptIds())).endsWith("two\nassistant\n");
        });
    }

    @Test
    void anAnswerThatWasCutIsNotAskedFor(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("long.jsonl");
        Files.writeString(file, "{\"prompt\": \"p\", \"completion\": \"%s\"}\n".formatted("word ".repeat(100)));
        TrainingData data = reader(16).read(file);
        assertThat(data.previews()).isEmpty();
        assertThat(data.ledger().truncated()).isEqualTo(1);
    }

    private static List<Integer> answers(Path file) throws IOException {
        List<Integer> answers = new ArrayList<>();
        reader(64).read(file).previews().forEach(preview -> answers.add(Integer.valueOf(preview.goldenAnswer())));
        return answers;
    }

    @Test
    void a_reading_that_is_given_up_ends_between_two_stretches(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("long.jsonl");
        Files.write(file, Collections.nCopies(5_000, "{\"text\": \"four\"}"));
        int[] asked = {0};
        assertThat(reader(32).read(file, HoldOut.NONE, () -> ++asked[0] < 3)).isNull();
        assertThat(asked[0]).isEqualTo(3);
    }

    private static JsonlDataReader reader(int maxLength) {
        return new JsonlDataReader(TestRows.tokenizer(maxLength), FieldMapping.NONE);
    }
}
