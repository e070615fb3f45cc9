package dev.stepwell.data.chat;

import dev.stepwell.data.rows.Row;

/// A row with what is known about its tokens.
///
/// @param answerStart index in the ids at which the last answer begins
/// @param truncated   whether tokens were cut off
/// @param answerWhole whether the last answer was kept to its end
public record TokenizedRow(Row row, Example example, int answerStart, boolean truncated, boolean answerWhole) {}
