package dev.stepwell.data.chat;

import dev.stepwell.data.rows.JsonFault;
import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.MessagesReader;
import dev.stepwell.data.rows.Role;
import dev.stepwell.data.rows.RowProblemException;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// What a model is given to answer: the tokens that a row of the same messages has before its answer.
public final class ChatPrompt {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private final HuggingFaceBpeTokenizer tokenizer;
    private final ChatMl chat;

    public ChatPrompt(HuggingFaceBpeTokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.chat = new ChatMl(tokenizer);
    }

    /// A conversation up to where the assistant's next answer begins.
    ///
    /// @throws IllegalArgumentException if a text contains half a surrogate pair
    public int[] of(List<Message> messages) {
        List<Piece> pieces = new ArrayList<>();
        for (Message message : messages) {
            chat.begin(pieces, message.role());
            chat.finish(pieces, SaidText.of(message), false);
        }
        chat.begin(pieces, Role.ASSISTANT);
        EncodedTexts texts = new EncodedTexts(tokenizer, List.of(new RenderedRow(pieces, 0)));
        return pieces.stream()
                .flatMapToInt(piece -> switch (piece) {
                    case Piece.Control(int id, boolean _) -> IntStream.of(id);
                    case Piece.Text text -> IntStream.of(texts.of(text));
                })
                .toArray();
    }

    /// A prompt of a row of prompt and completion: in the model's own format, special tokens included.
    ///
    /// @throws IllegalArgumentException if it contains half a surrogate pair
    public int[] raw(String prompt) {
        return tokenizer.encode(prompt);
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
