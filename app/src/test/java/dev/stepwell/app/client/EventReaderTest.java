package dev.stepwell.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void linesEndAsTheyLike(String end) throws IOException {
        assertThat(events("id: 7", "event: snapshot", "data: {", "data: }", "", "data: x", "")
                        .with(end))
                .containsExactly(new ServerEvent("snapshot", "{\n}", "7"), new ServerEvent("message", "x", "7"));
    }

    /// Those of the standard's own examples that are told apart by a blank, a colon or an empty line.
    @Test
    void theExamplesOfTheStandardAreReadAsItSays() throws IOException {
        assertThat(events("data: YHOO", "data: +2", "data: 10", "").with("\n"))
                .containsExactly(new ServerEvent("message", "YHOO\n+2\n10", ""));
        assertThat(events(
                                ": test stream",
                                "",
                                "data: first event",
                                "id: 1",
                                "",
                                "data:second event",
                                "id",
                                "",
                                "data:  third")
                        .with("\n"))
                .containsExactly(
                        new ServerEvent("message", "first event", "1"), new ServerEvent("message", "second event", ""));
        assertThat(events("data", "", "data", "data", "", "data:").with("\n"))
                .containsExactly(new ServerEvent("message", "", ""), new ServerEvent("message", "\n", ""));
        assertThat(events("data:test", "", "data: test", "").with("\n"))
                .containsExactly(new ServerEvent("message", "test", ""), new ServerEvent("message", "test", ""));
    }

    @Test
    void oneByteOrderMarkIsPassedOver() throws IOException {
        assertThat(events("\uFEFFdata: x", "").with("\n")).containsExactly(new ServerEvent("message", "x", ""));
        assertThat(events("\uFEFF\uFEFFdata: x", "").with("\n")).isEmpty();
        assertThat(events("data: \uFEFFx", "").with("\n")).containsExactly(new ServerEvent("message", "\uFEFFx", ""));
    }

    @Test
    void anEventWithoutDataIsNoneButItsIdCounts() throws IOException {
        assertThat(events("event: transition", "id: 5", "", "data: x", "").with("\n"))
                .containsExactly(new ServerEvent("message", "x", "5"));
    }

    @Test
    void whatIsNotOfTheStandardIsPassedOver() throws IOException {
        assertThat(events("Data: x", "colour: red", "id: a\0b", "retry: soon", "data: y", "")
                        .with("\n"))
                .containsExactly(new ServerEvent("message", "y", ""));
    }

    @Test
    void theServerSaysWhenToComeBack() throws IOException {
        EventReader reader = reader("retry: 1500\n\ndata: x\n\nretry: -1\nretry:\nretry: 99999999999\ndata: x\n\n");
        assertThat(reader.retry()).isEmpty();
        reader.next();
        assertThat(reader.retry()).contains(Duration.ofMillis(1500));
        reader.next();
        assertThat(reader.retry()).contains(Duration.ofMillis(1500));
    }

    @Test
    void bytesThatAreNoTextDoNoHarm() throws IOException {
        byte[] bytes = {'d', 'a', 't', 'a', ':', (byte) 0xC3, '\n', '\n'};
        assertThat(new EventReader(new ByteArrayInputStream(bytes)).next())
                .isEqualTo(new ServerEvent("message", "\uFFFD", ""));
    }

    @Test
    void aServerThatNeverEndsAnEventIsLeft() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        assertThatThrownBy(() -> new EventReader(endless).next()).hasMessageContaining("an event of more than");
    }

    /// What arrives is cut anywhere, in the middle of characters and of line ends, too.
    @Property
    void howTheStreamIsCutMakesNoDifference(
            @ForAll("streams") String stream, @ForAll List<@IntRange(min = 1, max = 7) Integer> sizes)
            throws IOException {
        assertThat(all(new EventReader(new Cut(stream, sizes)))).isEqualTo(all(reader(stream)));
    }

    /// No event is told before it is complete, and none later.
    @Property
    void anEventIsToldAsSoonAsItIsComplete(@ForAll("streams") String stream) throws IOException {
        List<ServerEvent> whole = all(reader(stream));
        int told = 0;
        for (int end = 0; end <= stream.length(); end++) {
            int now = all(reader(stream.substring(0, end))).size();
            assertThat(now).isBetween(told, told + 1);
            told = now;
        }
        assertThat(told).isEqualTo(whole.size());
    }

    @Provide
    Arbitrary<String> streams() {
        return Arbitraries.of(
                        "data: one",
                        "data:two",
                        "data",
                        "event: snapshot",
                        "id: b:7",
                        "id",
                        ": comment",
                        "retry: 10",
                        "data: 日本 é 🎉",
                        "nonsense",
                        "\uFEFF",
                        "\n",
                        "\n",
                        "\n",
                        "\r",
                        "\r\n",
                        "\n\n",
                        "\r\n\r\n",
                        "\r\r")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @SuppressWarnings("ArrayRecordComponent") // Cut up once, compared by nobody.
    private record Lines(String... lines) {
        List<ServerEvent> with(String end) throws IOException {
            return all(reader(String.join(end, lines) + end));
        }
    }

    private static Lines events(String... lines) {
        return new Lines(lines);
    }

    private static EventReader reader(String stream) {
        return new EventReader(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<ServerEvent> all(EventReader reader) throws IOException {
        List<ServerEvent> events = new ArrayList<>();
        for (ServerEvent event = reader.next(); event != null; event = reader.next()) {
            events.add(event);
        }
        return events;
    }

    /// Gives a few bytes at a time.
    private static final class Cut extends InputStream {
        private final ByteArrayInputStream bytes;
        private final List<Integer> sizes;
        private int reads;

        Cut(String stream, List<Integer> sizes) {
            bytes = new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8));
            this.sizes = sizes.isEmpty() ? List.of(1) : sizes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int from, int length) {
            return bytes.read(target, from, Math.min(length, sizes.get(reads++ % sizes.size())));
        }
    }
}
