package dev.stepwell.data.chat;

import dev.stepwell.data.rows.Row;
import java.util.Set;

/// What became of a row.
public sealed interface TokenizedRow {
    /// A row with what is known about its tokens.
    ///
    /// @param answerStart index in the ids at which the last answer begins
    /// @param truncated   whether anything was cut off
    /// @param answerWhole whether the last answer was kept to its end
    /// @param notes       what users should know of it
    record Usable(Row row, Example example, int answerStart, boolean truncated, boolean answerWhole, Set<RowNote> notes)
            implements TokenizedRow {
        public Usable {
            notes = Set.copyOf(notes);
        }
    }

    /// A row that the model's chat template cannot write.
    ///
    /// @param reason what is wrong, in words a user can act on
    record Refused(String reason) implements TokenizedRow {}
}
