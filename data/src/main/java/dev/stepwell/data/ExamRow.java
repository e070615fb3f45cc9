package dev.stepwell.data;

import dev.stepwell.data.chat.Example;
import org.jspecify.annotations.Nullable;

/// A row that the model can be asked, whether it was trained or not.
///
/// @param example  from which its loss follows
/// @param question the same turned into a question; null where an answer could not be judged
public record ExamRow(Example example, @Nullable PreviewRow question) {}
