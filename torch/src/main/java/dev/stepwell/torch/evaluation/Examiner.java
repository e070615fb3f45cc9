package dev.stepwell.torch.evaluation;

import dev.stepwell.core.progress.ForeseenExam;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.data.ExamRow;
import dev.stepwell.data.KeptRows.Kept;
import dev.stepwell.data.ValidationSet;
import dev.stepwell.data.tokens.Tokenizer;
import dev.stepwell.torch.generation.GreedyDecoder;
import dev.stepwell.torch.model.LlamaModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks the model what it knows, before, during and after files, for as long as the budget lasts. On the training
/// thread; changes neither weights nor random numbers.
///
/// ```
///  before a file   the fixed set, unless these very weights were asked these very rows already
///  during          the fixed set, where there is time for as many rows as last time
///  after           what was kept of this file; the fixed set; what was kept of others, who waited longest first
/// ```
///
/// What was kept of a file comes first, because only who knows how much was learnt can tell what was forgotten.
/// Before and during a file no more than half of the time is taken; after it the fixed set leaves what asking others
/// needs, if that is no more than half.
///
/// Where files are so short that there is no time for all that, the fixed set does not starve: after [#OTHERS_WAIT]
/// files without it, what was kept of others waits until there is time for it, and after [#OWN_WAITS] all do.
///
/// Rows are asked some at a time, always in the same order, and no more are begun once the budget is used up. So of two
/// evaluations the one with fewer rows asked the first rows of the other.
public final class Examiner {
    /// With fewer rows than this the figures would be mostly chance: rather none.
    private static final int LEAST_ROWS = 2 * Exam.AT_ONCE;

    /// After so many files without the fixed set, what was kept of others waits for it.
    private static final int OTHERS_WAIT = 3;

    /// And after so many, what was kept of the file itself does, too.
    private static final int OWN_WAITS = 10;

    private final EvaluationConfig config;
    private final Papers papers;
    private final EvaluationBudget budget;
    private final ExamCosts costs;
    private final LlamaModel model;
    private final Tokenizer tokenizer;
    private final GreedyDecoder decoder;
    private final Map<Long, Long> askedAt = new HashMap<>();
    private final Map<Long, ExamWork> keptWork = new HashMap<>();
    private long evaluations;
    private @Nullable Evaluation newest;
    private ExamWork newestWork = ExamWork.NONE;
    private List<ValidationSet.Part> newestSet = List.of();
    private int filesWithoutFixed;

    public Examiner(EvaluationConfig config, LlamaModel model, Tokenizer tokenizer) {
        this.config = config;
        this.papers = new Papers(config);
        this.budget = new EvaluationBudget(config.share());
        this.model = model;
        this.tokenizer = tokenizer;
        this.costs = new ExamCosts(model.config().headShare());
        this.decoder = new GreedyDecoder(model, tokenizer.endOfTurn(), config.maxTokens());
    }

    /// What it is told of the file in training.
    ///
    /// @param fileId     its identity in the queue
    /// @param name       as the user dropped it
    /// @param globalStep of the weights
    public record Now(long fileId, String name, long globalStep) {}

    /// A step over so many tokens took so long.
    public void trained(long nanos, long tokens) {
        budget.trained(nanos);
        costs.trained(nanos, tokens);
    }

    /// Sees what there will be to ask in a file and after it.
    ///
    /// @param sample of its rows, of which some are kept when it is done
    /// @throws ExamException if what is to be asked cannot be read
    public void expect(Now now, List<ExamRow> sample) {
        if (!budget.none()) {
            List<Asked> fixed = papers.asked(papers.fixed());
            List<Asked> own = Asked.all(papers.toBeKept(sample), config.judges().of(now.name()));
            ExamWork itsWork = work(own);
            List<ExamWork> others = others(now.fileId(), papers.learntFiles()).stream()
                    .map(file -> keptWork.getOrDefault(file, itsWork)) // Not read for this: there may be hundreds.
                    .toList();
            costs.expect(
                    new ExamCosts.Ahead(
                            inOrder(own, fixed, others),
                            work(fixed),
                            others.stream().reduce(ExamWork.NONE, ExamWork::plus)),
                    targetShare(sample));
        }
    }

