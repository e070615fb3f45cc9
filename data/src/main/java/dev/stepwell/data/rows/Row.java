package dev.stepwell.data.rows;

import java.util.List;

/// One row of training data, whose shape is known to be right.
public sealed interface Row {
    /// Its texts, in order.
    List<String> texts();

    /// `char`s of all its texts.
    default long length() {
        return texts().stream().mapToLong(String::length).sum();
    }

    /// Turns between the roles. At least one is the assistant's, and none of the assistant's is blank.
    record Conversation(List<Message> messages) implements Row {
        public Conversation {
            messages = List.copyOf(messages);
        }

        @Override
        public List<String> texts() {
            return messages.stream().map(Message::content).toList();
        }

        /// Where the last answer is in `messages`.
        ///
        /// @throws IllegalStateException if there is none
        public int lastAnswer() {
            for (int i = messages.size() - 1; i >= 0; i--) {
                if (messages.get(i).role() == Role.ASSISTANT) {
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

    /// One turn.
    record Message(Role role, String content) {}

    /// Who speaks.
    enum Role {
        SYSTEM("system"),
        USER("user"),
        ASSISTANT("assistant"),
        TOOL("tool");

        private final String json;

        Role(String json) {
            this.json = json;
        }

        /// The role's name in data and in prompts.
        public String json() {
            return json;
        }
    }
}
