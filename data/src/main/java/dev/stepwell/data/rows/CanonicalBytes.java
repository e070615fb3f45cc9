package dev.stepwell.data.rows;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Digests values of JSON so that equal values, and no others, give the same bytes.
///
/// ```
///  null, true, false   n, t, f
///  text                s, length of its UTF-8, that
///  integer             i, length of its decimal digits, those
///  other number        d, the eight bytes of its IEEE 754 double
///  list                l, how many elements, each of them
///  object              o, how many members, each of them: its name as a text, its value; in the order of the
///                         names' UTF-16 code units
/// ```
///
/// Letters are a byte of ASCII, lengths and counts four bytes; of several bytes the highest is first.
///
/// @param digest that is fed
record CanonicalBytes(MessageDigest digest) {
    /// Digests `value`, which is JSON as plain Java as [Message#extra] describes it.
    ///
    /// @throws IllegalArgumentException if it is something else
    void add(@Nullable Object value) {
        switch (value) {
            case null -> letter('n');
            case Boolean truth -> letter(truth ? 't' : 'f');
            case String text -> text('s', text);
            case Long integer -> text('i', integer.toString());
            case BigInteger integer -> text('i', integer.toString());
            case Double number -> {
                letter('d');
                digest.update(
                        ByteBuffer.allocate(Double.BYTES).putDouble(number).flip());
            }
            case List<?> list -> {
                letter('l');
                count(list.size());
                list.forEach(this::add);
            }
            case Map<?, ?> object -> {
                letter('o');
                count(object.size());
                new TreeMap<Object, @Nullable Object>(object).forEach((name, member) -> {
                    add(name);
                    add(member);
                });
            }
            default -> throw new IllegalArgumentException("no value of JSON: " + value.getClass());
        }
    }

    private void letter(char letter) {
        digest.update((byte) letter);
    }

    private void count(int count) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(count).flip());
    }

    private void text(char letter, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        letter(letter);
        count(bytes.length);
        digest.update(bytes);
    }
}
