package dev.stepwell.torch.pretrained;

import dev.stepwell.data.chat.ChatTemplate;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import dev.stepwell.torch.safetensors.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/// A model that can be trained here, as far as can be told without reading its weights.
///
/// @param weights    what its files hold
/// @param vocabulary ids that its tokenizer has
public record Inspection(PretrainedModel model, StoredWeights weights, int vocabulary) {
    /// Looks at everything in a folder that training needs: shape, headers of all weights, tokenizer, chat template.
    ///
    /// @throws CorruptFileException if something cannot be used here, naming it
    /// @throws IOException          if something is missing or cannot be read, naming it
    public static Inspection of(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "there is no such folder");
        }
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder + ": a model is a folder, not a file");
        }
        PretrainedModel model = PretrainedModel.open(folder);
        StoredWeights weights = model.stored();
        Path tokenizerJson = folder.resolve(PretrainedModel.TOKENIZER);
        try (HuggingFaceBpeTokenizer tokenizer = HuggingFaceBpeTokenizer.open(tokenizerJson)) {
            model.requireIds(tokenizerJson, tokenizer.vocabSize());
            requireTemplate(folder, tokenizer);
            return new Inspection(model, weights, tokenizer.vocabSize());
        }
    }

    /// A model may lack a chat template, but one that it has must be usable.
    private static void requireTemplate(Path folder, HuggingFaceBpeTokenizer tokenizer) throws CorruptFileException {
        try {
            ChatTemplate.of(tokenizer);
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException(folder, String.valueOf(e.getMessage()));
        }
    }
}