    /// What [#after] will ask.
    private List<ExamCosts.Rows> inOrder(List<Asked> own, List<Asked> fixed, List<ExamWork> others) {
        int without = filesWithoutFixed + 1;
        List<ExamCosts.Rows> sets = new ArrayList<>();
        if (!own.isEmpty()) {
            sets.add(rows(own, false));
        }
        if (!fixed.isEmpty()) {
            sets.add(without > OWN_WAITS ? 0 : sets.size(), rows(fixed, without <= OTHERS_WAIT));
        }
        others.forEach(work -> sets.add(new ExamCosts.Rows(work, work, false)));
        return sets;
    }

    private ExamCosts.Rows rows(List<Asked> rows, boolean yields) {
        return new ExamCosts.Rows(work(first(rows, LEAST_ROWS)), work(rows), yields);
    }

    private ExamWork work(List<Asked> rows) {
        return work(rows, costs.verbosity());
    }

    private ExamWork work(List<Asked> rows, double verbosity) {
        return ExamWork.of(rows, model.config().headShare(), verbosity, config.maxTokens());
    }

    private static double targetShare(List<ExamRow> rows) {
        double positions =
                rows.stream().mapToInt(row -> row.example().ids().length).sum();
        double targets = rows.stream()
                .mapToInt(row -> row.example().targets().cardinality())
                .sum();
        return positions == 0 ? 0 : targets / positions;
    }

    /// How long it will be asked in the file of which was seen last what there will be to ask, by what is known now;
    /// empty while nothing is.
    public Optional<ForeseenExam> foreseen() {
        return costs.foreseen(budget);
    }

    /// Puts rows of a file aside that it does not train, to be asked from now on, in place of those that were put aside
    /// when the file was begun before.
    ///
    /// @throws ExamException if they cannot be written
    public void holdOut(Now now, List<ExamRow> rows) {
        papers.holdOut(now.fileId(), now.name(), rows);
    }

    /// Keeps some rows of a file that was trained to its end, to be asked by [#after] from now on.
    ///
    /// @throws ExamException if they cannot be written
    public void keep(Now now, List<ExamRow> rows) {
        papers.keep(now.fileId(), now.name(), rows);
    }

    /// Before the first step of a file.
    ///
    /// @throws IOException   what the gate throws
    /// @throws ExamException if what is to be asked cannot be read
    public void before(Now now, TrainingListener listener, Interludes gate) throws IOException {
        Sitting sitting = new Sitting(now, Occasion.BEFORE, listener, gate);
        Evaluation last = newest;
        if (last != null && last.globalStep() == now.globalStep() && newestSet.equals(papers.fixed())) {
            sitting.told(last.subject(), last.score(), 0);
        } else {
            fixed(sitting, fixedIsDue() ? 0 : budget.left() / 2);
            sitting.end();
        }
    }

    /// Between two steps of a file.
    ///
    /// @throws IOException   what the gate throws
    /// @throws ExamException if what is to be asked cannot be read
    public void during(Now now, TrainingListener listener, Interludes gate) throws IOException {
        double half = budget.left() / 2;
        if (half > 0 && (newest == null || half >= costs.seconds(newestWork))) {
            Sitting sitting = new Sitting(now, Occasion.DURING, listener, gate);
            fixed(sitting, half);
            sitting.end();
        }
    }

