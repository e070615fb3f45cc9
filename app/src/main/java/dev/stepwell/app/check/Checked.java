package dev.stepwell.app.check;

import dev.stepwell.data.FileCheck;
import dev.stepwell.data.Lengths;
import dev.stepwell.torch.TrainerConfig;
import java.nio.file.Path;
import java.util.OptionalDouble;

/// A file that was checked, and what training it takes.
///
/// @param maxLength   tokens of a row, more of which are cut off
/// @param rowsPerStep rows in an optimizer step
/// @param epochs      passes over the file
/// @param steps       optimizer steps in all
/// @param seconds     that they take, by the speed of the last training here; empty if there was none
record Checked(
        Path file, FileCheck check, int maxLength, int rowsPerStep, int epochs, long steps, OptionalDouble seconds) {
    /// @param rate tokens a second; empty if nobody knows
    static Checked of(Path file, FileCheck check, TrainerConfig training, OptionalDouble rate) {
        double tokens = check.lengths().map(Lengths::total).orElse(0L) * (double) training.epochs();
        return new Checked(
                file,
                check,
                training.maxLength(),
                training.rowsPerStep(),
                training.epochs(),
                training.plannedSteps(check.ledger().usable()),
                rate.isPresent() && rate.getAsDouble() > 0
                        ? OptionalDouble.of(tokens / rate.getAsDouble())
                        : OptionalDouble.empty());
    }

    /// How much of the tokens is learnt, from 0 to 1; 0 if there are none.
    double targetShare() {
        return check.lengths()
                .map(lengths -> check.targets() / (double) lengths.total())
                .orElse(0.0);
    }
}
