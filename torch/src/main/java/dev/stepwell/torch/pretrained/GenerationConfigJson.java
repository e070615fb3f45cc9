package dev.stepwell.torch.pretrained;

import dev.stepwell.torch.safetensors.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is needed of a model's `generation_config.json`.
final class GenerationConfigJson {
    private static final String FILE = "generation_config.json";

    private GenerationConfigJson() {}

    /// The tokens of which each ends an answer: `eos_token_id`, a number or a list of them; none where the folder has
    /// no such file, or nothing is said there.
    ///
    /// @throws CorruptFileException if it is anything else
    /// @throws IOException          if the file cannot be read
    static Set<Integer> stops(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Set.of();
        }
        JsonNode eos;
        try {
            eos = JsonMapper.shared().readTree(Files.readAllBytes(file)).path("eos_token_id");
        } catch (JacksonException e) {
            throw new CorruptFileException(file, "it is not JSON: " + e.getOriginalMessage(), e);
        }
        Set<Integer> stops = new LinkedHashSet<>();
        for (JsonNode id : eos.isArray() ? eos : List.of(eos)) {
            if (id.isInt()) {
                stops.add(id.asInt());
            } else if (!id.isMissingNode() && !id.isNull()) {
                throw new CorruptFileException(file, "eos_token_id is %s, no number or list of them".formatted(eos));
            }
        }
        return stops;
    }
}
