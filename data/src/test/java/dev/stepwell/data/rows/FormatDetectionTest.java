package dev.stepwell.data.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A file has one format, which its first rows decide.
class FormatDetectionTest {
    private static final String TEXT = "{\"text\": \"a\"}\n";
    private static final String PAIR = "{\"prompt\": \"p\", \"completion\": \"c\"}\n";
    private static final String ALPACA = "{\"instruction\": \"i\", \"output\": \"o\"}\n";
    private static final FieldMapping ANSWERED = new FieldMapping.QuestionAnswer(Optional.empty(), "q", "a");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'messages': [{'role': 'assistant', 'content': 'a'}]}  | messages",
                "{'prompt': 'p', 'completion': 'c'}                     | prompt and completion",
                "{'text': 'a'}                                          | plain text",
                "{'instruction': 'i', 'output': 'o'}                    | Alpaca",
                "{'conversations': [{'from': 'gpt', 'value': 'a'}]}     | ShareGPT",
                "{'q': 'i', 'a': 'o'}      | questions and answers by config fields user=q, assistant=a",
                "{'text': 7}                                            | no known format",
            })
    void aFormatIsSaidInWords(String row, String words) throws IOException {
        String json = row.replace('\'', '"');
        assertThat(RowFiles.format(json, ANSWERED)).isEqualTo(words);
        assertThat(RowFiles.format("[" + json + "]", ANSWERED)).isEqualTo(words + ", JSON array");
    }

    @Test
    void namesOfTheConfigurationAreSaidWithTheFormat() {
        assertThat(new FieldMapping.QuestionAnswer(Optional.of("s"), "q", "a").words())
                .isEqualTo("questions and answers by config fields system=s, user=q, assistant=a");
        assertThat(new FieldMapping.Completion("p", "c").words())
                .isEqualTo("prompt and completion by config fields prompt=p, completion=c");
        assertThat(new FieldMapping.Text("t").words()).isEqualTo("plain text by config field text=t");
        assertThat(new FieldMapping.Messages("m").words()).isEqualTo("messages by config field messages=m");
    }

    @Test
    void aRowOfAnotherShapeIsRefusedByName() {
        assertThat(RowFiles.read("\n" + TEXT + TEXT + ALPACA + TEXT))
                .filteredOn(FileRow.Refused.class::isInstance)
                .containsExactly(
                        new FileRow.Refused(1, 0, "empty line"),
                        new FileRow.Refused(
                                4,
                                0,
                                "this row is Alpaca (instruction and output), but its file is plain text since line 2:"
                                        + " put it into a file of its own"));
        assertThat(RowFiles.read("[" + ALPACA + ",\n " + PAIR + "]"))
                .containsExactly(
                        RowFiles.read("[" + ALPACA + "]").getFirst(),
                        new FileRow.Refused(
                                3,
                                2,
                                "this row is prompt and completion, but its file is Alpaca since line 1:"
                                        + " put it into a file of its own"));
        assertThat(RowFiles.read(("{\"q\": \"i\", \"a\": \"o\"}\n" + TEXT).getBytes(StandardCharsets.UTF_8), ANSWERED))
                .contains(new FileRow.Refused(
                        2,
                        0,
                        "this row is plain text (text), but its file is questions and answers by config fields user=q,"
                                + " assistant=a since line 1: put it into a file of its own"));
    }

    @Test
    void mostOfTheFirstRowsDecideAndTheRowsBeforeAreJudgedByThem() {
        assertThat(shapes(PAIR + TEXT + TEXT)).containsExactly(false, true, true);
        assertThat(shapes(TEXT + PAIR)).containsExactly(true, false);
        assertThat(shapes("\n{}\n" + PAIR + TEXT)).containsExactly(false, false, true, false);
    }

    @Test
    void onlyTheFirstFiftyUsableRowsDecide() {
        List<Boolean> shapes = shapes("{}\n".repeat(10) + TEXT.repeat(26) + PAIR.repeat(100));
        assertThat(shapes.subList(10, 36)).containsOnly(true);
        assertThat(shapes.subList(36, 136)).containsOnly(false);
    }

    @Test
    void whereUsableRowsAreHardToFindTheFirstOneDecides() {
        List<Boolean> shapes = shapes("{}\n".repeat(1_200) + TEXT + PAIR.repeat(3));
        assertThat(shapes.subList(1_200, 1_204)).containsExactly(true, false, false, false);
    }

    @Test
    void largeRowsDecideBeforeThereAreFifty() {
        String large = "{\"text\": \"" + "x".repeat(900_000) + "\"}\n";
        List<Boolean> shapes = shapes(large.repeat(5) + PAIR.repeat(20));
        assertThat(shapes).startsWith(true, true, true, true, true).endsWith(false);
    }

    private static List<Boolean> shapes(String file) {
        return RowFiles.read(file).stream()
                .map(FileRow.Usable.class::isInstance)
                .toList();
    }
}
