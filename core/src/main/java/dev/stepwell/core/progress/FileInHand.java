package dev.stepwell.core.progress;

/// The file whose turn it is, as the estimator sees it: what is known of its tokens, and which part of the time around
/// its steps was spent already.
///
/// ```
///  ├─ reading ─┤├─ opening ─┤├ step ┤├ step ┤ … ├ last step ┤├─ closing ─┤
///                evaluations   evaluations, checkpoints        evaluations, checkpoint, filing
/// ```
final class FileInHand {
    private final double bytes;
    private final double expected;
    private double stepsPlanned;
    private double tokensLeft;
    private long stepsLeft;
    private boolean read;
    private boolean counted;
    private boolean stepped;
    private double spent;

    /// @param bytes    of the file
    /// @param expected tokens of all its steps; 0 if nobody knows
    FileInHand(double bytes, double expected, Progress planned) {
        this.bytes = bytes;
        this.expected = expected;
        plan(planned);
    }

    /// Its rows are read, so that its steps are planned anew.
    void read(Progress planned) {
        read = true;
        plan(planned);
    }

    boolean isRead() {
        return read;
    }

    private void plan(Progress planned) {
        stepsPlanned = planned.batchTotalSteps();
        stepsLeft = planned.stepsLeft();
    }

    /// How many tokens all of its steps have together is known.
    void counted(double tokens) {
        counted = true;
        tokensLeft = stepsPlanned == 0 ? 0 : tokens * stepsLeft / stepsPlanned;
    }

    void step(double tokens) {
        if (!stepped) {
            stepped = true;
            spent = 0;
        }
        stepsLeft--;
        tokensLeft -= tokens;
    }

    /// Something beside a step took so long.
    void spend(double seconds) {
        spent += seconds;
    }

    double spent() {
        return spent;
    }

    boolean isOpening() {
        return !stepped;
    }

    boolean isClosing() {
        return stepped && stepsLeft <= 0;
    }

    boolean isCounted() {
        return counted && stepsLeft > 0 && tokensLeft > 0;
    }

    /// Mean tokens of the steps that are left. Only if they are counted.
    double tokensPerStepLeft() {
        return tokensLeft / stepsLeft;
    }

    /// Tokens of all its steps, as they were expected when it was queued; 0 if nobody knew.
    double expectedTokens() {
        return expected;
    }

    double expectedPerStep() {
        return stepsPlanned == 0 ? 0 : expected / stepsPlanned;
    }

    double bytesPerStep() {
        return stepsPlanned == 0 ? 0 : bytes / stepsPlanned;
    }
}
