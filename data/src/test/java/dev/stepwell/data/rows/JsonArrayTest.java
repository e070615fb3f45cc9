package dev.stepwell.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that are one list of JSON.
class JsonArrayTest {
    private static final String A = "{\"text\": \"a\"}";
    private static final String END = "; nothing behind it can be read";

    @Test
    void eachElementIsARowAtThePlaceWhereItBegins() {
        assertThat(RowFiles.read("\uFEFF \r\n [" + A + ",\n  {\"text\":\n\"é🎉\"}  , " + A + "\n]\n"))
                .containsExactly(usable(2, 3, "a"), usable(3, 3, "é🎉"), usable(4, 10, "a"));
    }

    @Test
    void aListWithNothingInItHasNoRows() throws IOException {
        assertThat(RowFiles.read("[]")).isEmpty();
        assertThat(RowFiles.read("\n[\n]\n")).isEmpty();
        assertThat(RowFiles.format("[]", FieldMapping.NONE)).isEqualTo("no known format, JSON array");
    }

    @Test
    void whatLooksLikeAnEndInsideOfTextsIsNone() {
        String text = "]}, {\\\"text\\\": \\\\\\\"[{";
        String before = "[{\"a\": [[{}], \"]\"], \"text\": \"" + text + "\"}, ";
        assertThat(RowFiles.read(before + A + "]"))
                .containsExactly(usable(1, 2, "]}, {\"text\": \\\"[{"), usable(1, before.length() + 1, "a"));
    }

    static Stream<Arguments> faultyElements() {
        return Stream.of(
                arguments("^7", "expected an object, found a number"),
                arguments("^\"]\\\" , {\"", "expected an object, found a text"),
                arguments("^[[1], {}]", "expected an object, found a list"),
                arguments("^null", "expected an object, found null"),
                arguments("^{}", "the object is empty"),
                arguments("{\n\n  \"text\": ^5}", "\"text\" is a number, expected a text"),
                arguments("{\"text\": \"é🎉\",\n \"text\": \"b\"}", null),
                arguments(
                        "{\"text\": \"a\", \"deep\": " + "[".repeat(199) + "^[" + "]".repeat(200) + "}",
                        "nested deeper than 200 levels"),
                arguments("{\"text\": \"🎉\",\n\"b\": \"🎉\0\"}", null),
                arguments("^{\"text\": \"" + "x".repeat(600) + "\"}", "the element is longer than 500 bytes"));
    }

    @ParameterizedTest
    @MethodSource("faultyElements")
    void anElementThatIsWrongIsRefusedAloneAtTheExactPlace(String marked, String reason) {
        String element = marked.replace("^", "");
        List<FileRow> rows = RowFiles.read(
                ("[\n" + A + ",\n  " + element + ", " + A + "]").getBytes(StandardCharsets.UTF_8),
                500,
                FieldMapping.NONE);
        assertThat(rows).hasSize(3).first().isEqualTo(usable(2, 1, "a"));
        assertThat(rows.get(2)).isInstanceOf(FileRow.Usable.class);
        if (reason != null) {
            Place fault = new Place(3, 3).after(marked.substring(0, marked.indexOf('^')));
            assertThat(rows.get(1)).isEqualTo(new FileRow.Refused(fault.line(), fault.column(), reason));
        }
    }

    @Test
    void faultsOfTheTextItselfHaveTheirPlaceToo() {
        assertThat(RowFiles.read("[{\"text\": \"é🎉\",\n \"text\": \"b\"}, " + A + "]"))
                .containsExactly(
                        new FileRow.Refused(2, 2, "the key \"text\" occurs twice in one object"), usable(2, 16, "a"));
        assertThat(RowFiles.read("[{\"text\": \"🎉\",\n\"b\": \"🎉\0\"}, " + A + "]"))
                .containsExactly(
                        new FileRow.Refused(2, 8, "NUL byte: the file is damaged or not text"), usable(2, 13, "a"));
        byte[] latin = "[\n{\"text\": \"?\"}]".getBytes(StandardCharsets.UTF_8);
        latin[12] = (byte) 0xE9;
        assertThat(RowFiles.read(latin, FieldMapping.NONE))
                .containsExactly(new FileRow.Refused(2, 11, "not valid UTF-8: byte 0xE9"));
    }

