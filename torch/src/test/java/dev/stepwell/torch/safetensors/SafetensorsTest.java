package dev.stepwell.torch.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    private static final String GOOD_A = "\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}";
    private static final String GOOD_B = "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[24,28]}";

    @TempDir
    private Path directory;

    private final PointerScope scope = new PointerScope();

    @AfterEach
    void free() {
        scope.close();
    }

    @Test
    void whatIsWrittenIsReadBackToTheBit() throws IOException {
        Path file = directory.resolve("t.safetensors");
        SequencedMap<String, Tensor> written = new LinkedHashMap<>();
        float[] values = {1.5f, -0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 6};
        written.put("a", torch.tensor(values).view(2, 3));
        written.put("b", torch.tensor(new float[] {7}));
        Safetensors.write(file, written, Map.of("step", "119"));

        SequencedMap<String, Tensor> read = twoTensors();
        assertThat(Safetensors.readInto(file, read)).containsEntry("step", "119");
        assertThat(floats(read.firstEntry().getValue())).isEqualTo(values);
        assertThat(floats(read.lastEntry().getValue())).containsExactly(7);
    }

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        Path file = directory.resolve("t.safetensors");
        SequencedMap<String, Tensor> one = new LinkedHashMap<>();
        one.put("x", torch.tensor(new float[] {1, 2}));
        Safetensors.write(file, one, Map.of("format", "pt"));

        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) bytes.getLong();
        assertThat(header % 8).isZero();
        byte[] json = new byte[header];
        bytes.get(json);
        assertThat(new String(json, StandardCharsets.UTF_8).strip())
                .isEqualTo("{\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}");
        assertThat(bytes.getFloat()).isEqualTo(1);
        assertThat(bytes.getFloat()).isEqualTo(2);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void halfPrecisionIsWidenedToWhatTheModelHas() throws IOException {
        // 1.5 and -2 in bfloat16, 1.5 and -2 in half precision.
        byte[] header = ("{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                        + "\"b\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[4,8]}}")
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(16 + header.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header);
        bytes.putShort((short) 0x3fc0)
                .putShort((short) 0xc000)
                .putShort((short) 0x3e00)
                .putShort((short) 0xc000);
        Path file = Files.write(directory.resolve("t.safetensors"), bytes.array());
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("a", torch.zeros(2));
        tensors.put("b", torch.zeros(2));

        Safetensors.readInto(file, tensors);

        assertThat(floats(tensors.firstEntry().getValue())).containsExactly(1.5f, -2);
        assertThat(floats(tensors.lastEntry().getValue())).containsExactly(1.5f, -2);
    }

    @Test
    void tensorsInAnotherOrderAreFoundByName() throws IOException {
        float[] values = twoTensorsFrom(
                "{\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[4,28]}}",
                7);
        assertThat(values).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "not JSON                                                                | header is not JSON",
                "[1]                                                                     | not a JSON object",
                "{}                                                                      | take 0 bytes, but 28",
                "{A,A,B}                                                                 | header is not JSON",
                "{A}                                                                     | take 24 bytes, but 28",
                "{A,B,\"c\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[28,28]}}  | tensor c belongs to no",
                "{A,\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[20,24]}}    | tensor b begins at byte 20",
                "{A,\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[28,32]}}    | tensor b begins at byte 28",
                "{A,\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[28,24]}}    | data_offsets [28, 24]",
                "{A,\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[24]}}       | data_offsets [24]",
                "{A,\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}     | has -4 in its data_offsets",
                "{A,\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,28]}}    | has 4 bytes, not 8",
                "{A,\"b\":{\"dtype\":\"F32\",\"shape\":[9e9],\"data_offsets\":[24,28]}}  | in its shape",
                "{A,\"b\":{\"dtype\":\"F32\",\"shape\":[99999999999,99999999999],\"data_offsets\":[24,28]}} | too large",
                "{A,\"b\":{\"dtype\":\"F8_E4M3\",\"shape\":[4],\"data_offsets\":[24,28]}}| type 'F8_E4M3', not one of",
                "{A,\"b\":{\"dtype\":\"F32\",\"data_offsets\":[24,28]}}                  | no array shape",
                "{A,\"b\":7}                                                             | type '', not one of",
                "{A,\"b\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[24,28]}}  | the model has [1]",
                "{A,\"c\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[24,28]}}    | no tensor b",
            })
    void aHostileHeaderIsRefusedByName(String header, String problem) {
        String json =
                header.replace("{A", "{" + GOOD_A).replace(",A", "," + GOOD_A).replace(",B", "," + GOOD_B);
        assertThatThrownBy(() -> twoTensorsFrom(json, 7))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageStartingWith("t.safetensors: ")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "1", "37", "9223372036854775807", "100000001"})
    void aHeaderLengthThatCannotBeIsRefused(long length) throws IOException {
        Path file = directory.resolve("t.safetensors");
        ByteBuffer bytes =
                ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        Files.write(file, bytes.array());
        assertThatThrownBy(() -> Safetensors.readInto(file, twoTensors()))
                .isInstanceOf(CorruptFileException.class)
                .hasMessage("t.safetensors: it claims a header of %d bytes in 44", length);
    }

    @Test
    void aFileShorterThanItsLengthFieldIsRefused() throws IOException {
        Path file = Files.write(directory.resolve("t.safetensors"), new byte[7]);
        assertThatThrownBy(() -> Safetensors.readInto(file, twoTensors()))
                .hasMessage("t.safetensors: 7 bytes are no safetensors file");
    }

    /// Reads `json` with `floats` numbers 0, 1, 2, … behind it; what tensor `a` then holds.
    private float[] twoTensorsFrom(String json, int floats) throws IOException {
        Path file = directory.resolve("t.safetensors");
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + floats * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header);
        for (int i = 0; i < floats; i++) {
            bytes.putFloat(i);
        }
        Files.write(file, bytes.array());
        SequencedMap<String, Tensor> tensors = twoTensors();
        Safetensors.readInto(file, tensors);
        return floats(tensors.firstEntry().getValue());
    }

    private static SequencedMap<String, Tensor> twoTensors() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("a", torch.zeros(2, 3));
        tensors.put("b", torch.zeros(1));
        return tensors;
    }

    private static float[] floats(Tensor tensor) {
        float[] floats = new float[(int) tensor.numel()];
        new FloatPointer(tensor.data_ptr_float()).get(floats);
        return floats;
    }
}
