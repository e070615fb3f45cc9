package dev.stepwell.data.tokens;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The shipped tokenizer with other ways to split texts.
final class TokenizerJson {
    private TokenizerJson() {}

    static ObjectNode shipped() {
        try (InputStream in = Objects.requireNonNull(
                DefaultTokenizer.class.getResourceAsStream("/dev/stepwell/data/tokenizer/tokenizer.json"))) {
            return (ObjectNode) JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode splitBy(JsonNode preTokenizer, @Nullable String normalizer) {
        ObjectNode root = shipped();
        root.set("pre_tokenizer", preTokenizer);
        if (normalizer == null) {
            root.putNull("normalizer");
        } else {
            root.putObject("normalizer").put("type", normalizer);
        }
        return root;
    }

    static ObjectNode byteLevel(boolean regex) {
        return typed("ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", regex);
    }

    static ObjectNode digits() {
        return typed("Digits").put("individual_digits", true);
    }

    static ObjectNode expression(String regex) {
        ObjectNode split = typed("Split").put("behavior", "Isolated").put("invert", false);
        split.putObject("pattern").put("Regex", regex);
        return split;
    }

    static ObjectNode sequence(JsonNode... steps) {
        ObjectNode sequence = typed("Sequence");
        ArrayNode all = sequence.putArray("pretokenizers");
        for (JsonNode step : steps) {
            all.add(step);
        }
        return sequence;
    }

    static ObjectNode typed(String type) {
        return JsonMapper.shared().createObjectNode().put("type", type);
    }

    static HuggingFaceTokenizer open(ObjectNode root) {
        try {
            TokenizerNatives.configure();
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(root.toString().getBytes(StandardCharsets.UTF_8)),
                    Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
