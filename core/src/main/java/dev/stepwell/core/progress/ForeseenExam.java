package dev.stepwell.core.progress;

import java.util.List;

/// What the model will still be asked in a file and after it, as its trainer foresees it: bounded by a budget that
/// grows with training.
///
/// @param sets   of rows that are asked after the file's last step, in their order
/// @param during seconds of one asking between two of its steps; 0 for none
/// @param left   seconds that the budget has left; negative if more was taken
/// @param share  seconds by which it grows with each second of training
public record ForeseenExam(List<Rows> sets, double during, double left, double share) {
    /// Nothing is ever asked.
    public static final ForeseenExam NONE = new ForeseenExam(List.of(), 0, 0, 0);

    public ForeseenExam {
        sets = List.copyOf(sets);
    }

    /// A set of rows that is asked.
    ///
    /// @param least  seconds that must be left for it to be begun; else it is not asked
    /// @param all    seconds of asking all of it, as far as the budget lasts
    /// @param yields whether it leaves half of the budget to those behind it, or as much of that as they need, and
    ///               all of it where it is not asked; behind others nothing comes then
    public record Rows(double least, double all, boolean yields) {}

    /// Seconds of asking all there is to ask after the file's last step.
    double after() {
        return after(0);
    }

    private double after(int from) {
        return sets.subList(from, sets.size()).stream().mapToDouble(Rows::all).sum();
    }

    /// Seconds of asking that are still to come in a file.
    ///
    /// @param training seconds of training from the moment at which this was foreseen to the file's last step
    /// @param times    how often it is asked until then
    double seconds(double training, double times) {
        double budget = Math.max(0, left + share * training);
        double between = Math.min(times * during, budget);
        double rest = budget - between;
        for (int i = 0; i < sets.size(); i++) {
            Rows rows = sets.get(i);
            double its = rest - (rows.yields() ? Math.min(rest / 2, after(i + 1)) : 0);
            if (its > 0 && its >= rows.least()) {
                rest -= Math.min(its, rows.all());
            } else if (!rows.yields()) {
                break;
            }
        }
        return budget - rest;
    }
}
