package dev.stepwell.app.report;

import dev.stepwell.core.history.Curve;
import dev.stepwell.core.history.ForgettingMatrix;
import dev.stepwell.core.history.HistoryReader;
import dev.stepwell.core.history.Metric;
import dev.stepwell.core.history.PastEvaluation;
import dev.stepwell.core.history.PastPreview;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.AttemptEnd;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/// All that a report tells, read from the history and the queue.
///
/// @param model       what the model is called
/// @param version     of the program that makes the report
/// @param madeAt      when it is made
/// @param file        the only file it is about; empty for the whole life
/// @param life        files, runs and alerts
/// @param loss        of its steps
/// @param speed       tokens in a second, of each
/// @param evaluations in its steps
/// @param matrix      what was known after each file
/// @param previews    in its steps
/// @param refused     rows that were not trained
public record Story(
        String model,
        String version,
        Instant madeAt,
        OptionalLong file,
        Life life,
        Curve loss,
        Curve speed,
        List<PastEvaluation> evaluations,
        ForgettingMatrix matrix,
        List<PastPreview> previews,
        List<RefusedRows> refused) {
    /// Rows of the matrix: more would be read by nobody.
    static final int MOST_MATRIX_ROWS = 40;

    private static final int MOST_FILES = 1_000;

    public Story {
        evaluations = List.copyOf(evaluations);
        previews = List.copyOf(previews);
        refused = List.copyOf(refused);
    }

    /// Whose story it is, and when it is told.
    ///
    /// @param model   what the model is called
    /// @param version of the program
    /// @param now     the time
    public record Telling(String model, String version, Instant now) {}

    /// The whole life of the model in `base`.
    ///
    /// @throws IOException if the queue's files cannot be read
    public static Story of(BaseDirectory base, HistoryReader reader, Telling telling) throws IOException {
        Life life = Life.read(base, reader, MOST_FILES, telling.now());
        return read(base, reader, telling, life, OptionalLong.empty(), 0, Long.MAX_VALUE);
    }

    /// What concerns the file `id`, at which there was an attempt.
    ///
    /// @throws IOException if the queue's files cannot be read
    public static Story ofFile(BaseDirectory base, HistoryReader reader, long id, Telling telling) throws IOException {
        Life life = Life.ofFile(base, reader, id, telling.now());
        long from = life.files().stream()
                .mapToLong(file -> file.history().attempt().baseStep())
                .min()
                .orElse(0);
        long to = life.files().stream().mapToLong(Story::end).max().orElse(0);
        return read(base, reader, telling, life, OptionalLong.of(id), from, to);
    }

    private static long end(Learnt file) {
        AttemptEnd end = file.history().end();
        return end == null || end.step() == null ? Long.MAX_VALUE : end.step();
    }

    private static Story read(
            BaseDirectory base, HistoryReader reader, Telling telling, Life life, OptionalLong file, long from, long to)
            throws IOException {
        long firstStep = from == 0 ? 0 : from + 1; // A file's first step follows its base.
        return new Story(
                telling.model(),
                telling.version(),
                telling.now(),
                file,
                life,
                reader.curve(Metric.LOSS, firstStep, to),
                reader.curve(Metric.TOKENS_PER_SECOND, firstStep, to),
                reader.events().evaluations(from, to),
                file.isPresent()
                        ? ForgettingMatrix.of(reader.events().evaluations(from, Long.MAX_VALUE))
                        : reader.events().matrix(MOST_MATRIX_ROWS),
                reader.events().previews(firstStep, to),
                RefusedRows.of(base, life.files()));
    }

    /// Whether there is anything to tell.
    public boolean empty() {
        return life.files().isEmpty() && loss.size() == 0;
    }

    long rowsTrained() {
        return rows().stream().mapToLong(AttemptEnd.Rows::trained).sum();
    }

    long rowsRefused() {
        return rows().stream().mapToLong(AttemptEnd.Rows::rejected).sum();
    }

    private List<AttemptEnd.Rows> rows() {
        return life.files().stream().map(Learnt::rows).filter(Objects::nonNull).toList();
    }
}