    static Stream<Arguments> breaks() {
        return Stream.of(
                arguments("[ ^, " + A + "]", "expected an object, found ','"),
                arguments("[" + A + ", ^, " + A + "]", "expected an object, found ','"),
                arguments("[" + A + ", ^]", "expected an object, found ']'"),
                arguments("[" + A + "\n^" + A + "]", "expected a comma or ] after an element"),
                arguments("[" + A + " ^}", "expected a comma or ] after an element"),
                arguments("[" + A + ",^ ", null),
                arguments("[" + A + "\n^", "the file ends before its list does: ] is missing"),
                arguments("[^", "the file ends before its list does: ] is missing"),
                arguments(
                        "[\n  {\"text\": \"a\"^",
                        "the file ends in the middle of the element that begins in line 2, column 3"),
                arguments("[" + A + "]\n ^" + A, "something follows the list"),
                arguments("[" + A + "]^]", "something follows the list"),
                arguments("[" + A + ", {\"text\": ^nope}, " + A + "]", "unrecognized token 'nope'"),
                arguments("[^hello, " + A + "]", "unrecognized token 'hello'"),
                arguments("[{\"text\": [1^}, " + A + "]]]", "unexpected close marker '}': expected ']'"));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void whereTheJsonBreaksOneRefusalSaysThatNothingBehindItCanBeRead(String marked, String reason) {
        List<FileRow> rows = RowFiles.read(marked.replace("^", ""));
        assertThat(rows.subList(0, rows.size() - 1))
                .allSatisfy(row -> assertThat(row).isInstanceOf(FileRow.Usable.class));
        if (reason != null) {
            Place fault = new Place(1, 1).after(marked.substring(0, marked.indexOf('^')));
            assertThat(rows.getLast())
                    .isEqualTo(new FileRow.Refused(fault.line(), fault.column(), "not valid JSON: " + reason + END));
        }
    }

    @Test
    void afterABreakNothingIsRead() {
        assertThat(RowFiles.read("[" + A + ", {\"text\": nope}, " + A + "]")).hasSize(2);
    }

    @Provide
    Arbitrary<List<String>> rows() {
        return Arbitraries.of(
                        A,
                        "{\"text\": \"]é🎉[\", \"x\": [[], {\"y\": \"\\\\\"}]}",
                        "{\"prompt\": \"a\\\"\", \"completion\": \"漢\"}",
                        "{\"text\": {}}",
                        "{}",
                        "[]",
                        "12",
                        "true",
                        "{\"text\": \"\\ud800\"}",
                        "{\"b\": 1, \"b\": 2}")
                .list()
                .ofMaxSize(20);
    }

    @Property(tries = 300)
    void aListHasTheRowsThatTheSameLinesHave(
            @ForAll("rows") List<String> rows, @ForAll("blanks") String before, @ForAll("blanks") String after) {
        String list = "[" + before + String.join(after + "," + before, rows) + after + "]";
        List<FileRow> elements = RowFiles.read(list);
        // The lines must not begin with a bracket, or they would be a list.
        List<FileRow> lines = RowFiles.read("{}\n" + String.join("\n", rows));
        assertThat(elements).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            String upTo = "[" + before + String.join(after + "," + before, rows.subList(0, i))
                    + (i == 0 ? "" : after + "," + before);
            Place start = new Place(1, 1).after(upTo);
            switch (elements.get(i)) {
                case FileRow.Usable(long line, int column, Row row) -> {
                    assertThat(new Place(line, column)).isEqualTo(start);
                    assertThat(lines.get(i + 1)).isEqualTo(new FileRow.Usable(i + 2L, 1, row));
                }
                case FileRow.Refused refused -> {
                    assertThat(lines.get(i + 1)).isInstanceOf(FileRow.Refused.class);
                    assertThat(refused.line()).isEqualTo(start.line());
                }
            }
        }
    }

    @Provide
    Arbitrary<String> blanks() {
        return Arbitraries.strings().withChars(" \t\r\n").ofMaxLength(3);
    }

    @Test
    void aListLargerThanTheHeapIsReadWithoutBeingHeld() throws IOException {
        String block = ("{\"text\": \"" + "lorem ipsum ".repeat(1_000) + "\"},\n").repeat(100);
        InputStream large = new SequenceInputStream(Collections.enumeration(
                List.of(stream("["), new RepeatedInput(block.getBytes(StandardCharsets.UTF_8), 250), stream(A + "]"))));
        long read = 0;
        List<Long> heap = new ArrayList<>();
        try (RowFile rows = new RowFile(large, 1 << 20, FieldMapping.NONE)) {
            for (FileRow row = rows.next(); row != null; row = rows.next()) {
                assertThat(row).isInstanceOf(FileRow.Usable.class);
                if (++read % 8_000 == 0) {
                    System.gc();
                    heap.add(ManagementFactory.getMemoryMXBean()
                            .getHeapMemoryUsage()
                            .getUsed());
                }
            }
        }
        assertThat(read).isEqualTo(25_001);
        assertThat(heap.getLast() - heap.getFirst()).isLessThan(8 << 20);
    }

    @Test
    void anElementLargerThanAnyArrayIsPassedOverWithoutBeingHeld() {
        InputStream large = new SequenceInputStream(Collections.enumeration(List.of(
                stream("[{\"text\": \""),
                new RepeatedInput("x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8), 1 << 13),
                stream("\"},\n" + A + "]"))));
        List<FileRow> read = new ArrayList<>();
        try (RowFile rows = new RowFile(large, 1 << 10, FieldMapping.NONE)) {
            for (FileRow row = rows.next(); row != null; row = rows.next()) {
                read.add(row);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(read)
                .containsExactly(new FileRow.Refused(1, 2, "the element is longer than 1024 bytes"), usable(2, 1, "a"));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static FileRow usable(long line, int column, String text) {
        return new FileRow.Usable(line, column, new Row.PlainText(text));
    }
}
