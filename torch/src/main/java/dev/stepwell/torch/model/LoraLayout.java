package dev.stepwell.torch.model;

import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import java.util.List;

/// Where the adapters' matrices lie, under the names by which PEFT saves them.
final class LoraLayout {
    private static final String PEFT = "base_model.model.";

    private LoraLayout() {}

    /// The layout of adapters by `lora` for a model of shape `config`.
    static ParameterLayout of(ModelConfig config, LoraConfig lora) {
        ParameterLayout.Builder builder = new ParameterLayout.Builder();
        for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
            for (ProjectionGroup group : ProjectionGroup.values()) {
                add(builder, config, lora, group, layer);
            }
        }
        return builder.allMatrices();
    }

    private static void add(
            ParameterLayout.Builder builder, ModelConfig config, LoraConfig lora, ProjectionGroup group, int layer) {
        List<String> targets =
                group.modules().stream().filter(lora.targetModules()::contains).toList();
        if (targets.isEmpty()) {
            return;
        }
        builder.leaf(
                a(group, layer),
                targets.stream()
                        .map(module -> ParameterLayout.part(
                                PEFT + group.path(layer, module) + ".lora_A.weight", lora.rank(), group.in(config)))
                        .toArray(ParameterLayout.Part[]::new));
        for (String module : targets) {
            builder.leaf(
                    b(group, layer, module),
                    ParameterLayout.part(
                            PEFT + group.path(layer, module) + ".lora_B.weight",
                            group.out(config, module),
                            lora.rank()));
        }
    }

    /// The leaf that holds the `A`s of a group.
    static String a(ProjectionGroup group, int layer) {
        return group.leaf(layer) + ".lora_A";
    }

    /// The leaf that holds the `B` of a module.
    static String b(ProjectionGroup group, int layer, String module) {
        return group.leaf(layer) + ".lora_B." + module;
    }
}
