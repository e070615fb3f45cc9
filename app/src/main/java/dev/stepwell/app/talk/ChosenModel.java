package dev.stepwell.app.talk;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations.GenerateRequest;
import dev.stepwell.app.config.Config;
import dev.stepwell.app.config.ConfigKeys;
import dev.stepwell.app.config.TrainerSettings;
import dev.stepwell.app.text.Printable;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.Trees;
import dev.stepwell.torch.Compute;
import dev.stepwell.torch.checkpoint.CheckpointReader;
import dev.stepwell.torch.pretrained.SavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The model that is asked, and which one it is.
///
/// @param name of its folder
/// @param step of its weights; empty where they are not of a checkpoint
record ChosenModel(SavedModel model, String name, OptionalLong step) implements AutoCloseable {
    /// Names listed in an error.
    private static final int SHOWN = 10;

    /// Opens the model that was asked for. Nothing on disk is changed.
    ///
    /// @param note is told what the user should know beside the answer
    /// @throws CliException if there is none, or it cannot be used, with the remedy
    static ChosenModel open(GenerateRequest request, Consumer<String> note) throws IOException {
        BaseDirectory base = request.base();
        Config config = request.config();
        Opening opening = new Opening(
                config.get(ConfigKeys.MODEL_PATH).map(base.root()::resolve),
                TrainerSettings.trainer(config).compute());
        try {
            return request.checkpoint().isPresent()
                    ? named(base, request.checkpoint().get(), opening)
                    : newest(base, opening, note);
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.FAILED,
                    "the model cannot be loaded: %s".formatted(Printable.line(String.valueOf(e.getMessage()))),
                    "name another with --checkpoint, or ask: ./stepwell doctor");
        } catch (RuntimeException e) {
            throw NativeFault.named(
                    e, "end what else needs memory, or set \"dtype\": \"bf16\", which halves the weights");
        }
    }

    private static ChosenModel newest(BaseDirectory base, Opening opening, Consumer<String> note) throws IOException {
        List<String> passedOver = new ArrayList<>();
        Optional<ChosenModel> newest =
                new CheckpointReader(base.currentModel()).withNewest(passedOver, opening::checkpoint);
        passedOver.forEach(line -> note.accept("passed over: " + Printable.line(line)));
        if (newest.isPresent()) {
            return newest.get();
        }
        if (!passedOver.isEmpty()) {
            throw new CliException(
                    ExitCode.FAILED,
                    "none of the checkpoints in %s is valid".formatted(base.currentModel()),
                    "name a snapshot with --checkpoint");
        }
        if (opening.base().isEmpty()) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "nothing is trained yet in %s, and there is no model_path".formatted(base.root()),
                    "name the right one with --base-dir, train a file there with ./stepwell run, or see it all with"
                            + " ./stepwell demo");
        }
        note.accept("nothing is trained yet in %s: the model of model_path answers as it is".formatted(base.root()));
        return opening.folder(opening.base().get());
    }

    private static ChosenModel named(BaseDirectory base, String which, Opening opening) throws IOException {
        Path folder = Stream.of(
                        base.currentModel().resolve(which.matches("\\d+") ? "checkpoint-" + which : which),
                        base.snapshots().resolve(which),
                        Path.of(which).toAbsolutePath(),
                        base.root().resolve(which))
                .filter(candidate -> !which.isBlank() && Files.isDirectory(candidate))
                .map(Path::normalize)
                .findFirst()
                .orElse(null);
        if (folder == null) {
            throw unknown(base, which);
        }
        // What is of this base directory belongs to its model, wherever that is now; another adapter names its own.
        Opening own = folder.startsWith(base.root()) ? opening : new Opening(Optional.empty(), opening.compute());
        boolean checkpoint = List.of(base.currentModel(), base.snapshots()).contains(folder.getParent())
                || CheckpointReader.isCheckpoint(folder);
        return checkpoint ? own.checkpoint(CheckpointReader.verified(folder)) : own.folder(folder);
    }

    private static CliException unknown(BaseDirectory base, String which) throws IOException {
        List<String> known = new ArrayList<>(new CheckpointReader(base.currentModel()).names());
        if (Files.isDirectory(base.snapshots())) {
            Trees.list(base.snapshots()).stream()
                    .filter(CheckpointReader::isCheckpoint)
                    .map(folder -> "snapshot " + folder.getFileName())
                    .sorted(Comparator.reverseOrder())
                    .forEach(known::add);
        }
        String there = known.isEmpty()
                ? "there is none yet"
                : "there are %s%s"
                        .formatted(
                                String.join(", ", known.subList(0, Math.min(SHOWN, known.size()))),
                                known.size() > SHOWN ? " and %d more".formatted(known.size() - SHOWN) : "");
        return new CliException(
                ExitCode.UNAVAILABLE,
                "no checkpoint '%s' in %s: %s".formatted(Printable.brief(which), base.root(), there),
                "name one of them, or the folder of any model");
    }

    /// How a folder is opened.
    ///
    /// @param base  model to which an adapter belongs; empty for the one that it names
    private record Opening(Optional<Path> base, Compute compute) {
        ChosenModel checkpoint(CheckpointReader.Valid valid) throws IOException {
            return new ChosenModel(
                    SavedModel.open(valid.directory(), base, compute),
                    String.valueOf(valid.directory().getFileName()),
                    OptionalLong.of(valid.step()));
        }

        ChosenModel folder(Path folder) throws IOException {
            return new ChosenModel(
                    SavedModel.open(folder, base, compute), String.valueOf(folder.getFileName()), OptionalLong.empty());
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
