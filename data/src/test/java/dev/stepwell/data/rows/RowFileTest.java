package dev.stepwell.data.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class RowFileTest {
    private static final String GOOD = "{\"text\": \"a\"}\n";

    @Test
    void aByteThatIsNotUtf8IsNamedWithTheCharacterAtWhichItStands() {
        byte[] line = "{\"text\": \"é🎉?\"}".getBytes(StandardCharsets.UTF_8);
        line[16] = (byte) 0xE9;
        assertThat(refusals(line)).containsExactly(new FileRow.Refused(1, 13, "not valid UTF-8: byte 0xE9"));
    }

    @Test
    void surrogatesAndOverlongFormsAreNotUtf8() throws IOException {
        assertThat(refusals(bytes('a', 0xED, 0xA0, 0x80)))
                .containsExactly(new FileRow.Refused(1, 2, "not valid UTF-8: byte 0xED"));
        assertThat(refusals(bytes(0xC0, 0x80)))
                .containsExactly(new FileRow.Refused(1, 1, "not valid UTF-8: byte 0xC0"));
        assertThat(refusals(bytes('a', 'b', 0xF0, 0x9F)))
                .containsExactly(new FileRow.Refused(1, 3, "not valid UTF-8: byte 0xF0"));
    }

    @Test
    void aReplacementCharacterInTheDataIsNoFault() throws IOException {
        assertThat(refusals("{\"text\": \"\uFFFD\"}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void aNulByteIsNamed() throws IOException {
        assertThat(refusals("{\"text\": \"🎉\0\"}".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(new FileRow.Refused(1, 12, "NUL byte: the file is damaged or not text"));
    }

    @Test
    void aCompressedFileIsOneRowThatSaysWhatToDo() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(GOOD.repeat(1_000).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(refusals(packed.toByteArray()))
                .containsExactly(new FileRow.Refused(1, 0, "the file is gzip-compressed: unpack it with gunzip first"));
    }

    @Test
    void aFileInAnotherUnicodeEncodingIsOneRowThatSaysWhatToDo() throws IOException {
        byte[] utf16 = ("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_16LE);
        byte[] utf32 = ("\uFEFF" + GOOD).getBytes(Charset.forName("UTF-32LE"));
        assertThat(refusals(utf16))
                .containsExactly(new FileRow.Refused(1, 0, "the file is UTF-16: convert it to UTF-8 first"));
        assertThat(refusals(utf32))
                .containsExactly(new FileRow.Refused(1, 0, "the file is UTF-32: convert it to UTF-8 first"));
    }

    @Test
    void aLineThatIsTooLongIsRefusedAndTheNextOneRead() throws IOException {
        String file = "{\"text\": \"" + "x".repeat(100) + "\"}\n" + GOOD;
        assertThat(RowFiles.read(file.getBytes(StandardCharsets.UTF_8), 50, FieldMapping.NONE))
                .containsExactly(
                        new FileRow.Refused(1, 0, "the line is longer than 50 bytes"),
                        new FileRow.Usable(2, 1, new Row.PlainText("a")));
    }

    @Test
    void nothingOfTheLinesThatWereReadIsHeld() throws IOException {
        String block = ("{\"text\": \"" + "lorem ipsum ".repeat(80) + "\"}\n").repeat(1_000);
        long rowsRead = 0;
        List<Long> heap = new ArrayList<>();
        InputStream large = new RepeatedInput(block.getBytes(StandardCharsets.UTF_8), 120);
        try (RowFile rows = new RowFile(large, 1 << 20, FieldMapping.NONE)) {
            while (rows.next() != null) {
                if (++rowsRead % 40_000 == 0) {
                    heap.add(heapInUse());
                }
            }
            heap.add(heapInUse());
        }
        assertThat(rowsRead).isEqualTo(120_000);
        assertThat(heap.getLast() - heap.getFirst()).isLessThan(8 << 20);
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static List<FileRow> refusals(byte[] file) {
        return RowFiles.read(file, FieldMapping.NONE).stream()
                .filter(FileRow.Refused.class::isInstance)
                .toList();
    }
}
