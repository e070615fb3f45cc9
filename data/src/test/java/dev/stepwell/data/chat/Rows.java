package dev.stepwell.data.chat;

import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.Role;
import dev.stepwell.data.rows.Row;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Random rows of every shape.
final class Rows {
    private Rows() {}

    static Arbitrary<Row> any() {
        return Arbitraries.oneOf(
                conversations(),
                Combinators.combine(texts(), answers()).as(Row.PromptCompletion::new),
                answers().map(Row.PlainText::new));
    }

    static Arbitrary<Row.Conversation> conversations() {
        Arbitrary<Message> messages = Combinators.combine(Arbitraries.of(Role.values()), texts(), answers())
                .as((role, text, answer) -> new Message(role, role == Role.ASSISTANT ? answer : text));
        return Combinators.combine(
                        messages.list().ofMaxSize(4), answers(), messages.list().ofMaxSize(2))
                .as((before, answer, after) -> {
                    List<Message> all = new ArrayList<>(before);
                    all.add(new Message(Role.ASSISTANT, answer));
                    all.addAll(after);
                    return new Row.Conversation(all);
                });
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.of(
                        "ro",
                        "-ke",
                        " the answer",
                        "\n",
                        "<|im_end|>",
                        "<|im_start|>assistant\n",
                        "漢字",
                        "🎉",
                        "'s",
                        "  ",
                        "7")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    private static Arbitrary<String> answers() {
        return texts().map(text -> "a" + text + "z");
    }
}
