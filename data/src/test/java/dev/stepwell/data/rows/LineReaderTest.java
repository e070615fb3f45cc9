package dev.stepwell.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.data.rows.PhysicalLine.Ending;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    @Provide
    Arbitrary<byte[]> files() {
        Arbitrary<Byte> bytes = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of((byte) '\n', (byte) '\r', (byte) 0)), Tuple.of(5, Arbitraries.bytes()));
        return bytes.array(byte[].class).ofMaxSize(400);
    }

    @Property
    void linesAndTheirEndingsJoinedAreTheFile(
            @ForAll("files") byte[] file, @ForAll @IntRange(min = 1, max = 9) int gulp) throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(byteOrderMarkOf(file));
        long expected = 1;
        for (PhysicalLine line : lines(new InGulps(file, gulp), 1 << 20)) {
            assertThat(line.number()).isEqualTo(expected++);
            assertThat(line.bytes()).doesNotContain('\n');
            joined.writeBytes(line.bytes());
            joined.writeBytes(
                    switch (line.ending()) {
                        case LF -> new byte[] {'\n'};
                        case CRLF -> new byte[] {'\r', '\n'};
                        case END_OF_FILE -> new byte[0];
                    });
        }
        assertThat(joined.toByteArray()).isEqualTo(file);
    }

    @Property
    void aBoundMarksExactlyTheLinesThatAreLonger(
            @ForAll("files") byte[] file, @ForAll @IntRange(min = 1, max = 12) int bound) throws IOException {
        List<PhysicalLine> whole = lines(new ByteArrayInputStream(file), 1 << 20);
        List<PhysicalLine> bounded = lines(new ByteArrayInputStream(file), bound);
        assertThat(bounded).hasSameSizeAs(whole);
        for (int i = 0; i < whole.size(); i++) {
            PhysicalLine line = whole.get(i);
            int length = line.bytes().length + (line.ending() == Ending.CRLF ? 1 : 0);
            assertThat(bounded.get(i).tooLong()).isEqualTo(length > bound);
            if (length <= bound) {
                assertThat(bounded.get(i).bytes()).isEqualTo(line.bytes());
            }
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        assertThat(texts("\uFEFFone\ntwo")).containsExactly("one", "two");
    }

    @Test
    void aFileThatEndsWithALineFeedHasNoEmptyLastLine() throws IOException {
        assertThat(texts("one\r\n\ntwo\n")).containsExactly("one", "", "two");
        assertThat(texts("")).isEmpty();
        assertThat(texts("\n")).containsExactly("");
    }

    @Test
    void aLineLargerThanAnyArrayIsPassedOverWithoutBeingHeld() throws IOException {
        byte[] block = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        LineReader reader = new LineReader(new ByteSource(new RepeatedInput(block, (1 << 15) + 1)), 1 << 10);
        PhysicalLine line = reader.next();
        assertThat(line).isNotNull().extracting(PhysicalLine::tooLong).isEqualTo(true);
        assertThat(reader.next()).isNull();
    }

    @Test
    void aBoundOfNothingIsRefused() {
        assertThatThrownBy(() -> new LineReader(new ByteSource(InputStream.nullInputStream()), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("longest row: 0 bytes");
    }

    private static byte[] byteOrderMarkOf(byte[] file) {
        boolean marked =
                file.length >= 3 && (file[0] & 0xFF) == 0xEF && (file[1] & 0xFF) == 0xBB && (file[2] & 0xFF) == 0xBF;
        return marked ? new byte[] {file[0], file[1], file[2]} : new byte[0];
    }

    private static List<String> texts(String file) throws IOException {
        return lines(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), 1 << 20).stream()
                .map(line -> new String(line.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<PhysicalLine> lines(InputStream input, int bound) throws IOException {
        List<PhysicalLine> lines = new ArrayList<>();
        LineReader reader = new LineReader(new ByteSource(input), bound);
        for (PhysicalLine line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }

    /// Gives at most a few bytes at a time, as pipes and network file systems do.
    private static final class InGulps extends ByteArrayInputStream {
        private final int most;

        InGulps(byte[] bytes, int most) {
            super(bytes);
            this.most = most;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, most));
        }
    }
}
