package dev.stepwell.app.check;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations.CheckRequest;
import dev.stepwell.app.config.DataSettings;
import dev.stepwell.app.config.FieldSettings;
import dev.stepwell.app.config.TrainerSettings;
import dev.stepwell.app.text.Printable;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.Trees;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusReading;
import dev.stepwell.data.FileCheck;
import dev.stepwell.data.chat.RowTokenizer;
import dev.stepwell.data.rows.FieldMapping;
import dev.stepwell.data.rows.HoldOut;
import dev.stepwell.data.tokens.DefaultTokenizer;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import dev.stepwell.torch.TrainerConfig;
import dev.stepwell.torch.pretrained.PretrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/// Checks files one after the other.
public final class Check {
    private Check() {}

    /// Reads the files and prints what was found.
    ///
    /// @return [ExitCode#FAILED] if a row of any of them is refused
    /// @throws CliException if one cannot be read, or the tokenizer cannot
    public static ExitCode run(CheckRequest request) throws IOException {
        Path unpacked = Files.createTempDirectory("stepwell-tokenizer");
        try (HuggingFaceBpeTokenizer tokenizer = HuggingFaceBpeTokenizer.open(tokenizerFile(request, unpacked))) {
            RowTokenizer rows =
                    DataSettings.rows(request.config(), request.base().root(), tokenizer);
            FieldMapping mapping = FieldSettings.from(request.config());
            TrainerConfig training = TrainerSettings.trainer(request.config());
            OptionalDouble rate = rate(request.base());
            boolean refused = false;
            for (Path file : request.files()) {
                Checked checked = Checked.of(
                        file, check(request, file, rows, mapping, holdOut(request, file, training)), training, rate);
                if (request.json()) {
                    request.out().println(CheckJson.of(checked));
                } else {
                    new CheckText(tokenizer, request.color()).lines(checked).forEach(request.out()::println);
                }
                request.out().flush();
                refused |= checked.check().ledger().rejected() > 0;
            }
            return refused ? ExitCode.FAILED : ExitCode.OK;
        } finally {
            Trees.delete(unpacked);
        }
    }

    /// Of the validation set all rows are asked.
    private static HoldOut holdOut(CheckRequest request, Path file, TrainerConfig training) {
        boolean asked =
                file.toAbsolutePath().normalize().startsWith(request.base().validation());
        return asked ? HoldOut.NONE : training.holdOut();
    }

    private static FileCheck check(
            CheckRequest request, Path file, RowTokenizer rows, FieldMapping mapping, HoldOut holdOut) {
        try (ReadingNote note = new ReadingNote(file, request.progress())) {
            return FileCheck.of(file, rows, mapping, holdOut, request.shown(), note::moved);
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.FAILED,
                    "%s cannot be read: %s".formatted(Printable.line(file.toString()), Printable.line(e.toString())),
                    "name a file that exists and may be read");
        }
    }

    /// That of the model that is to be trained: the one of `model_path`, the one that is trained here, or the one that
    /// a new model gets.
    private static Path tokenizerFile(CheckRequest request, Path unpacked) throws IOException {
        Optional<PretrainedModel> model =
                TrainerSettings.pretrained(request.config(), request.base().root());
        if (model.isPresent()) {
            return model.get().folder().resolve(PretrainedModel.TOKENIZER);
        }
        Path trained = request.base().currentModel().resolve(PretrainedModel.TOKENIZER);
        return Files.isRegularFile(trained) ? trained : DefaultTokenizer.install(unpacked);
    }

    /// Tokens a second in the last training here; empty if there was none.
    private static OptionalDouble rate(BaseDirectory base) {
        if (!(StatusReader.read(base.statusFile()) instanceof StatusReading.Present present)) {
            return OptionalDouble.empty();
        }
        Double rate = present.document().derived().tokensPerSecond();
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }
}
