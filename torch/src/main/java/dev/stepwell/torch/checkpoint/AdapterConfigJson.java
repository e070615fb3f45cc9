package dev.stepwell.torch.checkpoint;

import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.safetensors.CorruptFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `adapter_config.json` as PEFT reads and writes it. What PEFT can and this program cannot is refused by name.
public record AdapterConfigJson(
        @Nullable String peftType,
        @Nullable String taskType,
        @Nullable String baseModelNameOrPath,
        int r,
        double loraAlpha,
        @Nullable Double loraDropout,
        @Nullable Object targetModules,
        @Nullable Boolean useRslora,
        @Nullable Boolean useDora,
        @Nullable Boolean fanInFanOut,
        @Nullable Boolean loraBias,
        @Nullable String bias,
        @Nullable Object modulesToSave,
        @Nullable Object layersToTransform,
        @Nullable Map<String, Object> rankPattern,
        @Nullable Map<String, Object> alphaPattern,
        boolean inferenceMode) {

    private static final String ALL_LINEAR = "all-linear";

    /// The description of an adapter made here.
    ///
    /// @param base where the model is to which it belongs
    static AdapterConfigJson of(LoraConfig lora, String base) {
        return new AdapterConfigJson(
                "LORA",
                "CAUSAL_LM",
                base,
                lora.rank(),
                lora.alpha(),
                lora.dropout(),
                List.copyOf(lora.targetModules()),
                lora.rankStabilized(),
                false,
                false,
                false,
                "none",
                null,
                null,
                Map.of(),
                Map.of(),
                true);
    }

    /// Reads what kind of adapter is in a folder.
    ///
    /// @throws CorruptFileException if it is none that can be used here, saying what of it cannot
    /// @throws IOException          if the file cannot be read
    public static LoraConfig read(Path file) throws IOException {
        AdapterConfigJson json = Json.read(file, AdapterConfigJson.class);
        try {
            return json.config();
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException(file, String.valueOf(e.getMessage()), e);
        }
    }

    /// Reads to which model an adapter belongs.
    ///
    /// @throws CorruptFileException if it names none
    /// @throws IOException          if the file cannot be read
    public static Path modelOf(Path file) throws IOException {
        String model = Json.read(file, AdapterConfigJson.class).baseModelNameOrPath;
        if (model == null || model.isBlank()) {
            throw new CorruptFileException(file, "it names no base_model_name_or_path");
        }
        return Path.of(model);
    }

    private LoraConfig config() {
        require("peft_type", peftType, "LORA");
        require("bias", bias == null ? "none" : bias, "none");
        for (Map.Entry<String, Boolean> flag : Map.of(
                        "use_dora", isSet(useDora), "fan_in_fan_out", isSet(fanInFanOut), "lora_bias", isSet(loraBias))
                .entrySet()) {
            require(flag.getKey(), flag.getValue(), false);
        }
        require("modules_to_save", modulesToSave, null);
        require("layers_to_transform", layersToTransform, null);
        require("rank_pattern", rankPattern == null ? Map.of() : rankPattern, Map.of());
        require("alpha_pattern", alphaPattern == null ? Map.of() : alphaPattern, Map.of());
        return new LoraConfig(r, loraAlpha, loraDropout == null ? 0 : loraDropout, targets(), isSet(useRslora));
    }

    private Set<String> targets() {
        if (ALL_LINEAR.equals(targetModules)) {
            return new LinkedHashSet<>(LoraConfig.ALL_LINEAR);
        }
        if (targetModules instanceof List<?> names) {
            Set<String> targets = new LinkedHashSet<>();
            names.forEach(name -> targets.add(String.valueOf(name)));
            return targets;
        }
        throw new IllegalArgumentException(
                "target_modules is %s, supported are a list of names and \"%s\"".formatted(targetModules, ALL_LINEAR));
    }

    private static boolean isSet(@Nullable Boolean flag) {
        return flag != null && flag;
    }

    private static void require(String key, @Nullable Object found, @Nullable Object supported) {
        if (found == null ? supported != null : !found.equals(supported)) {
            throw new IllegalArgumentException("%s is %s, only %s is supported".formatted(key, found, supported));
        }
    }
}
