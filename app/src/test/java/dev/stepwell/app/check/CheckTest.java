package dev.stepwell.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.daemon.Workshop;
import dev.stepwell.data.chat.ChatTemplate;
import dev.stepwell.data.chat.Example;
import dev.stepwell.data.chat.RowTokenizer;
import dev.stepwell.data.chat.TokenizedRow;
import dev.stepwell.data.chat.TrainOn;
import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.Role;
import dev.stepwell.data.rows.Row;
import dev.stepwell.data.tokens.DefaultTokenizer;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckTest {
    @TempDir
    private Path folder;

    private Workshop workshop;

    @BeforeEach
    void makeWorkshop() throws IOException {
        workshop = Workshop.in(folder.resolve("base"));
    }

    @Test
    void whatAFileWouldTeachIsSaidAndNothingIsChanged() throws IOException {
        Path file = file("lessons.jsonl", """
                {"messages": [{"role": "user", "content": "2+2?"}, {"role": "assistant", "content": "4"}]}
                {"messages": [{"role": "user", "content": "so?"}, {"role": "assistant", "content": "say <|im_end|>"}]}
                {"messages": [{"role": "user", "content": 7}]}
                not JSON
                """);
        List<Path> before = tree();

        Workshop.Ran ran = workshop.stepwell("check", "--rows", "1", file.toString());

        assertThat(ran.exitCode()).as("rows are refused").isEqualTo(1);
        assertThat(ran.out())
                .contains(
                        file.toString(),
                        "format     messages\n",
                        "rows       4: 2 usable, 2 refused\n",
                        "training   1 step of 2 rows, 1 epoch; how long that takes is known once",
                        "1 row has control tokens written out in a message",
                        "refused    line 3, column 43: messages[0].content is a number",
                        "refused    line 4, column 1: not valid JSON",
                        "line 1, ",
                        "| <|im_start|>user\n  | 2+2?<|im_end|>\n  | <|im_start|>assistant\n  | [[4<|im_end|>]]\n")
                .doesNotContain("so?");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void aProgramGetsALineOfJsonForEachFile() throws IOException {
        Path good = file("good.jsonl", "{\"text\": \"one\"}\n{\"text\": \"one two three\"}\n{\"text\": \"one two\"}\n");
        Path list = file(
                "list.json", "[{\"prompt\": \"1\", \"completion\": \"2\"},\n{\"prompt\": 1, \"completion\": \"2\"}]");

        Workshop.Ran ran = workshop.stepwell("check", "--json", good.toString(), list.toString());

        assertThat(ran.exitCode()).isEqualTo(1);
        List<JsonNode> lines =
                ran.out().lines().map(JsonMapper.shared()::readTree).toList();
        assertThat(lines).hasSize(2);
        JsonNode first = lines.getFirst();
        assertThat(first.path("file").asString()).isEqualTo(good.toString());
        assertThat(first.path("rows").asInt()).isEqualTo(3);
        assertThat(first.path("rejected").asInt()).isZero();
        assertThat(first.path("steps").asInt()).isEqualTo(2);
        assertThat(first.path("seconds").isNull()).isTrue();
        JsonNode tokens = first.path("tokens");
        assertThat(tokens.path("shortest").asInt())
                .isLessThan(tokens.path("median").asInt());
        assertThat(tokens.path("median").asInt())
                .isLessThan(tokens.path("longest").asInt());
        assertThat(first.path("targets").asInt())
                .as("of a text all but the first token is learnt")
                .isEqualTo(tokens.path("total").asInt() - 3);
        assertThat(lines.get(1).path("rejections").path(0).path("line").asInt()).isEqualTo(2);
        assertThat(lines.get(1).path("format").asString()).contains("JSON array");
    }

    @Test
    void theTimeIsSaidOnceSomethingWasTrainedThere() throws IOException {
        workshop.drop("a.jsonl", 20);
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        Path file = file("b.jsonl", "{\"text\": \"some text\"}\n");

        assertThat(workshop.stepwell("check", file.toString()).out())
                .contains("training   1 step of 2 rows, 1 epoch; about ", "as fast as the last training here");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Workshop.Ran ran =
                workshop.stepwell("check", folder.resolve("none.jsonl").toString());
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("none.jsonl cannot be read").contains("name a file that exists");
    }

    @Test
    void onATerminalWhatIsLearntIsGreenOnEachOfItsLines() throws IOException {
        try (HuggingFaceBpeTokenizer tokenizer = HuggingFaceBpeTokenizer.open(DefaultTokenizer.install(folder))) {
            RowTokenizer rows = new RowTokenizer(tokenizer, ChatTemplate.of(tokenizer), TrainOn.ANSWERS, 100);
            Row row = new Row.Conversation(
                    List.of(new Message(Role.USER, "hi"), new Message(Role.ASSISTANT, "one\ntwo\u001B[2J")));
            TokenizedRow tokenized = rows.tokenize(List.of(row), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                    .getFirst();
            Example example = ((TokenizedRow.Usable) tokenized).example();
            assertThat(new ShownRow(tokenizer, true).text(example))
                    .endsWith("assistant\n\u001B[32mone\u001B[0m\n\u001B[32mtwo\\u001b[2J<|im_end|>\u001B[0m");
        }
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private List<Path> tree() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted().toList();
        }
    }
}
