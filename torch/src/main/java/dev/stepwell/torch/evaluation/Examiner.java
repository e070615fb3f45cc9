package dev.stepwell.torch.evaluation;

import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.data.ExamRow;
import dev.stepwell.data.HeldOutRows;
import dev.stepwell.data.KeptRows;
import dev.stepwell.data.KeptRows.Kept;
import dev.stepwell.data.ValidationSet;
import dev.stepwell.data.tokens.Tokenizer;
import dev.stepwell.torch.generation.GreedyDecoder;
import dev.stepwell.torch.model.LlamaModel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Asks the model what it knows, before, during and after files, for as long as the budget lasts. On the training
/// thread; changes neither weights nor random numbers.
///
/// ```
///  before a file   the fixed set, unless these very weights were asked these very rows already
///  during          the fixed set, where there is time for as many rows as last time
///  after           the fixed set; what was kept of this file; what was kept of others, who waited longest first
/// ```
///
/// Rows are asked some at a time, always in the same order, and no more are begun once the budget is used up. So of two
/// evaluations the one with fewer rows asked the first rows of the other.
public final class Examiner {
    /// With fewer rows than this the figures would be mostly chance: rather none.
    private static final int LEAST_ROWS = 2 * Exam.AT_ONCE;

    private final EvaluationConfig config;
    private final EvaluationBudget budget;
    private final LlamaModel model;
    private final Tokenizer tokenizer;
    private final GreedyDecoder decoder;
    private final Map<Long, Long> askedAt = new HashMap<>();
    private long evaluations;
    private double secondsPerRow;
    private @Nullable Evaluation newest;
    private List<ValidationSet.Part> newestSet = List.of();

    public Examiner(EvaluationConfig config, LlamaModel model, Tokenizer tokenizer) {
        this.config = config;
        this.budget = new EvaluationBudget(config.share());
        this.model = model;
        this.tokenizer = tokenizer;
        this.decoder = new GreedyDecoder(model, tokenizer.endOfTurn(), config.maxTokens());
    }

    /// What it is told of the file in training.
    ///
    /// @param fileId     its identity in the queue
    /// @param name       as the user dropped it
    /// @param globalStep of the weights
    public record Now(long fileId, String name, long globalStep) {}

    /// A step took so long.
    public void trained(long nanos) {
        budget.trained(nanos);
    }

    /// Before the first step of a file.
    ///
    /// @throws IOException   what the gate throws
    /// @throws ExamException if what is to be asked cannot be read
    public void before(Now now, TrainingListener listener, Interludes gate) throws IOException {
        Evaluation last = newest;
        if (last != null && last.globalStep() == now.globalStep() && newestSet.equals(set())) {
            listener.on(new TrainingEvent.Evaluated(told(now, Occasion.BEFORE, last.subject(), last.score(), 0)));
            return;
        }
        fixed(now, Occasion.BEFORE, listener, gate);
    }

    /// Between two steps of a file.
    ///
    /// @throws IOException   what the gate throws
    /// @throws ExamException if what is to be asked cannot be read
    public void during(Now now, TrainingListener listener, Interludes gate) throws IOException {
        Evaluation last = newest;
        int rows = last == null ? LEAST_ROWS : last.score().rows();
        if (budget.left() >= rows * secondsPerRow) {
            fixed(now, Occasion.DURING, listener, gate);
        }
    }

    /// After the last step of a file.
    ///
    /// @throws IOException   what the gate throws
    /// @throws ExamException if what is to be asked cannot be read
    public void after(Now now, TrainingListener listener, Interludes gate) throws IOException {
        if (!fixed(now, Occasion.AFTER, listener, gate)) {
            return;
        }
        KeptRows kept = config.kept();
        if (kept == null || budget.none()) {
            return;
        }
        for (long fileId : inTurn(now.fileId(), files(kept))) {
            Kept rows = rows(kept, fileId);
            Subject subject = new Subject.Learnt(fileId, rows.name());
            List<Asked> asked = Asked.all(rows.rows(), config.judges().of(rows.name()));
            if (!affordable(asked.size()) || !ask(now, Occasion.AFTER, subject, asked, listener, gate)) {
                return;
            }
            askedAt.put(fileId, evaluations);
        }
    }

