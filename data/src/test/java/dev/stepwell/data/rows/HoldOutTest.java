package dev.stepwell.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class HoldOutTest {
    private static final int SEEDS = 64;

    /// A row is written twice: as one line, and over many in a list with its members the other way round.
    @Property(tries = 300)
    void howARowIsWrittenDoesNotMoveIt(@ForAll("rows") JsonNode row) {
        Row line = only(row.toString());
        Row element = only("[\n" + backwards(row).toPrettyString() + "]");
        assertThat(sides(element)).isEqualTo(sides(line));
    }

    @Property(tries = 300)
    void rowsThatSayDifferentThingsAreEachPutWhereTheirOwnHashSays(
            @ForAll("rows") JsonNode one, @ForAll("rows") JsonNode other) {
        Row first = only(one.toString());
        Row second = only(other.toString());
        assertThat(sides(first).equals(sides(second))).isEqualTo(one.equals(other));
    }

    @Property
    void aLargerPercentageOnlyAddsRows(
            @ForAll("texts") String text,
            @ForAll long seed,
            @ForAll @DoubleRange(max = 100) double one,
            @ForAll @DoubleRange(max = 100) double other) {
        Row row = new Row.PlainText(text);
        boolean fewer = new HoldOut(seed, Math.min(one, other)).holds(row);
        boolean more = new HoldOut(seed, Math.max(one, other)).holds(row);
        assertThat(!fewer || more).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 10, 33.3, 50})
    void ofManyRowsAsManyAreHeldOutAsWasAskedFor(double percent) {
        int rows = 40_000;
        double share = percent / 100;
        double fiveDeviations = 5 * Math.sqrt(share * (1 - share) / rows);
        assertThat(held(new HoldOut(42, percent), rows).size() / (double) rows)
                .isCloseTo(share, within(fiveDeviations));
    }

    @Test
    void anotherSeedHoldsOtherRowsOut() {
        Set<Integer> one = held(new HoldOut(1, 10), 10_000);
        Set<Integer> both = new HashSet<>(one);
        both.retainAll(held(new HoldOut(2, 10), 10_000));
        assertThat(both.size()).as("a tenth of a tenth").isBetween(50, 150);
        assertThat(held(new HoldOut(1, 10), 10_000)).isEqualTo(one);
    }

    @Test
    void whatIsLearntOfARowDoesNotMoveIt() {
        String whole = """
                {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"},
                              {"role": "user", "content": "c"}, {"role": "assistant", "content": "d"}]}""";
        Row all = only(whole.replace("\n", " "));
        Row last = only(whole.replace("\n", " ").replace("\"b\"", "\"b\", \"weight\": 0"));
        assertThat(last).isNotEqualTo(all);
        assertThat(sides(last)).isEqualTo(sides(all));
    }

    @Test
    void theSideOfARowIsTheHashThatIsDocumented() throws Exception {
        Row row = only("""
                {"messages": [{"role": "user", "content": "é"}, {"role": "assistant", "tool_calls":
                 [{"function": {"name": "f", "arguments": {"b": 1.5, "a": [true, null, -3]}}}]}]}""".replace("\n", ""));
        byte[] said = bytes(
                "l",
                3,
                "s",
                12,
                "conversation",
                "l",
                2,
                "l",
                3,
                "s",
                4,
                "user",
                "s",
                2,
                "é",
                "o",
                0,
                "l",
                3,
                "s",
                9,
                "assistant",
                "n",
                "o",
                1,
                "s",
                10,
                "tool_calls",
                "l",
                1,
                "o",
                1,
                "s",
                8,
                "function",
                "o",
                2,
                "s",
                9,
                "arguments",
                "o",
                2,
                "s",
                1,
                "a",
                "l",
                3,
                "t",
                "n",
                "i",
                2,
                "-3",
                "s",
                1,
                "b",
                "d",
                1.5,
                "s",
                4,
                "name",
                "s",
                1,
                "f",
                "l",
                0);
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(ByteBuffer.allocate(8).putLong(42).flip());
        double percent = (ByteBuffer.wrap(sha256.digest(said)).getLong() >>> 11) / 0x1p53 * 100;

        assertThat(new HoldOut(42, percent - 1e-9).holds(row)).isFalse();
        assertThat(new HoldOut(42, percent + 1e-9).holds(row)).isTrue();
    }

    @Test
    void whatIsNoPercentageIsRefused() {
        for (double none : new double[] {-1, 100.5, Double.NaN}) {
            assertThatThrownBy(() -> new HoldOut(1, none)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(HoldOut.NONE.holds(new Row.PlainText("a"))).isFalse();
    }

    /// Rows of all three kinds, the conversations with further keys and calls of tools.
    @Provide
    Arbitrary<JsonNode> rows() {
        Arbitrary<JsonNode> text = texts().map(said -> object(Map.of("text", said)));
        Arbitrary<JsonNode> completion =
                Combinators.combine(texts(), texts()).as((a, b) -> object(Map.of("prompt", a, "completion", b)));
        Arbitrary<JsonNode> conversation = Combinators.combine(texts(), texts(), values(), values())
                .as((question, answer, arguments, reasoning) -> object(Map.of(
                        "messages",
                        List.of(
                                Map.of("role", "user", "content", question),
                                Map.of(
                                        "role", "assistant",
                                        "reasoning", Map.of("of", reasoning),
                                        "tool_calls",
                                                List.of(Map.of(
                                                        "function",
                                                        Map.of("name", "f", "arguments", Map.of("x", arguments))))),
                                Map.of("role", "assistant", "content", answer)),
                        "tools",
                        List.of(Map.of("type", "function", "function", Map.of("name", "f", "more", arguments))))));
        return Arbitraries.oneOf(text, completion, conversation);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars('a', 'b', '1', 'é', '\u4e2d', ' ', '"', '\\')
                .ofMinLength(1)
                .ofMaxLength(4)
                .filter(text -> !text.isBlank());
    }

    private Arbitrary<Object> values() {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                texts().map(text -> text),
                Arbitraries.longs().map(number -> number),
                Arbitraries.bigIntegers().map(number -> number),
                Arbitraries.doubles().between(-1e6, 1e6).map(number -> number),
                Arbitraries.of(true, false).map(truth -> truth));
        return Arbitraries.oneOf(
                scalars,
                scalars.list().ofMaxSize(3).map(list -> list),
                Arbitraries.maps(texts(), scalars).ofMaxSize(4).map(map -> map));
    }

    private static JsonNode object(Map<String, ?> members) {
        return JsonMapper.shared().valueToTree(members);
    }

    /// The same value, with the members of every object the other way round.
    private static JsonNode backwards(JsonNode value) {
        if (value instanceof ObjectNode object) {
            Map<String, JsonNode> members = new LinkedHashMap<>();
            object.properties().forEach(member -> members.put(member.getKey(), backwards(member.getValue())));
            ObjectNode turned = JsonMapper.shared().createObjectNode();
            new ArrayList<>(members.keySet()).reversed().forEach(name -> turned.set(name, members.get(name)));
            return turned;
        }
        if (value instanceof ArrayNode list) {
            ArrayNode turned = JsonMapper.shared().createArrayNode();
            list.forEach(element -> turned.add(backwards(element)));
            return turned;
        }
        return value;
    }

    private static Row only(String file) {
        List<FileRow> rows = RowFiles.read(file);
        assertThat(rows).singleElement().isInstanceOf(FileRow.Usable.class);
        return ((FileRow.Usable) rows.getFirst()).row();
    }

    /// Where the row lies, seed by seed: rows that are alike here have one hash.
    private static List<Boolean> sides(Row row) {
        return IntStream.range(0, SEEDS)
                .mapToObj(seed -> new HoldOut(seed, 50).holds(row))
                .toList();
    }

    private static Set<Integer> held(HoldOut holdOut, int rows) {
        Set<Integer> held = new HashSet<>();
        for (int i = 0; i < rows; i++) {
            if (holdOut.holds(new Row.PromptCompletion("What is " + i + "?", Integer.toString(i)))) {
                held.add(i);
            }
        }
        return held;
    }

    private static byte[] bytes(Object... parts) {
        ByteBuffer bytes = ByteBuffer.allocate(1_000);
        for (Object part : parts) {
            switch (part) {
                case Integer count -> bytes.putInt(count);
                case Double number -> bytes.putDouble(number);
                default -> bytes.put(part.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] written = new byte[bytes.position()];
        bytes.flip().get(written);
        return written;
    }
}
