package dev.stepwell.torch.safetensors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;

/// Float32 tensors to safetensors files, whose format [SafetensorsHeader] draws, and back.
public final class Safetensors {
    private Safetensors() {}

    /// Writes a new file, which is not flushed.
    ///
    /// @throws IOException if it exists or cannot be written
    public static void write(Path file, SequencedMap<String, Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        SequencedMap<String, SafetensorsWriter.Stored> stored = new LinkedHashMap<>();
        tensors.forEach((name, tensor) ->
                stored.put(name, new SafetensorsWriter.Stored(ElementType.F32, TensorMemory.shape(tensor))));
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, stored, metadata)) {
            for (Tensor tensor : tensors.values()) {
                writer.write(tensor);
            }
            writer.finish();
        }
    }

    /// Fills `tensors` from a file, which must hold exactly these names and shapes.
    ///
    /// @return the file's metadata
    /// @throws CorruptFileException if the file is damaged or holds something else; some tensors may then be filled
    /// @throws IOException          if it cannot be read
    public static Map<String, String> readInto(Path file, SequencedMap<String, Tensor> tensors) throws IOException {
        try (SafetensorsFile stored = SafetensorsFile.open(file)) {
            for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
                stored.read(tensor.getKey(), tensor.getValue());
            }
            for (String name : stored.tensors().keySet()) {
                if (!tensors.containsKey(name)) {
                    throw new CorruptFileException(file, "tensor %s belongs to no part of the model".formatted(name));
                }
            }
            return stored.metadata();
        }
    }
}
