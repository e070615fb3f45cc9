package dev.stepwell.torch.evaluation;

import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.data.ExamRow;
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
import org.jspecify.annotations.Nullable;

/// Asks the model what it knows, before, during and after files, for as long as the budget lasts. On the training
/// thread; changes neither weights nor random numbers.
///
/// ```
///  before a file   the fixed set, unless these very weights were asked already
///  during          the fixed set, where there is time for as many rows as last time
///  after           what was kept of this file; the fixed set; what was kept of others, who waited longest first
/// ```
///
/// What was kept of a file comes first, because only who knows how much was learnt can tell what was forgotten. Before
/// and during a file no more than half of the time is taken, and with the fixed set after it what asking others needs
/// is
/// left over, if that is no more than half.
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
        if (last != null && last.globalStep() == now.globalStep()) {
            listener.on(new TrainingEvent.Evaluated(told(now, Occasion.BEFORE, last.subject(), last.score(), 0)));
            return;
        }
        fixed(now, Occasion.BEFORE, budget.left() / 2, listener, gate);
    }

    /// Between two steps of a file.
    ///
    /// @throws IOException   what the gate throws
    /// @throws ExamException if what is to be asked cannot be read
    public void during(Now now, TrainingListener listener, Interludes gate) throws IOException {
        Evaluation last = newest;
        int rows = last == null ? LEAST_ROWS : last.score().rows();
        if (budget.left() / 2 >= rows * secondsPerRow) {
            fixed(now, Occasion.DURING, budget.left() / 2, listener, gate);
        }
    }

    /// After the last step of a file.
    ///
    /// @throws IOException   what the gate throws
    /// @throws ExamException if what is to be asked cannot be read
    public void after(Now now, TrainingListener listener, Interludes gate) throws IOException {
        KeptRows kept = config.kept();
        List<Long> files = kept == null || budget.none() ? List.of() : files(kept);
        boolean opened = true;
        if (kept != null && files.contains(now.fileId())) {
            opened = learnt(now, kept, now.fileId(), listener, gate);
        }
        List<Long> others = others(now.fileId(), files);
        double forOthers = Math.min(budget.left() / 2, others.size() * config.keptRows() * secondsPerRow);
        opened = opened && fixed(now, Occasion.AFTER, forOthers, listener, gate);
        for (int i = 0; kept != null && opened && i < others.size(); i++) {
            opened = learnt(now, kept, others.get(i), listener, gate);
        }
    }

    /// @return whether nobody wants to stop, and there was time
    private boolean learnt(Now now, KeptRows kept, long fileId, TrainingListener listener, Interludes gate)
            throws IOException {
        Kept rows = rows(kept, fileId);
        Subject subject = new Subject.Learnt(fileId, rows.name());
        List<Asked> asked = Asked.all(rows.rows(), config.judges().of(rows.name()));
        if (!affordable(asked.size(), 0) || !ask(now, Occasion.AFTER, subject, asked, 0, listener, gate)) {
            return false;
        }
        askedAt.put(fileId, evaluations);
        return true;
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

    private static List<ValidationSet.Part> parts(ValidationSet validation) {
        try {
            return validation.parts();
        } catch (IOException e) {
            throw new ExamException("the validation set cannot be read: " + e, e);
        }
    }

    /// Who was not asked for longest comes first.
    private List<Long> others(long than, List<Long> files) {
        return files.stream()
                .filter(file -> file != than)
                .sorted(Comparator.comparing((Long file) -> askedAt.getOrDefault(file, -1L)))
                .toList();
    }

    /// @param leave seconds of the budget that are for others
    /// @return whether nobody wants to stop
    private boolean fixed(Now now, Occasion occasion, double leave, TrainingListener listener, Interludes gate)
            throws IOException {
        ValidationSet validation = config.validation();
        if (validation == null || budget.none()) {
            return true;
        }
        List<Asked> rows = new ArrayList<>();
        for (ValidationSet.Part part : parts(validation)) {
            rows.addAll(Asked.all(part.rows(), config.judges().of(part.file())));
        }
        return rows.isEmpty()
                || !affordable(rows.size(), leave)
                || ask(now, occasion, new Subject.Fixed(), Asked.shuffled(rows), leave, listener, gate);
    }

    private boolean affordable(int rows, double leave) {
        double left = budget.left() - leave;
        return left > 0 && left >= Math.min(rows, LEAST_ROWS) * secondsPerRow;
    }

    /// @return whether the gate opened
    private boolean ask(
            Now now,
            Occasion occasion,
            Subject subject,
            List<Asked> rows,
            double leave,
            TrainingListener listener,
            Interludes gate)
            throws IOException {
        gate.begin();
        Exam exam = new Exam(model, tokenizer, decoder, rows);
        double seconds = 0;
        boolean opened = true;
        while (opened && !exam.done() && (budget.left() > leave || exam.score() == null)) {
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
