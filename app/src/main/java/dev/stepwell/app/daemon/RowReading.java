package dev.stepwell.app.daemon;

import dev.stepwell.app.config.Config;
import dev.stepwell.app.config.DataSettings;
import dev.stepwell.app.config.FieldSettings;
import dev.stepwell.app.config.TrainerSettings;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.data.JsonlDataReader;
import dev.stepwell.data.JsonlSurveyor;
import dev.stepwell.data.chat.RowTokenizer;
import dev.stepwell.data.rows.FieldMapping;
import dev.stepwell.data.tokens.DefaultTokenizer;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import dev.stepwell.torch.TrainerConfig;
import dev.stepwell.torch.pretrained.PretrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// How files are read, by whoever reads them: the model's tokenizer, and what makes rows of files with it.
///
/// @param pretrained    the model that training begins with; empty for one of random weights
/// @param tokenizerJson where the tokenizer was read
/// @param rows          reads a file that is trained
/// @param surveyor      counts one that is queued
record RowReading(
        Optional<PretrainedModel> pretrained,
        Path tokenizerJson,
        HuggingFaceBpeTokenizer tokenizer,
        JsonlDataReader rows,
        JsonlSurveyor surveyor)
        implements AutoCloseable {

    /// As `config` has it.
    ///
    /// @throws dev.stepwell.app.config.ConfigException if the chat template cannot be used, saying why
    static RowReading open(Config config, BaseDirectory base, TrainerConfig trainer) throws IOException {
        Optional<PretrainedModel> pretrained = TrainerSettings.pretrained(config, base.root());
        Path tokenizerJson = pretrained.isPresent()
                ? pretrained.get().folder().resolve(PretrainedModel.TOKENIZER)
                : DefaultTokenizer.install(base.currentModel());
        HuggingFaceBpeTokenizer tokenizer = HuggingFaceBpeTokenizer.open(tokenizerJson);
        try {
            RowTokenizer rows = DataSettings.rows(config, base.root(), tokenizer);
            FieldMapping fields = FieldSettings.from(config);
            return new RowReading(
                    pretrained,
                    tokenizerJson,
                    tokenizer,
                    new JsonlDataReader(rows, fields),
                    new JsonlSurveyor(trainer::plannedSteps, fields, trainer.holdOut())
                            .sampling(rows, trainer.epochs()));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
