package dev.stepwell.data.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Names under which files of others have what rows are made of. A name with a dot, `data.question`, leads into an
/// object.
public sealed interface FieldMapping {
    /// None: rows have the usual names.
    FieldMapping NONE = new None();

    /// The names that a row must have for the mapping to apply to it.
    List<String> required();

    /// What rows are, in words, with the names.
    String words();

    /// No mapping.
    record None() implements FieldMapping {
        @Override
        public List<String> required() {
            return List.of();
        }

        @Override
        public String words() {
            return "";
        }
    }

    /// A question and its answer, texts, with an instruction to the model before them where a row has one.
    record QuestionAnswer(Optional<String> system, String user, String assistant) implements FieldMapping {
        @Override
        public List<String> required() {
            return List.of(user, assistant);
        }

        @Override
        public String words() {
            List<String> fields = new ArrayList<>();
            system.ifPresent(name -> fields.add("system=" + Quoted.brief(name)));
            fields.add("user=" + Quoted.brief(user));
            fields.add("assistant=" + Quoted.brief(assistant));
            return "questions and answers by config fields " + String.join(", ", fields);
        }
    }

    /// A text and how it goes on.
    record Completion(String prompt, String completion) implements FieldMapping {
        @Override
        public List<String> required() {
            return List.of(prompt, completion);
        }

        @Override
        public String words() {
            return "prompt and completion by config fields prompt=%s, completion=%s"
                    .formatted(Quoted.brief(prompt), Quoted.brief(completion));
        }
    }

    /// A text.
    record Text(String text) implements FieldMapping {
        @Override
        public List<String> required() {
            return List.of(text);
        }

        @Override
        public String words() {
            return "plain text by config field text=" + Quoted.brief(text);
        }
    }

    /// A list of messages, whose parts have the names of either `messages` or ShareGPT.
    record Messages(String messages) implements FieldMapping {
        @Override
        public List<String> required() {
            return List.of(messages);
        }

        @Override
        public String words() {
            return "messages by config field messages=" + Quoted.brief(messages);
        }
    }
}
