package dev.stepwell.data;

import dev.stepwell.data.chat.SaidText;
import dev.stepwell.data.chat.TokenizedRow;
import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.Role;
import dev.stepwell.data.rows.Row;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns rows into questions with a known answer.
final class Previews {
    private Previews() {}

    /// Whether the model's answer to this row could be judged: there is a question, and the answer was not cut off.
    static boolean canJudge(TokenizedRow.Usable tokenized) {
        return tokenized.answerWhole() && tokenized.answerStart() > 0 && !(tokenized.row() instanceof Row.PlainText);
    }

    /// @param tokenized one that can be judged
    static PreviewRow of(TokenizedRow.Usable tokenized) {
        int[] promptIds = Arrays.copyOf(tokenized.example().ids(), tokenized.answerStart());
        return switch (tokenized.row()) {
            case Row.Conversation conversation -> {
                int last = conversation.lastAnswer();
                List<Message> before = conversation.messages().subList(0, last);
                yield new PreviewRow(
                        systemPrompt(before),
                        question(before),
                        SaidText.of(conversation.messages().get(last)),
                        promptIds);
            }
            case Row.PromptCompletion(String prompt, String completion) ->
                new PreviewRow(null, prompt, completion, promptIds);
            case Row.PlainText _ -> throw new IllegalArgumentException("a plain text has no answer");
        };
    }

    private static @Nullable String systemPrompt(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER)
                .map(SaidText::of)
                .findFirst()
                .orElse(null);
    }

    /// What was said last to the model.
    private static String question(List<Message> messages) {
        return messages.reversed().stream()
                .filter(message -> message.role() == Role.USER || message.role() == Role.TOOL)
                .map(SaidText::of)
                .findFirst()
                .orElse("");
    }
}
