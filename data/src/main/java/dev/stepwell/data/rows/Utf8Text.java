package dev.stepwell.data.rows;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Strict UTF-8: bytes are text, or the first fault in them is named.
final class Utf8Text {
    private Utf8Text() {}

    sealed interface Decoded {
        record Text(String text) implements Decoded {}

        /// They are not.
        ///
        /// @param before the text before the fault
        record Fault(String before, String reason) implements Decoded {}
    }

    static Decoded decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // The replacement character is the only trace that a lenient decoder leaves, and it may also be in the data:
        // only then is the slow, strict decoder needed.
        if (text.indexOf('\uFFFD') >= 0) {
            Decoded strict = decodeStrictly(bytes);
            if (strict instanceof Decoded.Fault) {
                return strict;
            }
        }
        int nul = text.indexOf('\0');
        return nul < 0
                ? new Decoded.Text(text)
                : new Decoded.Fault(text.substring(0, nul), "NUL byte: the file is damaged or not text");
    }

    private static Decoded decodeStrictly(byte[] bytes) {
        CharBuffer chars = CharBuffer.allocate(bytes.length);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        boolean malformed = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(input, chars, true)
                .isError();
        chars.flip();
        if (!malformed) {
            return new Decoded.Text(chars.toString());
        }
        return new Decoded.Fault(
                chars.toString(), "not valid UTF-8: byte 0x%02X".formatted(input.get(input.position())));
    }
}
