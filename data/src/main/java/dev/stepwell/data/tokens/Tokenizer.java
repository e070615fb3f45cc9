package dev.stepwell.data.tokens;

/// Text to token ids and back.
public interface Tokenizer {
    /// Ids of `text` as it stands: nothing added, nothing cut.
    int[] encode(String text);

    /// Text of `ids`, special tokens left out.
    String decode(int[] ids);

    /// Ids that exist, special tokens included.
    int vocabSize();

    /// The token that ends an answer.
    int endOfTurn();

    /// The token that fills up short rows of a batch.
    int padding();
}
