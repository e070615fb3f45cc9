package dev.stepwell.data.rows;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/// Which rows are held out: asked, and never trained.
///
/// ```
///  side of a row   SHA-256( seed, what the row says )  →  its first 53 bits, as a fraction of 2^53
///  held out        where that is below percent / 100
/// ```
///
/// So a row's side follows from its content and the seed alone: not from its line or its file, from white space
/// or the order of members in JSON, from the format in which it is written, or from how it is tokenized. Rows that
/// are held out at some percentage are so at every larger one.
///
/// The seed goes in as eight bytes, the highest first. What the row says goes in as one value of JSON
/// ([CanonicalBytes]): `["conversation", [[role, content, extra], …], tools]`,
/// `["completion", prompt, completion]` or `["text", text]`. Which of the turns are learnt does not count: the same
/// conversation is on the same side, whatever weights its turns have.
///
/// @param seed    another one puts rows on other sides
/// @param percent of rows that are held out, roughly, from 0 to 100
public record HoldOut(long seed, double percent) {
    /// No row.
    public static final HoldOut NONE = new HoldOut(0, 0);

    /// @throws IllegalArgumentException if it is no percentage
    public HoldOut {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("%s %% of the rows cannot be held out".formatted(percent));
        }
    }

    /// Whether no row is held out, whatever it says.
    public boolean isNone() {
        return percent == 0;
    }

    /// Whether `row` is held out.
    public boolean holds(Row row) {
        return !isNone() && fraction(row) < percent / 100;
    }

    /// Where the row lies, from 0 to below 1.
    private double fraction(Row row) {
        MessageDigest sha256 = sha256();
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).flip());
        new CanonicalBytes(sha256).add(said(row));
        return (ByteBuffer.wrap(sha256.digest()).getLong() >>> 11) * 0x1p-53;
    }

    private static List<Object> said(Row row) {
        return switch (row) {
            case Row.Conversation(List<Message> messages, List<Object> tools) ->
                List.of("conversation", messages.stream().map(HoldOut::said).toList(), tools);
            case Row.PromptCompletion(String prompt, String completion) -> List.of("completion", prompt, completion);
            case Row.PlainText(String text) -> List.of("text", text);
        };
    }

    private static Object said(Message message) {
        return Arrays.asList(message.role().json(), message.content(), message.extra());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
