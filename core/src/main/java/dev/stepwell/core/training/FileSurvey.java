package dev.stepwell.core.training;

/// What a file holds, counted when it is queued, before anything is trained.
///
/// @param ledger       its rows; nothing is trained yet
/// @param plannedSteps optimizer steps that training its usable rows will take, over all epochs; 0 if none is usable
public record FileSurvey(RowLedger ledger, long plannedSteps) {
    /// @throws IllegalArgumentException if `plannedSteps` is negative
    public FileSurvey {
        if (plannedSteps < 0) {
            throw new IllegalArgumentException("planned steps: " + plannedSteps);
        }
    }
}
