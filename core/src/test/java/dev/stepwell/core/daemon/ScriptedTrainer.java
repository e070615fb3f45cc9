package dev.stepwell.core.daemon;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.training.OpenedModel;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.Trainer;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingJob;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.core.training.TrainingOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A trainer whose weights are the rows it was trained on, one a step, with checkpoints on disk every third step and
/// at the end of a file. Rows that read `bad` are refused, those that read `held` are
/// held out; a row `NaN` fails the file, a row `flaky` fails it
/// once, a row `throw` the daemon.
///
/// ```
///  checkpoint: fileId baseStep batchStep    <- what it was in the middle of, or 0 0 0
///              row                          <- one line for each step of the model's life
/// ```
final class ScriptedTrainer implements Trainer {
    private static final int SAVE_STEPS = 3;

    private final Path checkpoint;
    private final Runnable beforeStep;
    private long fileId;
    private long baseStep;
    private long batchStep;
    private final Set<Long> flaky = new HashSet<>();
    private final List<String> weights = new ArrayList<>();
    boolean closed;

    ScriptedTrainer(BaseDirectory base, Runnable beforeStep) {
        this.checkpoint = base.currentModel().resolve("checkpoint");
        this.beforeStep = beforeStep;
    }

    List<String> weights() {
        return List.copyOf(weights);
    }

    @Override
    public OpenedModel open(TrainingListener listener) {
        load();
        return new OpenedModel(weights.size(), 1, List.of());
    }

    @Override
    public TrainingOutcome train(TrainingJob job, TrainingListener listener, StepControl control) {
        List<String> rows = read(job.path());
        List<String> usable =
                rows.stream().filter(r -> !r.equals("bad") && !r.equals("held")).toList();
        if (fileId != job.fileId()) {
            fileId = job.fileId();
            baseStep = weights.size();
            batchStep = 0;
        }
        listener.on(new TrainingEvent.FileStarted(baseStep, batchStep, usable.size()));
        listener.on(new TrainingEvent.PhaseChanged(Phase.TRAINING));
        while (batchStep < usable.size()) {
            switch (control.signal()) {
                case CONTINUE -> {}
                case PAUSE -> {
                    save();
                    control.hold();
                    continue;
                }
                case SKIP -> {
                    save();
                    return new TrainingOutcome.Skipped(ledger(rows, usable), weights.size());
                }
                case STOP -> {
                    save();
                    return new TrainingOutcome.Interrupted(ledger(rows, usable), weights.size());
                }
            }
            beforeStep.run();
            String row = usable.get((int) batchStep);
            switch (row.equals("flaky") && flaky.add(fileId) ? "NaN" : row) {
                case "throw" -> throw new IllegalStateException("the row said so");
                case "NaN" -> {
                    load();
                    return new TrainingOutcome.Failed(
                            ledger(rows, usable), "NonFiniteLoss", "the loss was NaN", weights.size());
                }
                default -> weights.add(row);
            }
            batchStep++;
            listener.on(new TrainingEvent.StepCompleted(batchStep, 0, 1.0 / weights.size(), 1e-3, 1, 8, 1_000));
            if (batchStep % SAVE_STEPS == 0 && batchStep < usable.size()) {
                save();
            }
        }
        save();
        return new TrainingOutcome.Completed(ledger(rows, usable), weights.size());
    }

    private RowLedger ledger(List<String> rows, List<String> usable) {
        long heldOut = rows.stream().filter("held"::equals).count();
        return new RowLedger(rows.size(), heldOut, rows.size() - usable.size() - heldOut, 0, batchStep, List.of());
    }

    private void save() {
        List<String> lines = new ArrayList<>(weights);
        lines.addFirst("%d %d %d".formatted(fileId, baseStep, batchStep));
        try {
            AtomicFiles.write(checkpoint, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void load() {
        weights.clear();
        fileId = 0;
        if (Files.exists(checkpoint)) {
            List<String> lines = read(checkpoint);
            String[] cursor = lines.getFirst().split(" ", -1);
            fileId = Long.parseLong(cursor[0]);
            baseStep = Long.parseLong(cursor[1]);
            batchStep = Long.parseLong(cursor[2]);
            weights.addAll(lines.subList(1, lines.size()));
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
