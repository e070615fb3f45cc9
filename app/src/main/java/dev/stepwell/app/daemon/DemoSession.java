package dev.stepwell.app.daemon;

import dev.stepwell.app.demo.DemoResults;
import dev.stepwell.app.demo.HeldOutScore;
import dev.stepwell.app.puzzle.DemoFiles;
import dev.stepwell.app.puzzle.HeldOutFile;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.training.Trainer;
import dev.stepwell.data.JsonlDataReader;
import dev.stepwell.data.PreviewRow;
import dev.stepwell.data.TrainingData;
import dev.stepwell.torch.TorchTrainer;
import dev.stepwell.torch.generation.Answer;
import dev.stepwell.torch.generation.ModelProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A demo: writes the files, and measures the model on puzzles it never trains on, before and after.
final class DemoSession implements DaemonProcess.Extension {
    private static final int SAMPLES = 3;

    private final BaseDirectory base;
    private final DemoFiles files;
    private @Nullable MeasuredTrainer trainer;

    /// What the model says to the held-out puzzles.
    record Exam(HeldOutScore score, List<DemoResults.Sample> samples) {}

    DemoSession(BaseDirectory base, DemoFiles files) {
        this.base = base;
        this.files = files;
    }

    @Override
    public void prepare(BaseDirectory directory) throws IOException {
        files.writeMissing(directory);
        HeldOutFile.write(heldOut(), files.seed());
    }

    @Override
    public Trainer around(TorchTrainer torch, JsonlDataReader reader) {
        TrainingData data;
        try {
            data = reader.withPreviews(HeldOutFile.PUZZLES).read(heldOut());
        } catch (IOException e) {
            throw new UncheckedIOException("the held-out puzzles cannot be read", e);
        }
        trainer = new MeasuredTrainer(torch, () -> examine(torch.probe(), data));
        return trainer;
    }

    /// What was learnt; empty if the demo ended before it could be measured.
    Optional<DemoResults> results() {
        MeasuredTrainer measured = trainer;
        return measured == null ? Optional.empty() : measured.results(base);
    }

    private static Exam examine(ModelProbe probe, TrainingData data) {
        List<PreviewRow> rows = data.previews();
        List<Answer> answers = probe.answers(rows);
        int exact = (int) answers.stream().filter(Answer::matches).count();
        List<DemoResults.Sample> samples = answers.stream()
                .limit(SAMPLES)
                .map(a -> new DemoResults.Sample(a.row().prompt(), a.row().goldenAnswer(), a.text()))
                .toList();
        return new Exam(new HeldOutScore(rows.size(), exact, probe.meanLoss(data.examples())), samples);
    }

    private Path heldOut() {
        return base.root().resolve("validation").resolve("syllo_held_out.jsonl");
    }
}
