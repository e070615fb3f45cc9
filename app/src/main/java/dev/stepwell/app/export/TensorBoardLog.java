package dev.stepwell.app.export;

import dev.stepwell.app.files.AppendFile;
import dev.stepwell.app.text.Printable;
import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// TensorBoard's event files: a run for each process, begun when it has something to tell.
///
/// **Steps that are superseded.** Where steps go back, `session_log: START` of the first one that comes again is
/// written: TensorBoard's reader in Python forgets what it has from there on. Its faster one looks at the steps alone
/// and forgets, of each tag, what is not older than what comes; so no tag has two values that belong to one step. The
/// first START of a run means nothing to either, so that each file begins with one, of a step after all that were.
final class TensorBoardLog implements Sink {
    static final String UNWRITABLE = "tensorboard_unwritable";

    private final Path root;
    private final TensorBoardRuns runs;
    private final ProcessIdentity process;
    private final ZoneId zone;
    private final int epochs;
    private @Nullable Path run;
    private @Nullable Path path;
    private @Nullable AppendFile file;
    private int files;
    private Told told = new Told(-1, -1, 0, null);

    /// What the file says already.
    ///
    /// @param last      the newest step of the weights
    /// @param previewed step of the newest preview
    /// @param previews  of that step
    private record Told(
            long last,
            long previewed,
            int previews,
            @Nullable Plan plan) {}

    /// @param root   a folder above `runs` that has to be there
    /// @param zone   in which the start of a run is told
    /// @param epochs passes over each file
    TensorBoardLog(Path root, TensorBoardRuns runs, ProcessIdentity process, ZoneId zone, int epochs) {
        this.root = root;
        this.runs = runs;
        this.process = process;
        this.zone = zone;
        this.epochs = epochs;
    }

    @Override
    public String alertType() {
        return UNWRITABLE;
    }

    @Override
    public Path place() {
        return runs.root();
    }

    @Override
    public int write(List<Measured> batch) throws IOException {
        AppendFile current = opened(batch.getFirst());
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        Told now = told;
        for (Measured measured : batch) {
            now = switch (measured) {
                case Measured.FileBegun begun -> begun(begun, now, records);
                case Measured.Step step -> step(step, now, records);
                case Measured.Scored scored -> scored(scored, now, records);
                case Measured.Previewed previewed -> previewed(previewed, now, records);
            };
        }
        current.append(records.toByteArray());
        told = now;
        return batch.size();
    }

    private static Told begun(Measured.FileBegun begun, Told before, ByteArrayOutputStream records) {
        Progress place = begun.place();
        put(
                records,
                TensorBoardEvent.text(
                        begun.at(),
                        place.currentStep(),
                        "file",
                        Markdown.file(
                                begun.name(),
                                "File %d of %d, from its step %d of %d."
                                        .formatted(
                                                place.batchNumber(),
                                                place.batchQueueSize(),
                                                place.batchStep(),
                                                place.batchTotalSteps()))));
        return new Told(before.last(), before.previewed(), before.previews(), Plan.of(begun));
    }

    private Told step(Measured.Step measured, Told before, ByteArrayOutputStream records) {
        long globalStep = measured.globalStep();
        if (globalStep <= before.last()) {
            put(records, TensorBoardEvent.sessionStart(measured.at(), globalStep));
        }
        StepCompleted step = measured.step();
        Plan plan = Plan.of(before.plan(), measured);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("train/loss", step.loss());
        values.put("train/learning_rate", step.learningRate());
        values.put("train/grad_norm", step.gradientNorm());
        values.put("train/tokens_per_sec", step.tokens() * 1e9 / Math.max(1, step.nanos()));
        if (plan != null) {
            values.put("train/epoch", plan.epoch(step, epochs));
        }
        put(records, TensorBoardEvent.scalars(measured.at(), globalStep, values));
        return new Told(globalStep, before.previewed(), before.previews(), plan);
    }

    private static Told scored(Measured.Scored scored, Told before, ByteArrayOutputStream records) {
        Evaluation evaluation = scored.evaluation();
        Map<String, Double> values = new LinkedHashMap<>();
        switch (evaluation.subject()) {
            case Subject.Fixed _ -> {
                values.put("eval/loss", evaluation.score().crossEntropy());
                values.put("eval/calibration_error", evaluation.score().calibrationError());
                put(values, "eval/exact_match", evaluation.score().exactMatch());
            }
            case Subject.Learnt(long fileId, String name) -> {
                String file = "%d_%s".formatted(fileId, Printable.brief(name));
                values.put("learnt_loss/" + file, evaluation.score().crossEntropy());
                put(values, "learnt_exact_match/" + file, evaluation.score().exactMatch());
            }
        }
        put(records, TensorBoardEvent.scalars(scored.at(), evaluation.globalStep(), values));
        return before;
    }

    private static void put(Map<String, Double> values, String tag, @Nullable Double value) {
        if (value != null) {
            values.put(tag, value);
        }
    }

    private static Told previewed(Measured.Previewed previewed, Told before, ByteArrayOutputStream records) {
        long step = previewed.preview().globalStep();
        int number = step == before.previewed() ? before.previews() + 1 : 1;
        put(
                records,
                TensorBoardEvent.text(previewed.at(), step, "preview/" + number, Markdown.of(previewed.preview())));
        put(
                records,
                TensorBoardEvent.scalars(
                        previewed.at(), step, Map.of("eval/preview_accuracy_percent", previewed.accuracyPercent())));
        return new Told(before.last(), step, number, before.plan());
    }

    private static void put(ByteArrayOutputStream records, byte[] event) {
        records.writeBytes(TfRecord.framed(event));
    }

    /// The file to write to: another one where there is none, it is gone, or it is full.
    private AppendFile opened(Measured first) throws IOException {
        AppendFile current = file;
        if (current != null && path != null && Files.exists(path) && current.size() < runs.fileSize()) {
            return current;
        }
        close();
        runs.makeRoom();
        if (run == null) {
            run = runs.newRun(process.startedAt(), process.bootId(), zone);
        }
        Path next = run.resolve(TensorBoardRuns.fileName(process.startedAt(), process.pid(), files + 1));
        current = AppendFile.open(root, next);
        try {
            current.append(head(first));
        } catch (IOException e) {
            current.close();
            throw e;
        }
        files++;
        path = next;
        file = current;
        return current;
    }

    private byte[] head(Measured first) {
        Instant at = first.at();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        put(head, TensorBoardEvent.fileVersion(at));
        put(head, TensorBoardEvent.sessionStart(at, told.last() < 0 ? stepOf(first) : told.last() + 1));
        return head.toByteArray();
    }

    private static long stepOf(Measured measured) {
        return switch (measured) {
            case Measured.FileBegun begun -> begun.place().currentStep();
            case Measured.Step step -> step.globalStep();
            case Measured.Scored scored -> scored.evaluation().globalStep();
            case Measured.Previewed previewed -> previewed.preview().globalStep();
        };
    }

    @Override
    public void close() throws IOException {
        try (AppendFile _ = file) {
            file = null;
        }
    }
}
