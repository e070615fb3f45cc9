package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
    private static final Comparator<String> BY_KEY = Comparator.comparing(NaturalOrder::key, Arrays::compareUnsigned);

    @Test
    void numbers_are_ordered_by_their_value() {
        assertInOrder("part_1.jsonl", "part_2.jsonl", "part_10.jsonl", "part_100.jsonl");
        assertInOrder("a1b", "a01c", "a1d");
        assertInOrder("9", "18446744073709551616", "18446744073709551617", "1" + "0".repeat(300));
    }

    @Test
    void case_and_leading_zeros_decide_only_between_names_that_are_otherwise_equal() {
        assertInOrder("B1", "b1", "B2", "b02", "b3");
        assertInOrder("a001", "a01", "a1", "a2");
    }

    @Test
    void a_name_comes_before_the_names_it_begins() {
        assertInOrder("", "a", "a.jsonl", "a1", "a1.jsonl", "aa");
    }

    @Property
    void keys_order_names_as_the_plain_comparator_does(@ForAll("names") String a, @ForAll("names") String b) {
        assertThat(Integer.signum(BY_KEY.compare(a, b))).isEqualTo(Integer.signum(plainly(a, b)));
    }

    @Property
    void different_names_have_different_keys(@ForAll("names") String a, @ForAll("names") String b) {
        assertThat(Arrays.equals(NaturalOrder.key(a), NaturalOrder.key(b))).isEqualTo(a.equals(b));
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of("a", "A", "b", "_", ".", "-", "~", "é", "ß", "🙂", "\u0000", "\u0001", "٣", ".jsonl"),
                Arbitraries.of("0", "00", "1", "2", "9", "10", "010", "18446744073709551616"));
        return piece.list().ofMaxSize(6).map(p -> String.join("", p));
    }

    private static void assertInOrder(String... names) {
        List<String> shuffled = new ArrayList<>(List.of(names));
        Collections.reverse(shuffled);
        shuffled.sort(BY_KEY);
        assertThat(shuffled).containsExactly(names);
    }

    /// The definition, piece by piece: numbers as numbers, the rest as code points without case, then as they are.
    private static int plainly(String a, String b) {
        List<Object> left = pieces(a);
        List<Object> right = pieces(b);
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = piece(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(left.size(), right.size());
        return order != 0
                ? order
                : Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }

    private static int piece(Object a, Object b) {
        if (a instanceof BigInteger x && b instanceof BigInteger y) {
            return x.compareTo(y);
        }
        return Integer.compare(codePoint(a), codePoint(b));
    }

    private static int codePoint(Object piece) {
        return piece instanceof Integer c ? c : '0';
    }

    private static List<Object> pieces(String name) {
        List<Object> pieces = new ArrayList<>();
        int i = 0;
        while (i < name.length()) {
            int end = i;
            while (end < name.length() && "0123456789".indexOf(name.charAt(end)) >= 0) {
                end++;
            }
            if (end > i) {
                pieces.add(new BigInteger(name.substring(i, end)));
                i = end;
            } else {
                int c = name.codePointAt(i);
                String folded = Character.toString(c).toUpperCase(Locale.ROOT);
                pieces.add(
                        folded.codePointCount(0, folded.length()) == 1
                                ? Character.toLowerCase(folded.codePointAt(0))
                                : Character.toLowerCase(c));
                i += Character.charCount(c);
            }
        }
        return pieces;
    }
}
