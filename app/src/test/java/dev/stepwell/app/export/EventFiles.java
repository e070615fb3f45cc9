package dev.stepwell.app.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads TensorBoard's event files, by the descriptions of their formats and with nothing of the writer's: sums
/// computed bit by bit, messages decoded by hand.
public final class EventFiles {
    private static final int CASTAGNOLI = 0x82F63B78;

    private EventFiles() {}

    /// One event; what it does not have is null.
    public record Event(
            double wallTime, long step, @Nullable String fileVersion, boolean sessionStart, List<Value> values) {}

    /// One value of a summary.
    ///
    /// @param number of a scalar
    /// @param text   of a text
    /// @param plugin that shows it
    public record Value(
            String tag,
            @Nullable Float number,
            @Nullable String text,
            @Nullable String plugin) {}

    /// A scalar or text as TensorBoard keeps it.
    public record Point(double wallTime, long step, Value value) {}

    /// All events of a run, in the order of its files.
    public static List<Event> of(Path run) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(run)) {
            files = entries.sorted().toList();
        }
        return files.stream().flatMap(file -> ofFile(file).stream()).toList();
    }

    /// Of one file, up to half a record at its end.
    public static List<Event> ofFile(Path file) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Event> events = new ArrayList<>();
        while (bytes.remaining() >= 12) {
            int start = bytes.position();
            long length = bytes.getLong();
            check(bytes.array(), start, 8, bytes.getInt());
            if (bytes.remaining() < length + 4) {
                return events;
            }
            int data = bytes.position();
            bytes.position(data + (int) length);
            check(bytes.array(), data, (int) length, bytes.getInt());
            events.add(event(bytes.slice(data, (int) length).order(ByteOrder.LITTLE_ENDIAN)));
        }
        return events;
    }

    /// What is left of `tag` when the rule of TensorBoard's reader was applied: a START that is not a run's first
    /// purges what is not older.
    public static List<Point> kept(List<Event> events, String tag) {
        List<Point> points = new ArrayList<>();
        boolean started = false;
        for (Event event : events) {
            if (event.sessionStart()) {
                Predicate<Point> expired = point -> point.step() >= event.step();
                if (started) {
                    points.removeIf(expired);
                }
                started = true;
            }
            for (Value value : event.values()) {
                if (value.tag().equals(tag)) {
                    points.add(new Point(event.wallTime(), event.step(), value));
                }
            }
        }
        return points;
    }

    /// What is left of `tag` when the rule of TensorBoard's data server was applied: a value preempts those of its tag
    /// that are not older.
    public static List<Point> keptByServer(List<Event> events, String tag) {
        TreeMap<Long, Point> points = new TreeMap<>();
        for (Event event : events) {
            for (Value value : event.values()) {
                if (value.tag().equals(tag)) {
                    points.tailMap(event.step(), true).clear();
                    points.put(event.step(), new Point(event.wallTime(), event.step(), value));
                }
            }
        }
        return List.copyOf(points.values());
    }

    private static void check(byte[] bytes, int from, int length, int masked) {
        int rotated = masked - 0xa282ead8;
        int expected = (rotated << 15) | (rotated >>> 17);
        int sum = crc32c(bytes, from, length);
        if (sum != expected) {
            throw new AssertionError("at byte %d: sum %08x instead of %08x".formatted(from, expected, sum));
        }
    }

    static int crc32c(byte[] bytes, int from, int length) {
        int sum = ~0;
        for (int i = from; i < from + length; i++) {
            sum ^= bytes[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                sum = (sum & 1) == 0 ? sum >>> 1 : (sum >>> 1) ^ CASTAGNOLI;
            }
        }
        return ~sum;
    }

    private static Event event(ByteBuffer message) {
        double wallTime = 0;
        long step = 0;
        String version = null;
        boolean start = false;
        List<Value> values = new ArrayList<>();
        while (message.hasRemaining()) {
            int key = (int) varint(message);
            switch (key) {
                case 1 << 3 | 1 -> wallTime = message.getDouble();
                case 2 << 3 -> step = varint(message);
                case 3 << 3 | 2 -> version = text(bytes(message));
                case 5 << 3 | 2 -> summary(bytes(message), values);
                case 7 << 3 | 2 -> start = start(bytes(message));
                case 10 << 3 | 2 -> bytes(message);
                default -> throw new AssertionError("an event has no field of key " + key);
            }
        }
        return new Event(wallTime, step, version, start, values);
    }

    private static boolean start(ByteBuffer session) {
        return varint(session) == 1 << 3 && varint(session) == 1 && !session.hasRemaining();
    }

    private static void summary(ByteBuffer summary, List<Value> values) {
        while (summary.hasRemaining()) {
            if (varint(summary) != (1 << 3 | 2)) {
                throw new AssertionError("a summary has values only");
            }
            values.add(value(bytes(summary)));
        }
    }

    private static Value value(ByteBuffer message) {
        String tag = "";
        Float number = null;
        String text = null;
        String plugin = null;
        while (message.hasRemaining()) {
            int key = (int) varint(message);
            switch (key) {
                case 1 << 3 | 2 -> tag = text(bytes(message));
                case 2 << 3 | 5 -> number = message.getFloat();
                case 8 << 3 | 2 -> text = string(bytes(message));
                case 9 << 3 | 2 -> plugin = text(nested(nested(bytes(message))));
                default -> throw new AssertionError("a value has no field of key " + key);
            }
        }
        return new Value(tag, number, text, plugin);
    }

    /// Of a tensor that is one string.
    private static @Nullable String string(ByteBuffer tensor) {
        String string = null;
        while (tensor.hasRemaining()) {
            int key = (int) varint(tensor);
            switch (key) {
                case 1 << 3 -> {
                    if (varint(tensor) != 7) {
                        throw new AssertionError("not DT_STRING");
                    }
                }
                case 2 << 3 | 2 -> {
                    if (bytes(tensor).hasRemaining()) {
                        throw new AssertionError("not a scalar");
                    }
                }
                case 8 << 3 | 2 -> string = text(bytes(tensor));
                default -> throw new AssertionError("a tensor has no field of key " + key);
            }
        }
        return string;
    }

    private static ByteBuffer nested(ByteBuffer message) {
        if (varint(message) != (1 << 3 | 2)) {
            throw new AssertionError("field 1 is missing");
        }
        return bytes(message);
    }

    private static ByteBuffer bytes(ByteBuffer message) {
        int length = (int) varint(message);
        ByteBuffer part = message.slice(message.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        message.position(message.position() + length);
        return part;
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
