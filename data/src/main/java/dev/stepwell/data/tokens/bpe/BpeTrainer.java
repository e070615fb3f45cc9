package dev.stepwell.data.tokens.bpe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Learns a byte-level BPE vocabulary: starting from single bytes, the pair of neighbours that is most frequent within
/// words becomes a token, until there are as many tokens as wanted or no pair occurs twice. Of pairs equally frequent
/// the one of the lower ids comes first, so the same words always give the same vocabulary.
///
/// Source: Sennrich, Haddow, Birch, *Neural Machine Translation of Rare Words with Subword Units* (2016), algorithm 1,
/// over bytes as in Radford et al., *Language Models are Unsupervised Multitask Learners* (2019).
public final class BpeTrainer {
    private static final int BYTES = 256;

    private final ByteAlphabet alphabet = new ByteAlphabet();
    private final int vocabSize;
    private final List<String> specials;

    /// Says how large the vocabulary is to be.
    ///
    /// @param vocabSize ids in all
    /// @param specials  control tokens; they get the first ids in this order, the 256 bytes the next ones
    /// @throws IllegalArgumentException if there is no room for specials and bytes
    public BpeTrainer(int vocabSize, List<String> specials) {
        if (vocabSize < specials.size() + BYTES) {
            throw new IllegalArgumentException(
                    "%d ids for %d special tokens and %d bytes".formatted(vocabSize, specials.size(), BYTES));
        }
        this.vocabSize = vocabSize;
        this.specials = List.copyOf(specials);
    }

    /// Learns from `words`.
    public BpeVocabulary train(WordCounts words) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        specials.forEach(token -> ids.put(token, ids.size()));
        for (int value = 0; value < BYTES; value++) {
            ids.put(String.valueOf(alphabet.of(value)), ids.size());
        }
        Corpus corpus = new Corpus();
        words.counts().forEach((word, count) -> corpus.add(byteIds(word, ids), count));
        List<String> tokens = new ArrayList<>(ids.keySet());
        List<BpeVocabulary.Merge> merges = new ArrayList<>();
        TokenPair best = corpus.mostFrequent();
        while (best != null && tokens.size() < vocabSize) {
            BpeVocabulary.Merge merge = new BpeVocabulary.Merge(tokens.get(best.left()), tokens.get(best.right()));
            String token = merge.left() + merge.right();
            // Two ways to the same token (a+bc, ab+c) are two merges, but one id.
            int id = ids.computeIfAbsent(token, _ -> tokens.size());
            if (id == tokens.size()) {
                tokens.add(token);
            }
            merges.add(merge);
            corpus.merge(best, id);
            best = corpus.mostFrequent();
        }
        return new BpeVocabulary(tokens, merges, specials);
    }

    private int[] byteIds(String word, Map<String, Integer> ids) {
        return alphabet.write(word)
                .chars()
                .map(character -> ids.getOrDefault(String.valueOf((char) character), -1))
                .toArray();
    }
}
