package dev.stepwell.app.export;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/// TensorBoard's `Event` messages in protobuf, by the field numbers of its `event.proto`, `summary.proto` and
/// `tensor.proto`. Only what is written here has a name here.
///
/// Scalars are `simple_value`, a float, as PyTorch's and so Hugging Face's writers have them.
final class TensorBoardEvent {
    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int EVENT_SESSION_LOG = 7;
    private static final int EVENT_SOURCE_METADATA = 10;
    private static final int SOURCE_WRITER = 1;
    private static final int SESSION_STATUS = 1;
    private static final int SESSION_START = 1;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;
    private static final int VALUE_TENSOR = 8;
    private static final int VALUE_METADATA = 9;
    private static final int METADATA_PLUGIN_DATA = 1;
    private static final int PLUGIN_NAME = 1;
    private static final int TENSOR_DTYPE = 1;
    private static final int TENSOR_SHAPE = 2;
    private static final int TENSOR_STRING = 8;
    private static final int DT_STRING = 7;

    private TensorBoardEvent() {}

    /// What every event file begins with.
    static byte[] fileVersion(Instant at) {
        return message(event -> {
            event.writeDouble(EVENT_WALL_TIME, seconds(at));
            event.writeString(EVENT_FILE_VERSION, "brain.Event:2");
            event.writeByteArray(
                    EVENT_SOURCE_METADATA, message(source -> source.writeString(SOURCE_WRITER, "stepwell")));
        });
    }

    /// A run begins or, if one has begun before in the run, goes on at `step`: a reader forgets what it has of this
    /// step and those after it.
    static byte[] sessionStart(Instant at, long step) {
        return message(event -> {
            event.writeDouble(EVENT_WALL_TIME, seconds(at));
            event.writeInt64(EVENT_STEP, step);
            event.writeByteArray(
                    EVENT_SESSION_LOG, message(session -> session.writeEnum(SESSION_STATUS, SESSION_START)));
        });
    }

    /// Numbers of one step, each under its tag.
    static byte[] scalars(Instant at, long step, Map<String, Double> values) {
        return summary(at, step, summary -> {
            for (Map.Entry<String, Double> entry : values.entrySet()) {
                summary.writeByteArray(SUMMARY_VALUE, message(value -> {
                    value.writeByteArray(VALUE_TAG, utf8(entry.getKey()));
                    value.writeFloat(VALUE_SIMPLE, entry.getValue().floatValue());
                }));
            }
        });
    }

    /// A text of one step.
    ///
    /// @param markdown as the text plugin shows it
    static byte[] text(Instant at, long step, String tag, String markdown) {
        byte[] plugin = message(data -> data.writeString(PLUGIN_NAME, "text"));
        byte[] tensor = message(t -> {
            t.writeEnum(TENSOR_DTYPE, DT_STRING);
            t.writeByteArray(TENSOR_SHAPE, new byte[0]); // Of no dimension: one string.
            t.writeByteArray(TENSOR_STRING, utf8(markdown));
        });
        byte[] metadata = message(m -> m.writeByteArray(METADATA_PLUGIN_DATA, plugin));
        return summary(
                at,
                step,
                summary -> summary.writeByteArray(SUMMARY_VALUE, message(value -> {
                    value.writeByteArray(VALUE_TAG, utf8(tag));
                    value.writeByteArray(VALUE_TENSOR, tensor);
                    value.writeByteArray(VALUE_METADATA, metadata);
                })));
    }

    private static byte[] summary(Instant at, long step, Fields fields) {
        return message(event -> {
            event.writeDouble(EVENT_WALL_TIME, seconds(at));
            event.writeInt64(EVENT_STEP, step);
            event.writeByteArray(EVENT_SUMMARY, message(fields));
        });
    }

    private static double seconds(Instant at) {
        return at.getEpochSecond() + at.getNano() / 1e9;
    }

    /// Half a surrogate pair becomes a question mark, where protobuf's own method would write what no reader takes.
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }
}
