package dev.stepwell.torch;

import dev.stepwell.core.training.TrainerUnavailableException;
import dev.stepwell.torch.checkpoint.Checkpoint;
import dev.stepwell.torch.checkpoint.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Weights mean something only with the tokenizer they were trained with.
final class TokenizerMatch {
    private TokenizerMatch() {}

    /// Checks that the model knows every id of the tokenizer, and that the checkpoint was trained with the same one.
    ///
    /// @throws TrainerUnavailableException if not
    /// @throws IOException                 if one of them cannot be read
    static void require(CheckpointFiles files, ModelConfig shape, @Nullable Checkpoint checkpoint) throws IOException {
        int ids = files.tokenizer().vocabSize();
        if (ids > shape.vocabSize()) {
            throw new TrainerUnavailableException("The tokenizer has %d ids, the model's vocab_size is %d: %s"
                    .formatted(ids, shape.vocabSize(), remedy(checkpoint)));
        }
        Path own = files.tokenizerJson();
        if (checkpoint == null || own == null) {
            return;
        }
        Path trainedWith = checkpoint.directory().resolve(CheckpointFiles.TOKENIZER);
        if (Files.exists(trainedWith) && Files.mismatch(own, trainedWith) >= 0) {
            throw new TrainerUnavailableException("%s differs from the tokenizer with which %s was trained: %s"
                    .formatted(own, checkpoint.directory().getFileName(), remedy(checkpoint)));
        }
    }

    private static String remedy(@Nullable Checkpoint checkpoint) {
        return checkpoint == null
                ? "raise vocab_size or train a smaller tokenizer."
                : "put back the tokenizer.json of the checkpoint, or move current_model away to begin with a new model.";
    }
}
