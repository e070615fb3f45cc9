package dev.stepwell.data.tokens.bpe;

import java.util.List;

/// What a byte-level BPE tokenizer consists of.
///
/// @param tokens   by id; bytes are written in GPT-2's alphabet
/// @param merges   in order of preference
/// @param specials those of the tokens that are control tokens; the first ids
public record BpeVocabulary(List<String> tokens, List<Merge> merges, List<String> specials) {
    public BpeVocabulary {
        tokens = List.copyOf(tokens);
        merges = List.copyOf(merges);
        specials = List.copyOf(specials);
    }

    /// Two tokens that become one.
    public record Merge(String left, String right) {}
}
