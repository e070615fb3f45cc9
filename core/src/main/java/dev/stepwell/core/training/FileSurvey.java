package dev.stepwell.core.training;

/// What a file holds, counted when it is queued, before anything is trained.
///
/// @param ledger         its rows; nothing is trained yet
/// @param plannedSteps   optimizer steps that training its usable rows will take, over all epochs; 0 if there are none
/// @param expectedTokens tokens that training them will take, over all epochs, by a sample of them; 0 for none
/// @param sha256         of all its bytes, 64 hexadecimal digits in lower case
/// @param format         what its rows are
public record FileSurvey(RowLedger ledger, long plannedSteps, long expectedTokens, String sha256, FileFormat format) {
    /// @throws IllegalArgumentException if `plannedSteps` or `expectedTokens` is negative or `sha256` is none
    public FileSurvey {
        if (plannedSteps < 0) {
            throw new IllegalArgumentException("planned steps: " + plannedSteps);
        }
        if (expectedTokens < 0) {
            throw new IllegalArgumentException("expected tokens: " + expectedTokens);
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256: " + sha256);
        }
    }

    /// Of a file whose tokens nobody has looked at.
    public FileSurvey(RowLedger ledger, long plannedSteps, String sha256, FileFormat format) {
        this(ledger, plannedSteps, 0, sha256, format);
    }
}