    /// After the last step of a file.
    ///
    /// @throws IOException   what the gate throws
    /// @throws ExamException if what is to be asked cannot be read
    public void after(Now now, TrainingListener listener, Interludes gate) throws IOException {
        Sitting sitting = new Sitting(now, Occasion.AFTER, listener, gate);
        List<Long> files = budget.none() ? List.of() : papers.learntFiles();
        filesWithoutFixed++;
        boolean fixedFirst = filesWithoutFixed > OWN_WAITS;
        if (fixedFirst) {
            fixed(sitting, 0);
        }
        boolean goOn = sitting.isOpen() && filesWithoutFixed <= OWN_WAITS;
        goOn = goOn && (!files.contains(now.fileId()) || learnt(sitting, now.fileId()));
        if (goOn && !fixedFirst) {
            fixed(sitting, fixedIsDue() ? 0 : Math.min(budget.left() / 2, costs.others()));
            goOn = sitting.isOpen() && !fixedIsDue();
        }
        List<Long> others = others(now.fileId(), files);
        for (int i = 0; goOn && i < others.size(); i++) {
            goOn = learnt(sitting, others.get(i));
        }
        sitting.end();
    }

    private boolean fixedIsDue() {
        return filesWithoutFixed > OTHERS_WAIT;
    }

    /// Who was not asked for longest comes first.
    private List<Long> others(long than, List<Long> files) {
        return files.stream()
                .filter(file -> file != than)
                .sorted(Comparator.comparing((Long file) -> askedAt.getOrDefault(file, -1L)))
                .toList();
    }

    /// @return whether there was time, and nobody wants to stop
    private boolean learnt(Sitting sitting, long fileId) throws IOException {
        Kept kept = papers.learnt(fileId);
        List<Asked> rows = papers.asked(kept);
        ExamWork known = rows.size() > LEAST_ROWS ? null : keptWork.get(fileId);
        ExamWork least = known == null ? work(first(rows, LEAST_ROWS)) : known;
        if (!affordable(least, 0) || !ask(sitting, new Subject.Learnt(fileId, kept.name()), rows, 0)) {
            return false;
        }
        askedAt.put(fileId, evaluations);
        return true;
    }

    /// @param leave seconds of the budget that are for others
    private void fixed(Sitting sitting, double leave) throws IOException {
        if (budget.none()) {
            return;
        }
        List<ValidationSet.Part> set = papers.fixed();
        if (!set.equals(newestSet)) { // How other rows were answered says nothing of these.
            newest = null;
            newestSet = set;
        }
        List<Asked> rows = papers.asked(set);
        if (rows.isEmpty()) {
            filesWithoutFixed = 0;
        } else if (affordable(work(first(rows, LEAST_ROWS)), leave)) {
            filesWithoutFixed = 0;
            ask(sitting, new Subject.Fixed(), rows, leave);
        }
    }

    private boolean affordable(ExamWork least, double leave) {
        double left = budget.left() - leave;
        return left > 0 && left >= costs.seconds(least);
    }

    private static List<Asked> first(List<Asked> rows, int most) {
        return rows.subList(0, Math.min(most, rows.size()));
    }

    /// @return whether the gate opened
    private boolean ask(Sitting sitting, Subject subject, List<Asked> rows, double leave) throws IOException {
        sitting.begin();
        Exam exam = new Exam(model, tokenizer, decoder, rows);
        double seconds = 0;
        while (sitting.isOpen() && !exam.done() && (budget.left() > leave || exam.score() == null)) {
            double took = sitting.ask(exam);
            budget.spent(took);
            seconds += took;
        }
        Score score = exam.score();
        if (score != null && sitting.isOpen()) {
            ExamWork right = work(first(rows, score.rows()), 1);
            ExamWork work =
                    right.after(ExamWork.read(exam.written(), model.config().headShare()), exam.steps());
            costs.asked(work, right.steps(), exam.grading(), exam.writing());
            evaluations++;
            if (subject instanceof Subject.Fixed) {
                newest = sitting.evaluation(subject, score, seconds);
                newestWork = work;
            } else if (subject instanceof Subject.Learnt(long fileId, String _) && exam.done()) {
                keptWork.put(fileId, work);
            }
            sitting.told(subject, score, seconds);
        }
        return sitting.isOpen();
    }
}
