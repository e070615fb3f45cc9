package dev.stepwell.torch.evaluation;

/// How much time evaluations may take: a share of the time that training has taken in this process, and a little to
/// begin with. For one thread.
///
/// ```
///  left = advance + share · trained − spent
/// ```
final class EvaluationBudget {
    /// Before anything is trained; also what a first evaluation may be too long by.
    private static final double ADVANCE_SECONDS = 5;

    private final double share;
    private double trained;
    private double spent;

    /// @param share of training time, 0 to 1
    EvaluationBudget(double share) {
        this.share = share;
    }

    /// A step took so long.
    void trained(long nanos) {
        trained += nanos / 1e9;
    }

    /// An evaluation took so long.
    void spent(double seconds) {
        spent += seconds;
    }

    /// Seconds that evaluations may still take; negative if they took too long.
    double left() {
        return share == 0 ? 0 : ADVANCE_SECONDS + share * trained - spent;
    }

    /// By how much it grows with each second of training.
    double share() {
        return share;
    }

    /// Whether there is any at all.
    boolean none() {
        return share == 0;
    }
}
