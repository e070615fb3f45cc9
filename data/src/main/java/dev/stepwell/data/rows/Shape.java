package dev.stepwell.data.rows;

/// What the keys of a row make it.
enum Shape {
    MESSAGES("messages", "messages"),
    PROMPT_COMPLETION("prompt and completion", "prompt and completion"),
    TEXT("plain text", "text"),
    ALPACA("Alpaca", "instruction and output"),
    SHAREGPT("ShareGPT", "conversations"),
    /// As the configuration names the fields.
    MAPPED("", "");

    private final String words;
    private final String keys;

    Shape(String words, String keys) {
        this.words = words;
        this.keys = keys;
    }

    String words() {
        return words;
    }

    /// Whether its words say its keys.
    boolean isNamedByKeys() {
        return this == MAPPED || words.equals(keys);
    }

    /// The keys by which it is known.
    String keys() {
        return keys;
    }
}
