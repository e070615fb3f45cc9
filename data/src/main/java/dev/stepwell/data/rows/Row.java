package dev.stepwell.data.rows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// One row of training data, whose shape is known to be right. Whatever format a file has, its rows are one of these.
public sealed interface Row {
    /// Its texts, in order.
    List<String> texts();

    /// `char`s of all that it holds, roughly.
    default long length() {
        return texts().stream().mapToLong(String::length).sum();
    }

    /// Turns between the roles. At least one is to be learnt.
    ///
    /// @param messages the turns, in order
    /// @param tools    what the assistant may call, each an object of JSON in plain Java values (see
    ///                 [Message#extra]), as chat templates are given it; `{"type": "function",
    ///                 "function": …}` where the file follows the usual form; empty if there are none
    record Conversation(List<Message> messages, List<Object> tools) implements Row {
        public Conversation {
            messages = List.copyOf(messages);
            tools = List.copyOf(tools);
        }

        /// A conversation without tools.
        public Conversation(List<Message> messages) {
            this(messages, List.of());
        }

        /// The contents of the messages that have one.
        @Override
        public List<String> texts() {
            List<String> texts = new ArrayList<>(messages.size());
            for (Message message : messages) {
                if (message.content() != null) {
                    texts.add(message.content());
                }
            }
            return Collections.unmodifiableList(texts);
        }

        @Override
        public long length() {
            return Row.super.length()
                    + JsonSize.of(tools)
                    + messages.stream()
                            .mapToLong(message -> JsonSize.of(message.extra()))
                            .sum();
        }

        /// Where the last message that is to be learnt is in `messages`.
        ///
        /// @throws IllegalStateException if there is none
        public int lastAnswer() {
            for (int i = messages.size() - 1; i >= 0; i--) {
                if (messages.get(i).learnt()) {
                    return i;
                }
            }
            throw new IllegalStateException("a conversation without an answer");
        }
    }

    /// A text and how it goes on.
    ///
    /// @param completion not blank; the end-of-answer mark that the file may have had is removed
    record PromptCompletion(String prompt, String completion) implements Row {
        @Override
        public List<String> texts() {
            return List.of(prompt, completion);
        }
    }

    /// A text to be learnt as a whole; not blank.
    record PlainText(String text) implements Row {
        @Override
        public List<String> texts() {
            return List.of(text);
        }
    }
}
