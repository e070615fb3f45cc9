package dev.stepwell.data.tokens;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How many bytes each token of the shipped tokenizer stands for, read from its file without the tokenizers library.
public final class TokenBytes {
    private final int[] lengths = new int[DefaultTokenizer.VOCAB_SIZE];

    public TokenBytes() throws IOException {
        try (InputStream file = TokenBytes.class.getResourceAsStream("/dev/stepwell/data/tokenizer/tokenizer.json")) {
            JsonNode vocab = JsonMapper.shared().readTree(file).path("model").path("vocab");
            for (Map.Entry<String, JsonNode> token : vocab.properties()) {
                // Each byte is written as one character.
                lengths[token.getValue().asInt()] = token.getKey().length();
            }
        }
    }

    public int of(int id) {
        return lengths[id];
    }
}
