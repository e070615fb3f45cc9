package dev.stepwell.data.tokens;

import dev.stepwell.data.rows.JsonFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What lies beside a `tokenizer.json` and says how a model is talked to.
///
/// @param specialTokens texts of control tokens by their names there (`bos_token`, `eos_token`, …), as chat templates
///                      are given them
/// @param chatTemplates chat templates by name; the usual one is [#DEFAULT_TEMPLATE]; empty if there is none
public record TokenizerConfig(Map<String, String> specialTokens, Map<String, String> chatTemplates) {
    /// Beside `tokenizer.json`.
    public static final String FILE = "tokenizer_config.json";
    /// The usual template; where this file is, it goes before what [#FILE] has.
    public static final String TEMPLATE_FILE = "chat_template.jinja";
    /// Name of the template that is used unless there is a better one for the row.
    public static final String DEFAULT_TEMPLATE = "default";
    /// Name of the template for conversations with tools, of models that have one of its own for them.
    public static final String TOOLS_TEMPLATE = "tool_use";

    private static final String TOKEN = "_token";

    public TokenizerConfig {
        specialTokens = Map.copyOf(specialTokens);
        chatTemplates = Map.copyOf(chatTemplates);
    }

    /// Text of a control token by its name; empty if the model has none.
    public Optional<String> specialToken(String name) {
        return Optional.ofNullable(specialTokens.get(name));
    }

    /// The same, with another usual template.
    public TokenizerConfig withTemplate(String source) {
        Map<String, String> templates = new LinkedHashMap<>(chatTemplates);
        templates.put(DEFAULT_TEMPLATE, source);
        templates.remove(TOOLS_TEMPLATE);
        return new TokenizerConfig(specialTokens, templates);
    }

    /// Reads what a folder has; nothing, if it has nothing.
    ///
    /// @throws IOException if what is there cannot be read, naming the file
    public static TokenizerConfig read(Path folder) throws IOException {
        Map<String, String> tokens = new LinkedHashMap<>();
        Map<String, String> templates = new LinkedHashMap<>();
        Path file = folder.resolve(FILE);
        if (Files.isRegularFile(file)) {
            JsonNode root = parsed(file);
            root.properties().forEach(property -> {
                Optional<String> text = tokenText(property.getValue());
                if (property.getKey().endsWith(TOKEN) && text.isPresent()) {
                    tokens.put(property.getKey(), text.get());
                }
            });
            templates(root.path("chat_template"), templates);
        }
        Path template = folder.resolve(TEMPLATE_FILE);
        if (Files.isRegularFile(template)) {
            templates.put(DEFAULT_TEMPLATE, Files.readString(template));
        }
        return new TokenizerConfig(tokens, templates);
    }

    private static JsonNode parsed(Path file) throws IOException {
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new IOException(file + " is not JSON: " + JsonFault.describe(e), e);
        }
    }

    /// A token is written as its text, or as an object with more about it.
    private static Optional<String> tokenText(JsonNode token) {
        JsonNode text = token.isObject() ? token.path("content") : token;
        return text.isString() ? Optional.of(text.asString()) : Optional.empty();
    }

    /// A template is a text; several are a list of objects with their names.
    private static void templates(JsonNode node, Map<String, String> templates) {
        if (node.isString()) {
            templates.put(DEFAULT_TEMPLATE, node.asString());
        }
        if (node.isArray()) {
            for (JsonNode named : node) {
                templates.put(
                        named.path("name").asString(), named.path("template").asString());
            }
        }
    }
}
