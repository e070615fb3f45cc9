package dev.stepwell.data.tokens;

import dev.stepwell.data.rows.JsonFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is needed of a Hugging Face `tokenizer.json` beside what the tokenizers library does with it.
///
/// @param json         the whole file
/// @param plainJson    the file without added tokens: to a tokenizer made of it `<|im_end|>` is ten characters
/// @param specials     added tokens and their ids
/// @param controls     those of them that are control tokens: no part of what people write
/// @param bytes        whether any stretch of a text can be encoded on its own: the tokenizer works on bytes and writes
///                     nothing before a text
/// @param tokenBytes   bytes that each id stands for, where [SafeCuts] hold; null where they do not
/// @param vocabSize    highest id + 1
/// @param longestToken no token stands for more `char`s than this
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record TokenizerFile(
        String json,
        String plainJson,
        Map<String, Integer> specials,
        Set<String> controls,
        boolean bytes,
        int @Nullable [] tokenBytes,
        int vocabSize,
        int longestToken) {
    private static final String BYTE_LEVEL = "ByteLevel";

    TokenizerFile {
        specials = Map.copyOf(specials);
        controls = Set.copyOf(controls);
    }

    /// @throws IOException if it cannot be read or is not a tokenizer of the BPE kind, naming the file
    static TokenizerFile read(Path file) throws IOException {
        String json = Files.readString(file);
        try {
            if (JsonMapper.shared().readTree(json) instanceof ObjectNode root
                    && root.path("model").path("vocab") instanceof ObjectNode vocab) {
                return of(json, root, vocab);
            }
        } catch (JacksonException e) {
            throw new IOException(file + " is not JSON: " + JsonFault.describe(e), e);
        }
        throw new IOException(file + " is not a BPE tokenizer: it has no model.vocab");
    }

    private static TokenizerFile of(String json, ObjectNode root, ObjectNode vocab) {
        int highest = -1;
        int longest = 1;
        for (Map.Entry<String, JsonNode> token : vocab.properties()) {
            highest = Math.max(highest, token.getValue().asInt());
            longest = Math.max(longest, token.getKey().length());
        }
        Map<String, Integer> specials = new HashMap<>();
        Set<String> controls = new HashSet<>();
        for (JsonNode added : root.path("added_tokens")) {
            String content = added.path("content").asString();
            int id = added.path("id").asInt();
            specials.put(content, id);
            if (added.path("special").asBoolean(false)) {
                controls.add(content);
            }
            highest = Math.max(highest, id);
            longest = Math.max(longest, content.length());
        }
        boolean bytes = worksOnBytes(root);
        int[] tokenBytes = tokenBytes(root);
        root.putArray("added_tokens");
        return new TokenizerFile(json, root.toString(), specials, controls, bytes, tokenBytes, highest + 1, longest);
    }

    /// Tokens are written with a char for each byte.
    static int @Nullable [] tokenBytes(ObjectNode root) {
        if (!SafeCuts.holdFor(root)) {
            return null;
        }
        Map<Integer, Integer> bytes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> token :
                root.path("model").path("vocab").properties()) {
            bytes.put(token.getValue().asInt(), token.getKey().length());
        }
        for (JsonNode added : root.path("added_tokens")) {
            bytes.put(
                    added.path("id").asInt(), added.path("content").asString().getBytes(StandardCharsets.UTF_8).length);
        }
        int[] ofId = new int[bytes.keySet().stream().max(Integer::compare).orElse(-1) + 1];
        bytes.forEach((id, length) -> ofId[id] = length);
        return ofId;
    }

    /// Whether it splits texts as GPT-2's does, and adds no space before them.
    private static boolean worksOnBytes(JsonNode root) {
        JsonNode split = root.path("pre_tokenizer");
        JsonNode steps = split.has("pretokenizers")
                ? split.path("pretokenizers")
                : JsonMapper.shared().createArrayNode().add(split);
        boolean byteLevel = false;
        for (JsonNode step : steps) {
            if (step.path("add_prefix_space").asBoolean(false)
                    || step.path("type").asString().equals("Metaspace")) {
                return false;
            }
            byteLevel |= step.path("type").asString().equals(BYTE_LEVEL);
        }
        String normalizer = root.path("normalizer").path("type").asString("");
        return byteLevel && (normalizer.isEmpty() || normalizer.equals("NFC"));
    }

    boolean has(String token) {
        return specials.containsKey(token);
    }

    /// @throws IllegalArgumentException if there is no such added token
    int special(String token) {
        Integer id = specials.get(token);
        if (id == null) {
            throw new IllegalArgumentException("it has no added token " + token);
        }
        return id;
    }
}
