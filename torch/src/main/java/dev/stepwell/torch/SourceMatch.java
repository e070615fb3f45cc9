package dev.stepwell.torch;

import dev.stepwell.core.training.TrainerUnavailableException;
import dev.stepwell.torch.checkpoint.Checkpoint;
import org.jspecify.annotations.Nullable;

/// A checkpoint goes on only as what it is.
final class SourceMatch {
    private SourceMatch() {}

    /// Checks that what the configuration asks for is what the checkpoint holds.
    ///
    /// @param base       fingerprint of the model that an adapter is to be trained beside; null for none
    /// @param checkpoint null for none, which fits everything
    /// @throws TrainerUnavailableException if not, saying what differs and what to do
    static void require(ModelSource source, @Nullable String base, @Nullable Checkpoint checkpoint) {
        if (checkpoint == null) {
            return;
        }
        LoraConfig wanted = source.lora();
        LoraConfig found = checkpoint.lora();
        String name = String.valueOf(checkpoint.directory().getFileName());
        if (wanted == null && found == null) {
            requireShape(source, checkpoint, name);
        } else if (wanted == null || found == null) {
            throw differs("%s holds %s, but the configuration asks for %s".formatted(name, kind(found), kind(wanted)));
        } else if (!sameMatrices(wanted, found)) {
            throw differs("%s holds %s, but the configuration asks for %s"
                    .formatted(name, describe(found), describe(wanted)));
        } else if (!sameBase(base, checkpoint.state().base())) {
            throw differs("%s holds an adapter of other weights than those in model_path (%s instead of %s)"
                    .formatted(name, checkpoint.state().base(), base));
        }
    }

    /// A checkpoint of an older program does not say what it belongs to.
    private static boolean sameBase(@Nullable String wanted, @Nullable String found) {
        return wanted == null || found == null || wanted.equals(found);
    }

    private static void requireShape(ModelSource source, Checkpoint checkpoint, String name) {
        // A model made new takes the shape of its checkpoint: the configuration is only what it began with.
        ModelConfig found = checkpoint.model();
        if (source instanceof ModelSource.Pretrained pretrained && found != null && !found.equals(pretrained.shape())) {
            throw differs("%s holds a model of another shape than model_path names: %s instead of %s"
                    .formatted(name, found, pretrained.shape()));
        }
    }

    /// What is dropped in training may change between two steps; what is added to the model may not.
    private static boolean sameMatrices(LoraConfig one, LoraConfig other) {
        return one.rank() == other.rank()
                && one.scale() == other.scale()
                && one.targetModules().equals(other.targetModules());
    }

    private static String kind(@Nullable LoraConfig lora) {
        return lora == null ? "a whole model (method: full)" : "an adapter (method: lora)";
    }

    private static String describe(LoraConfig lora) {
        return "LoRA of rank %d, scale %s, on %s"
                .formatted(lora.rank(), lora.scale(), String.join(", ", lora.targetModules()));
    }

    private static TrainerUnavailableException differs(String problem) {
        return new TrainerUnavailableException(
                problem + ". Put the configuration back, or move current_model away to begin anew.");
    }
}
