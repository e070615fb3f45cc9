package dev.stepwell.bench.eta;

import dev.stepwell.core.progress.ForeseenExam;
import dev.stepwell.core.queue.FileSummary;
import dev.stepwell.core.training.TrainingEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;

/// Writes down what a drain does, a line for each event, so that it can be replayed ([Drain] reads it).
///
/// ```
///  # text                                 a comment; the first lines say how it was recorded
///  boot TIME                              a process starts; times below count from here, in milliseconds
///  MS arrived ID BYTES ROWS STEPS TOKENS  a file waits, with what is known of it; TOKENS not in older recordings
///  MS claimed ID                          its turn has come
///  MS started BASE DONE TOTAL             its rows are read: global step it began at, its steps done and planned
///  MS tokens TOKENS PADDING PASSES        of one pass over it, and how many there are
///  MS phase NAME
///  MS step TOOK TOKENS                    TOOK in milliseconds, as in the next two
///  MS evaluated TOOK                      a preview; in recordings without the next two, whatever was asked
///  MS examined TOOK DURING LEFT SHARE SET...    and what is foreseen then (ForeseenExam), in seconds
///  MS foreseen DURING LEFT SHARE SET...   each SET `LEAST/ALL`, with a `+` if it yields; in older recordings AFTER
///                                         DURING LEFT SHARE LEAST
///  MS saved TOOK
///  MS paused                              and MS resumed
///  MS ended OUTCOME                       the trainer gave the file back
///  MS over                                nothing is left to do, or the process was told to stop
///  MS others SHARE                        of all processors, what other processes take, 0 to 1; every ten seconds
/// ```
///
/// Each line is written at once, so that a process that is killed leaves what it did. Thread-safe.
final class DrainTape implements AutoCloseable {
    private final BufferedWriter out;
    private final long bootNanos = System.nanoTime();

    private DrainTape(BufferedWriter out) {
        this.out = out;
    }

    /// Goes on at the end of `file`, which an earlier process of the same drain may have begun.
    static DrainTape append(Path file) throws IOException {
        DrainTape tape =
                new DrainTape(Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        tape.write(new DrainLine.Boot(Instant.now().toString()).words());
        return tape;
    }

    void arrived(FileSummary file) {
        Long rows = file.rows();
        Long steps = file.plannedSteps();
        if (rows != null && steps != null) { // Else it is not counted yet.
            say(new DrainLine.Arrived(
                    file.id(), file.bytes(), rows, steps, Objects.requireNonNullElse(file.expectedTokens(), 0L)));
        }
    }

    void event(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.FileStarted e ->
                say(new DrainLine.Started(e.baseStep(), e.batchStep(), e.batchTotalSteps()));
            case TrainingEvent.TokensCounted e ->
                say(new DrainLine.Tokens(e.count().tokens(), e.count().padding(), e.passes()));
            case TrainingEvent.PhaseChanged e -> say(new DrainLine.Turned(e.phase()));
            case TrainingEvent.StepCompleted e -> say(new DrainLine.Step(e.nanos() / 1e6, e.tokens()));
            case TrainingEvent.ExamForeseen e -> say(new DrainLine.Foreseen(e.exam()));
            case TrainingEvent.EvaluationFinished e -> {
                double millis = e.took().toNanos() / 1e6;
                ForeseenExam next = e.next();
                say(next == null ? new DrainLine.Evaluated(millis) : new DrainLine.Examined(millis, next));
            }
            case TrainingEvent.CheckpointSaved e ->
                say(new DrainLine.Saved(e.took().toNanos() / 1e6));
            // Nothing that the time left follows from.
            case TrainingEvent.FileRead _,
                    TrainingEvent.PreviewGenerated _,
                    TrainingEvent.Evaluated _,
                    TrainingEvent.EvaluationFailed _ -> {}
            case TrainingEvent.StepRefused _,
                    TrainingEvent.WaitingForSpace _,
                    TrainingEvent.SpaceFound _,
                    TrainingEvent.MicroBatchHalved _,
                    TrainingEvent.RolledBack _ ->
                throw new IllegalStateException("a drain with %s cannot be recorded".formatted(event));
        }
    }

    void say(DrainLine line) {
        write((System.nanoTime() - bootNanos) / 1_000_000 + " " + line.words());
    }

    private synchronized void write(String line) {
        try {
            out.write(line);
            out.newLine();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
