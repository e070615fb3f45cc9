package dev.stepwell.data.chat;

import dev.stepwell.data.jinja.RenderContext;
import dev.stepwell.data.jinja.Rendering;
import dev.stepwell.data.jinja.Template;
import dev.stepwell.data.jinja.TemplateException;
import dev.stepwell.data.jinja.TemplateSyntaxException;
import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.Role;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import dev.stepwell.data.tokens.SpecialTokens;
import dev.stepwell.data.tokens.TokenizerConfig;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a model's makers write a conversation: its chat template, given what `apply_chat_template` of transformers gives
/// it. May be used by many threads at once.
public final class ChatTemplate {
    /// For tokenizers that come without a template and have its tokens.
    static final String CHATML = "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n'"
            + " + message['content'] + '<|im_end|>' + '\n' }}{% endfor %}"
            + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    private static final String TOOLS = "tools";
    private static final List<Message> PROBE = List.of(new Message(Role.USER, "a"), new Message(Role.ASSISTANT, "b"));

    private final Template usual;
    private final @Nullable Template forTools;
    private final boolean writesCalls;
    private final boolean writesTools;
    private final Map<String, String> specialTokens;
    private final Map<String, ?> variables;

    private ChatTemplate(TokenizerConfig config, String source, Map<String, ?> variables) {
        usual = Template.compile(source);
        String ofTools = config.chatTemplates().get(TokenizerConfig.TOOLS_TEMPLATE);
        forTools = ofTools == null ? null : Template.compile(ofTools);
        writesCalls = source.contains(Message.TOOL_CALLS) || forTools != null;
        writesTools = usual.mentions(TOOLS) || forTools != null;
        specialTokens = config.specialTokens();
        this.variables = Map.copyOf(variables);
    }

    /// The template of a tokenizer. One that has none and the tokens of ChatML writes that.
    ///
    /// @return empty if it has none
    /// @throws IllegalArgumentException if it cannot be read or cannot write the simplest conversation, saying why
    public static Optional<ChatTemplate> of(HuggingFaceBpeTokenizer tokenizer) {
        boolean chatMl = tokenizer.controls().containsAll(List.of(SpecialTokens.IM_START, SpecialTokens.IM_END));
        TokenizerConfig config = tokenizer.config();
        return of(chatMl && config.chatTemplates().isEmpty() ? config.withTemplate(CHATML) : config, Map.of());
    }

    /// A usual template.
    ///
    /// @param variables what the user gives the template beside the conversation, such as `enable_thinking`
    /// @return empty if there is none
    /// @throws IllegalArgumentException if it cannot be read or cannot write the simplest conversation, saying why
    public static Optional<ChatTemplate> of(TokenizerConfig config, Map<String, ?> variables) {
        String source = config.chatTemplates().get(TokenizerConfig.DEFAULT_TEMPLATE);
        if (source == null) {
            return Optional.empty();
        }
        try {
            ChatTemplate template = new ChatTemplate(config, source, variables);
            template.render(PROBE, List.of(), false, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
            return Optional.of(template);
        } catch (TemplateSyntaxException e) {
            throw new IllegalArgumentException("its chat template cannot be read: " + e.getMessage(), e);
        } catch (TemplateException e) {
            throw new IllegalArgumentException(
                    "its chat template cannot write a question and its answer: " + e.getMessage(), e);
        }
    }

    /// Whether it writes what tools there are: if not, a model never sees them.
    boolean writesTools() {
        return writesTools;
    }

    /// Writes a conversation.
    ///
    /// @param prompt whether the beginning of the assistant's next turn follows
    /// @param clock  which a template may ask for the date
    /// @throws TemplateException if the template refuses the conversation, or fails
    Rendering render(List<Message> messages, List<Object> tools, boolean prompt, Clock clock) {
        Map<String, @Nullable Object> given = new HashMap<>(specialTokens);
        given.putAll(variables);
        given.put("messages", turns(messages));
        // As transformers has it: absent is none, not an empty list.
        given.put(TOOLS, tools.isEmpty() ? null : tools);
        given.put("documents", null);
        given.put("add_generation_prompt", prompt);
        Template template = tools.isEmpty() || forTools == null ? usual : forTools;
        return template.render(given, new RenderContext(clock));
    }

    private List<Map<String, @Nullable Object>> turns(List<Message> messages) {
        List<Map<String, @Nullable Object>> turns = new ArrayList<>(messages.size());
        for (Message message : messages) {
            Map<String, @Nullable Object> turn = new LinkedHashMap<>();
            turn.put("role", message.role().json());
            turn.put("content", content(message));
            turn.putAll(message.extra());
            turns.add(turn);
        }
        return turns;
    }

    /// What a template that knows no calls of tools is given, so that they are learnt all the same.
    private @Nullable String content(Message message) {
        return !writesCalls && message.extra().containsKey(Message.TOOL_CALLS)
                ? SaidText.of(message)
                : message.content();
    }
}