    /// Puts rows of a file aside that it does not train, to be asked from now on, in place of those that
    /// were put aside when the file was begun before.
    ///
    /// @throws ExamException if they cannot be written
    public void holdOut(Now now, List<ExamRow> rows) {
        HeldOutRows heldOut = config.heldOut();
        if (heldOut == null) {
            return;
        }
        try {
            heldOut.put(new Kept(now.fileId(), now.name(), rows));
        } catch (IOException e) {
            throw new ExamException("rows held out of %s cannot be kept: %s".formatted(now.name(), e), e);
        }
    }

    /// Keeps some rows of a file that was trained to its end, to be asked by [#after] from now on.
    public void keep(Now now, List<ExamRow> rows) {
        KeptRows kept = config.kept();
        if (kept == null || config.keptRows() == 0) {
            return;
        }
        try {
            kept.keep(new Kept(now.fileId(), now.name(), spread(rows)));
        } catch (IOException e) {
            throw new ExamException("rows of %s cannot be kept: %s".formatted(now.name(), e), e);
        }
    }

    private List<ExamRow> spread(List<ExamRow> rows) {
        int count = Math.min(rows.size(), config.keptRows());
        return IntStream.range(0, count)
                .mapToObj(i -> rows.get((int) ((long) i * rows.size() / count)))
                .toList();
    }

    private static List<Long> files(KeptRows kept) {
        try {
            return kept.files();
        } catch (IOException e) {
            throw new ExamException("kept rows cannot be read: " + e, e);
        }
    }

    private static Kept rows(KeptRows kept, long fileId) {
        try {
            return kept.of(fileId);
        } catch (IOException e) {
            throw new ExamException("kept rows cannot be read: " + e.getMessage(), e);
        }
    }

    private List<ValidationSet.Part> set() {
        ValidationSet validation = config.validation();
        try {
            return validation == null ? List.of() : validation.parts();
        } catch (IOException e) {
            throw new ExamException("the validation set cannot be read: " + e, e);
        }
    }

    /// This file first, then who was not asked for longest.
    private List<Long> inTurn(long first, List<Long> files) {
        Stream<Long> others = files.stream()
                .filter(file -> file != first)
                .sorted(Comparator.comparing((Long file) -> askedAt.getOrDefault(file, -1L)));
        return Stream.concat(files.stream().filter(file -> file == first), others)
                .toList();
    }

    /// @return whether there is time left, and nobody wants to stop
    private boolean fixed(Now now, Occasion occasion, TrainingListener listener, Interludes gate) throws IOException {
        if (budget.none()) {
            return true;
        }
        List<ValidationSet.Part> set = set();
        if (!set.equals(newestSet)) { // How other rows were answered says nothing of these.
            newest = null;
            newestSet = set;
        }
        List<Asked> rows = new ArrayList<>();
        for (ValidationSet.Part part : set) {
            rows.addAll(Asked.all(part.rows(), config.judges().of(part.file())));
        }
        return rows.isEmpty()
                || (affordable(rows.size()) && ask(now, occasion, new Subject.Fixed(), rows, listener, gate));
    }

    private boolean affordable(int rows) {
        return budget.left() > 0 && budget.left() >= Math.min(rows, LEAST_ROWS) * secondsPerRow;
    }

    /// @return whether the gate opened
    private boolean ask(
            Now now, Occasion occasion, Subject subject, List<Asked> rows, TrainingListener listener, Interludes gate)
            throws IOException {
        gate.begin();
        Exam exam = new Exam(model, tokenizer, decoder, rows);
        double seconds = 0;
        boolean opened = true;
        while (opened && !exam.done() && (budget.left() > 0 || exam.score() == null)) {
            double began = gate.seconds();
            opened = exam.askNext(gate);
            double took = gate.seconds() - began;
            budget.spent(took);
            seconds += took;
        }
        Score score = exam.score();
        if (score != null && opened) {
            double each = seconds / score.rows();
            secondsPerRow = secondsPerRow == 0 ? each : 0.7 * secondsPerRow + 0.3 * each;
            evaluations++;
            Evaluation evaluation = told(now, occasion, subject, score, seconds);
            if (subject instanceof Subject.Fixed) {
                newest = evaluation;
            }
            listener.on(new TrainingEvent.Evaluated(evaluation));
        }
        gate.end(opened, seconds);
        return opened;
    }

    private static Evaluation told(Now now, Occasion occasion, Subject subject, Score score, double seconds) {
        return new Evaluation(
                now.globalStep(),
                occasion,
                now.fileId(),
                now.name(),
                subject,
                score,
                Duration.ofNanos(Math.round(seconds * 1e9)));
    }
}
