package dev.stepwell.torch.data;

/// A row with what is known about its tokens.
///
/// @param answerStart index in the ids at which the last answer begins
/// @param truncated   whether tokens were cut off
/// @param answerWhole whether the last answer was kept to its end
record TokenizedRow(Row row, Example example, int answerStart, boolean truncated, boolean answerWhole) {}
