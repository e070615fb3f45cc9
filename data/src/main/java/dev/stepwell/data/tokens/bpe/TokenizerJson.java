package dev.stepwell.data.tokens.bpe;

import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a vocabulary as Hugging Face's `tokenizer.json`: model BPE, pre-tokenizer and decoder ByteLevel (GPT-2's
/// pattern, no space put before a text), control tokens as added tokens.
final class TokenizerJson {
    private final JsonMapper mapper =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    String write(BpeVocabulary vocabulary) {
        ObjectNode root = mapper.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        vocabulary
                .specials()
                .forEach(token -> added.add(addedToken(vocabulary.tokens().indexOf(token), token)));
        root.putNull("normalizer");
        root.set("pre_tokenizer", byteLevel());
        root.putNull("post_processor");
        root.set("decoder", byteLevel());
        root.set("model", model(vocabulary));
        return mapper.writeValueAsString(root) + "\n";
    }

    private ObjectNode addedToken(int id, String content) {
        return mapper.createObjectNode()
                .put("id", id)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true);
    }

    private ObjectNode byteLevel() {
        return mapper.createObjectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", false)
                .put("use_regex", true);
    }

    private ObjectNode model(BpeVocabulary vocabulary) {
        ObjectNode model = mapper.createObjectNode();
        model.put("type", "BPE").putNull("dropout").putNull("unk_token");
        model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        ObjectNode vocab = model.putObject("vocab");
        List<String> tokens = vocabulary.tokens();
        for (int id = 0; id < tokens.size(); id++) {
            vocab.put(tokens.get(id), id);
        }
        // The form "left right" is read by every version of the library; no token contains a space.
        ArrayNode merges = model.putArray("merges");
        vocabulary.merges().forEach(merge -> merges.add(merge.left() + " " + merge.right()));
        return model;
    }
}
