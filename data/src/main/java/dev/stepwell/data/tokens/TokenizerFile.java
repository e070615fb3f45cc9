package dev.stepwell.data.tokens;

import dev.stepwell.data.rows.JsonFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is needed of a Hugging Face `tokenizer.json` beside what the tokenizers library does with it.
///
/// @param json         the whole file
/// @param plainJson    the file without added tokens: to a tokenizer made of it `<|im_end|>` is ten characters
/// @param specials     added tokens and their ids
/// @param vocabSize    highest id + 1
/// @param longestToken no token stands for more `char`s than this
record TokenizerFile(String json, String plainJson, Map<String, Integer> specials, int vocabSize, int longestToken) {
    TokenizerFile {
        specials = Map.copyOf(specials);
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
        for (JsonNode added : root.path("added_tokens")) {
            String content = added.path("content").asString();
            int id = added.path("id").asInt();
            specials.put(content, id);
            highest = Math.max(highest, id);
            longest = Math.max(longest, content.length());
        }
        root.putArray("added_tokens");
        return new TokenizerFile(json, root.toString(), specials, highest + 1, longest);
    }

    boolean has(String token) {
        return specials.containsKey(token);
    }

    /// @throws IllegalArgumentException if there is no such added token
    int special(String token) {
        Integer id = specials.get(token);
        if (id == null) {
            throw new IllegalArgumentException(
                    "it has no added token %s, and only models that write conversations in ChatML can be trained yet"
                            .formatted(token));
        }
        return id;
    }
}
