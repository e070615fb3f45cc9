package dev.stepwell.data.tokens;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ids of texts by Hugging Face's library. Where a tokenizer allows it, the library is asked for each word once: it
/// takes its time for splitting texts, and the words of a language are few.
///
/// Safe to use from any thread.
final class Encoder implements AutoCloseable {
    private static final int[] NONE = {};

    private final HuggingFaceTokenizer library;
    private final int[] tokenBytes;
    private final @Nullable PartCache known;

    /// @param tokenBytes bytes that each id stands for, where [SafeCuts] hold for the tokenizer; null where they do not
    Encoder(HuggingFaceTokenizer library, int @Nullable [] tokenBytes) {
        this.library = library;
        this.tokenBytes = tokenBytes == null ? NONE : tokenBytes;
        this.known = tokenBytes == null ? null : new PartCache();
    }

    /// The library's own, which this closes.
    HuggingFaceTokenizer library() {
        return library;
    }

    /// Ids of each text, in order; uses all cores where there is much to do.
    int[][] encode(List<String> texts) {
        return known == null ? encodeWhole(texts, false) : encodeParts(texts, known);
    }

    /// The same by the library alone, each text as a whole.
    ///
    /// Goes past its own `batchEncode`, which fetches text and place of every token across the language border, and
    /// takes several times as long.
    ///
    /// @param addSpecial whether the tokenizer puts tokens of its own around them
    int[][] encodeWhole(List<String> texts, boolean addSpecial) {
        int[][] ids = new int[texts.size()][];
        long[] encodings =
                TokenizersLibrary.LIB.batchEncode(library.getHandle(), texts.toArray(String[]::new), addSpecial);
        for (int i = 0; i < encodings.length; i++) {
            ids[i] = narrow(TokenizersLibrary.LIB.getTokenIds(encodings[i]));
            TokenizersLibrary.LIB.deleteEncoding(encodings[i]);
        }
        return ids;
    }

    private int[][] encodeParts(List<String> texts, PartCache cache) {
        List<Parts> cut =
                texts.parallelStream().map(text -> Parts.of(text, cache)).toList();
        Map<String, int[]> unknown = new LinkedHashMap<>();
        for (Parts parts : cut) {
            for (int i = 0; i < parts.ids.size(); i++) {
                if (parts.ids.get(i).length == 0) {
                    unknown.put(parts.texts.get(i), NONE);
                }
            }
        }
        List<String> asked = List.copyOf(unknown.keySet());
        int[][] found = encodeUnknown(asked);
        for (int i = 0; i < found.length; i++) {
            unknown.put(asked.get(i), found[i]);
            cache.add(asked.get(i), found[i]);
        }
        return cut.parallelStream().map(parts -> parts.joined(unknown)).toArray(int[][]::new);
    }

    /// Ids of parts that are new, as many of them as can be in one text.
    private int[][] encodeUnknown(List<String> parts) {
        int[][] ids = new int[parts.size()][];
        List<JoinedParts> groups = JoinedParts.of(parts);
        int[][] ofGroups = encodeWhole(groups.stream().map(JoinedParts::text).toList(), false);
        BitSet alone = new BitSet();
        alone.set(0, parts.size());
        for (int i = 0; i < ofGroups.length; i++) {
            List<Integer> at = groups.get(i).at();
            List<int[]> split = groups.get(i).split(ofGroups[i], tokenBytes);
            for (int j = 0; split != null && j < at.size(); j++) {
                ids[at.get(j)] = split.get(j);
                alone.clear(at.get(j));
            }
        }
        int[][] ofOthers = encodeWhole(alone.stream().mapToObj(parts::get).toList(), false);
        int next = 0;
        for (int i = alone.nextSetBit(0); i >= 0; i = alone.nextSetBit(i + 1)) {
            ids[i] = ofOthers[next++];
        }
        return ids;
    }

    /// The parts of a text.
    ///
    /// @param ids of each; none where they are not known yet
    private record Parts(List<String> texts, List<int[]> ids) {
        static Parts of(String text, PartCache cache) {
            List<String> texts = SafeCuts.parts(text);
            List<int[]> ids = new ArrayList<>(texts.size());
            for (String part : texts) {
                int[] found = cache.find(part);
                ids.add(found == null ? NONE : found);
            }
            return new Parts(texts, ids);
        }

        int[] joined(Map<String, int[]> unknown) {
            int length = 0;
            for (int i = 0; i < ids.size(); i++) {
                if (ids.get(i).length == 0) {
                    ids.set(i, unknown.getOrDefault(texts.get(i), NONE));
                }
                length += ids.get(i).length;
            }
            int[] joined = new int[length];
            int at = 0;
            for (int[] part : ids) {
                System.arraycopy(part, 0, joined, at, part.length);
                at += part.length;
            }
            return joined;
        }
    }

    static int[] narrow(long[] wide) {
        int[] ids = new int[wide.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (int) wide[i];
        }
        return ids;
    }

    @Override
    public void close() {
        library.close();
    }
}
