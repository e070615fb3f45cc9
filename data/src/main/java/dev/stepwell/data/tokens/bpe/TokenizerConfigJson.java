package dev.stepwell.data.tokens.bpe;

import dev.stepwell.data.tokens.SpecialTokens;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes `tokenizer_config.json`, from which Hugging Face's transformers learns the roles of the control tokens and
/// the template that renders a conversation as training does.
final class TokenizerConfigJson {
    private static final String CHAT_TEMPLATE = """
            {% for message in messages %}\
            {{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}\
            {% endfor %}\
            {% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}""";

    private final JsonMapper mapper =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    String write() {
        ObjectNode root = mapper.createObjectNode();
        root.put("tokenizer_class", "PreTrainedTokenizerFast");
        root.put("eos_token", SpecialTokens.IM_END);
        root.put("pad_token", SpecialTokens.PAD);
        ArrayNode others = root.putArray("additional_special_tokens");
        others.add(SpecialTokens.IM_START).add(SpecialTokens.END_OF_TEXT);
        root.put("clean_up_tokenization_spaces", false);
        root.put("padding_side", "right");
        root.put("chat_template", CHAT_TEMPLATE);
        return mapper.writeValueAsString(root) + "\n";
    }
}
