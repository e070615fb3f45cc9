package dev.stepwell.data.chat;

import dev.stepwell.data.jinja.TemplateException;
import dev.stepwell.data.rows.JsonFault;
import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.MessagesReader;
import dev.stepwell.data.rows.Row;
import dev.stepwell.data.rows.RowProblemException;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// What a model is given to answer: the tokens that a row of the same messages has before its answer.
public final class ChatPrompt {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private final HuggingFaceBpeTokenizer tokenizer;
    private final @Nullable ChatTemplate template;
    private final ControlTexts controls;

    /// Asks a model.
    ///
    /// @param chat how conversations are written; empty if the model does not know any
    public ChatPrompt(HuggingFaceBpeTokenizer tokenizer, Optional<ChatTemplate> chat) {
        this.tokenizer = tokenizer;
        this.template = chat.orElse(null);
        this.controls = new ControlTexts(tokenizer.controls());
    }

    /// A conversation up to where the assistant's next answer begins.
    ///
    /// @param clock which a chat template may ask for the date
    /// @throws IllegalArgumentException if the model's chat template does not write it, or a text contains half a
    ///                                  surrogate pair, saying so
    public int[] of(List<Message> messages, Clock clock) {
        if (template == null) {
            throw new IllegalArgumentException(new NoTemplateException().getMessage());
        }
        ControlTexts.Screened screened = controls.screen(new Row.Conversation(messages));
        String text;
        try {
            text = template.render(screened.conversation().messages(), List.of(), true, clock)
                    .text();
        } catch (TemplateException e) {
            throw new IllegalArgumentException("the model's chat template does not write it: " + e.getMessage(), e);
        }
        RenderedRow written = new WrittenText(text, screened.mark()).render(List.of(), 0, true, Set.of());
        return Tokens.of(written, new EncodedTexts(tokenizer, List.of(written)), tokenizer)
                .ids();
    }

    /// A prompt of a row of prompt and completion: in the model's own format, special tokens included.
    ///
    /// @throws IllegalArgumentException if it contains half a surrogate pair
    public int[] raw(String prompt) {
        return IntStream.concat(IntStream.of(tokenizer.beginningOfText()), IntStream.of(tokenizer.encode(prompt)))
                .toArray();
    }

    /// Reads a list of messages, `[{"role": …, "content": …}, …]`, as rows have it under `messages`.
    ///
    /// @throws IOException if it cannot be read, or is no such list, naming the file and what is wrong
    public static List<Message> read(Path file) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8", e);
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            List<Message> messages = MessagesReader.read(parser);
            if (parser.nextToken() != null) {
                throw new IOException(file + ": something follows the list of messages");
            }
            return List.copyOf(messages);
        } catch (RowProblemException e) {
            throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
        } catch (JacksonException e) {
            throw new IOException("%s is not JSON: %s".formatted(file, JsonFault.describe(e)), e);
        }
    }
}
