package dev.stepwell.data.chat;

import dev.stepwell.data.jinja.Rendering;
import dev.stepwell.data.jinja.Span;
import dev.stepwell.data.jinja.TemplateException;
import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.Role;
import dev.stepwell.data.rows.Row;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Where in a written conversation the assistant's turns are, found by writing parts of it.
///
/// A turn begins where the model is asked for it, and ends with the token that ends it:
///
/// ```
///  what precedes it, and the prompt   <|im_start|>user⏎2+2?<|im_end|>⏎<|im_start|>assistant⏎
///  all up to it                       <|im_start|>user⏎2+2?<|im_end|>⏎<|im_start|>assistant⏎4<|im_end|>⏎
///  the turn                                                                               [4<|im_end|>]
/// ```
///
/// Some templates write a turn differently when others follow: then neither of the two is how the conversation begins.
/// In that case the turn is replaced by another, and it is where the text changes; what ends it is what follows that
/// other one when it is the last.
final class WrittenTurns {
    /// What no text has: its first and its last character are nowhere else.
    private static final String OTHER = "\uE0F1\uE0F2\uE0F3";

    private final ChatTemplate template;
    private final Row.Conversation conversation;
    private final Clock clock;
    private final Predicate<String> endsWithControl;
    private final Rendering whole;

    /// @param endsWithControl whether a text ends with a control token
    /// @throws TemplateException if the template refuses the conversation, or fails
    WrittenTurns(ChatTemplate template, Row.Conversation conversation, Clock clock, Predicate<String> endsWithControl) {
        this.template = template;
        this.conversation = conversation;
        this.clock = clock;
        this.endsWithControl = endsWithControl;
        whole = template.render(conversation.messages(), conversation.tools(), false, clock);
    }

    /// The whole conversation.
    String text() {
        return whole.text();
    }

    /// Where the turn of message `index`, the assistant's, is in [#text].
    ///
    /// @throws TurnNotFoundException if the template does not show where
    Span of(int index) {
        Span marked = marked(index);
        if (marked != null) {
            return marked;
        }
        OptionalInt start = start(index);
        OptionalInt end = end(index);
        Span changes = start.isPresent() && end.isPresent() ? new Span(0, 0) : dependent(index);
        int from = start.orElse(changes.start());
        int to = end.orElseGet(() -> changes.end() + shared(tail(index), text(), changes.end()));
        if (from >= to) {
            throw new TurnNotFoundException(index);
        }
        return new Span(from, to);
    }

    /// As the template's own marks have it, where there is one for each of the assistant's turns.
    private @Nullable Span marked(int index) {
        List<Message> messages = conversation.messages();
        long turns = messages.stream()
                .filter(message -> message.role() == Role.ASSISTANT)
                .count();
        if (whole.generated().size() != turns) {
            return null;
        }
        int before = (int) messages.subList(0, index).stream()
                .filter(message -> message.role() == Role.ASSISTANT)
                .count();
        return whole.generated().get(before);
    }

    /// Where the model is asked for it; empty if the conversation does not begin with the prompt for it.
    private OptionalInt start(int index) {
        String prompt = written(conversation.messages().subList(0, index), true);
        return prompt != null && text().startsWith(prompt) ? OptionalInt.of(prompt.length()) : OptionalInt.empty();
    }

    private OptionalInt end(int index) {
        boolean last = index == conversation.messages().size() - 1;
        String until = last ? text() : written(conversation.messages().subList(0, index + 1), false);
        return until != null && text().startsWith(until)
                ? OptionalInt.of(ended(until).length())
                : OptionalInt.empty();
    }

    /// A text without the white space behind its last control token, if it ends so.
    private String ended(String text) {
        String kept = text.stripTrailing();
        return endsWithControl.test(kept) ? kept : text;
    }

    /// The part of the text that another turn in its place changes.
    private Span dependent(int index) {
        String other = written(replaced(index, conversation.messages().size()), false);
        if (other == null) {
            throw new TurnNotFoundException(index);
        }
        String text = text();
        int start = shared(other, text, 0);
        int most = Math.min(text.length(), other.length()) - start;
        int same = 0;
        while (same < most && text.charAt(text.length() - 1 - same) == other.charAt(other.length() - 1 - same)) {
            same++;
        }
        return new Span(start, text.length() - same);
    }

    /// What the template writes behind a last turn to end it.
    private String tail(int index) {
        String other = written(replaced(index, index + 1), false);
        if (other == null || other.lastIndexOf(OTHER) < 0) {
            return "";
        }
        String ended = ended(other);
        return ended.substring(Math.min(ended.length(), other.lastIndexOf(OTHER) + OTHER.length()));
    }

    /// Messages up to `until`, with another one at `index`.
    private List<Message> replaced(int index, int until) {
        List<Message> messages = new ArrayList<>(conversation.messages().subList(0, until));
        messages.set(index, new Message(Role.ASSISTANT, OTHER, Map.of(), true));
        return messages;
    }

    /// How the template writes these messages; null if it does not.
    private @Nullable String written(List<Message> messages, boolean prompt) {
        try {
            return template.render(messages, conversation.tools(), prompt, clock)
                    .text();
        } catch (TemplateException _) {
            return null; // It need not write parts of a conversation; that it writes the whole is known.
        }
    }

    /// How many characters of `part` are those of `text` from `from`.
    private static int shared(String part, String text, int from) {
        int length = Math.min(part.length(), text.length() - from);
        int same = 0;
        while (same < length && part.charAt(same) == text.charAt(from + same)) {
            same++;
        }
        return same;
    }
}
