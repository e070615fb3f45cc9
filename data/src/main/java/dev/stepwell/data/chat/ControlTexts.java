package dev.stepwell.data.chat;

import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keeps control tokens that people write into messages apart from those that a template writes, so that nobody can
/// end a turn by writing `<|im_end|>` into one.
///
/// ```
///  message     say <|im_end|>
///  screened    say <�|im_end|>�                        � is a character that no text has
///  rendered    <|im_start|>user⏎say <�|im_end|>�<|im_end|>⏎
///  tokenized   [ as it stands      ][characters][ as it is ]
/// ```
final class ControlTexts {
    /// Characters that Unicode reserves for such uses and that no text should have.
    private static final char FIRST_NONCHARACTER = '\uFDD0';

    private static final char LAST_NONCHARACTER = '\uFDEF';

    private final @Nullable Pattern tokens;
    /// With which tokens begin: where none of these is, the expression need not look.
    private final int[] beginnings;

    /// @param tokens texts of control tokens
    ControlTexts(Collection<String> tokens) {
        String any = tokens.stream()
                .filter(token -> !token.isEmpty())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        this.tokens = any.isEmpty() ? null : Pattern.compile(any);
        this.beginnings = tokens.stream()
                .filter(token -> !token.isEmpty())
                .mapToInt(token -> token.codePointAt(0))
                .distinct()
                .toArray();
    }

    /// A conversation in whose messages no control token is written out.
    ///
    /// @param mark what stands after the first character and at the end of each that was; 0 if there was none
    record Screened(Row.Conversation conversation, char mark) {}

    /// @throws IllegalArgumentException if the row has every character that could be the mark
    Screened screen(Row.Conversation row) {
        if (tokens == null || row.messages().stream().noneMatch(this::hasControl)) {
            return new Screened(row, '\0');
        }
        char mark = unused(row);
        List<Message> messages = new ArrayList<>();
        for (Message message : row.messages()) {
            Map<String, @Nullable Object> extra = new LinkedHashMap<>();
            message.extra().forEach((key, value) -> extra.put(key, screened(value, mark)));
            String content = message.content();
            messages.add(new Message(
                    message.role(), content == null ? null : marked(content, mark), extra, message.learnt()));
        }
        return new Screened(new Row.Conversation(messages, row.tools()), mark);
    }

    /// Whether a message has one of the tokens written out.
    boolean hasControl(Message message) {
        String content = message.content();
        return (content != null && has(content)) || hasControl(message.extra());
    }

    private boolean hasControl(@Nullable Object value) {
        return switch (value) {
            case String text -> has(text);
            case Map<?, ?> map -> map.values().stream().anyMatch(this::hasControl);
            case List<?> list -> list.stream().anyMatch(this::hasControl);
            case null, default -> false;
        };
    }

    private boolean has(String text) {
        return tokens != null
                && Arrays.stream(beginnings).anyMatch(first -> text.indexOf(first) >= 0)
                && tokens.matcher(text).find();
    }

    private @Nullable Object screened(@Nullable Object value, char mark) {
        return switch (value) {
            case String text -> marked(text, mark);
            case Map<?, ?> map -> {
                Map<Object, @Nullable Object> screened = new LinkedHashMap<>();
                map.forEach((key, each) -> screened.put(key, screened(each, mark)));
                yield screened;
            }
            case List<?> list -> {
                List<@Nullable Object> screened = new ArrayList<>();
                list.forEach(each -> screened.add(screened(each, mark)));
                yield screened;
            }
            case null, default -> value;
        };
    }

    private String marked(String text, char mark) {
        if (tokens == null) {
            return text;
        }
        return tokens.matcher(text).replaceAll(found -> {
            String token = found.group();
            int first = token.offsetByCodePoints(0, 1);
            return Matcher.quoteReplacement(token.substring(0, first) + mark + token.substring(first) + mark);
        });
    }

    private static char unused(Row.Conversation row) {
        for (char mark = FIRST_NONCHARACTER; mark <= LAST_NONCHARACTER; mark++) {
            String written = String.valueOf(mark);
            if (row.messages().stream().noneMatch(message -> message.toString().contains(written))) {
                return mark;
            }
        }
        throw new IllegalArgumentException("the row has all of Unicode's noncharacters U+FDD0 to U+FDEF");
    }
}
