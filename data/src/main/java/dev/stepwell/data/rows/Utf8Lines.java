package dev.stepwell.data.rows;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Strict UTF-8: a line is text, or the first fault in it is named. Columns count Unicode characters from 1.
final class Utf8Lines {
    private Utf8Lines() {}

    sealed interface Decoded {
        record Text(String text) implements Decoded {}

        record Fault(int column, String reason) implements Decoded {}
    }

    static Decoded decode(PhysicalLine line) {
        String text = new String(line.bytes(), StandardCharsets.UTF_8);
        // The replacement character is the only trace that a lenient decoder leaves, and it may also be in the data:
        // only then is the slow, strict decoder needed.
        if (text.indexOf('\uFFFD') >= 0) {
            Decoded strict = decodeStrictly(line.bytes());
            if (strict instanceof Decoded.Fault) {
                return strict;
            }
        }
        int nul = text.indexOf('\0');
        return nul < 0
                ? new Decoded.Text(text)
                : new Decoded.Fault(text.codePointCount(0, nul) + 1, "NUL byte: the file is damaged or not text");
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
        int column = Character.codePointCount(chars, 0, chars.length()) + 1;
        return new Decoded.Fault(column, "not valid UTF-8: byte 0x%02X".formatted(input.get(input.position())));
    }
}
