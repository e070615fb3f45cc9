package dev.stepwell.core.queue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The order a person expects of file names: numbers by their value, so that `part_2` comes before `part_10`.
///
/// A name becomes a key whose bytes, compared as unsigned numbers, give that order; a database can therefore index it.
///
/// ```
///  key     = primary 0x00 secondary
///  primary = for each run of ASCII digits: '0', its length without leading zeros (4 bytes), its digits
///            for anything else: the character without its case, in UTF-8
///  secondary = the name as it is, in UTF-8
/// ```
///
/// Case and leading zeros matter only between names that are otherwise equal: `a1`, `A01`, `a2`. A number stands
/// where the character `0` stands among the others. Two names have the same key only if they are the same.
public final class NaturalOrder {
    private static final int SEPARATOR = 0;
    private static final int ESCAPE = 1;

    private NaturalOrder() {}

    /// The key of `name`.
    public static byte[] key(String name) {
        ByteArrayOutputStream key = new ByteArrayOutputStream(2 * name.length() + 16);
        int i = 0;
        while (i < name.length()) {
            if (isDigit(name.charAt(i))) {
                i = writeNumber(name, i, key);
            } else {
                int codePoint = name.codePointAt(i);
                writeText(Character.toLowerCase(Character.toUpperCase(codePoint)), key);
                i += Character.charCount(codePoint);
            }
        }
        key.write(SEPARATOR);
        key.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        return key.toByteArray();
    }

    private static int writeNumber(String name, int from, ByteArrayOutputStream key) {
        int end = from;
        while (end < name.length() && isDigit(name.charAt(end))) {
            end++;
        }
        int start = from;
        while (start < end && name.charAt(start) == '0') {
            start++;
        }
        int length = end - start;
        key.write('0');
        for (int shift = 24; shift >= 0; shift -= 8) {
            key.write(length >>> shift);
        }
        key.writeBytes(name.substring(start, end).getBytes(StandardCharsets.US_ASCII));
        return end;
    }

    private static void writeText(int codePoint, ByteArrayOutputStream key) {
        if (codePoint <= ESCAPE) { // Keeps the separator below every character: a name comes before its longer ones.
            key.write(ESCAPE);
            key.write(codePoint + 1);
        } else {
            key.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
