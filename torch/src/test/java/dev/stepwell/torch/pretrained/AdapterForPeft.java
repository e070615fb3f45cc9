package dev.stepwell.torch.pretrained;

import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelSource;
import dev.stepwell.torch.TorchTrainer;
import dev.stepwell.torch.checkpoint.AdapterConfigJson;
import dev.stepwell.torch.testing.Tiny;
import dev.stepwell.torch.testing.Trainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Trains an adapter for each golden model and leaves it in a folder, for `tools/golden/ours.py` to load with PEFT.
public final class AdapterForPeft {
    private AdapterForPeft() {}

    /// Trains them.
    ///
    /// @param args the folder
    public static void main(String[] args) throws IOException {
        for (Golden golden : Golden.all().toList()) {
            Path folder = Files.createDirectories(Path.of(args[0]).resolve(golden.name()));
            Path scratch = Files.createTempDirectory("adapter-");
            try (TorchTrainer trainer = Trainers.of(
                    source(golden),
                    scratch,
                    new Tiny.Settings().learningRate(0.02).build())) {
                trainer.open(_ -> {});
                trainer.train(Trainers.job(1), _ -> {}, Trainers.GO_ON);
            }
            for (String file : List.of("adapter_model.safetensors", "adapter_config.json")) {
                Files.copy(scratch.resolve(file), folder.resolve(file));
            }
        }
    }

    static ModelSource.Pretrained source(Golden golden) throws IOException {
        LoraConfig lora = AdapterConfigJson.read(golden.folder().resolve("adapter/adapter_config.json"));
        return new ModelSource.Pretrained(golden.model(), lora);
    }
}
