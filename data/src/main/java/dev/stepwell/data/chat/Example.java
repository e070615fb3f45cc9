package dev.stepwell.data.chat;

import java.util.BitSet;

/// One row as the model sees it.
///
/// @param ids     token ids, at least 2 and at most the context window; not copied, not to be changed
/// @param targets positions in `ids` that the model must learn to predict (each from those before it); never
///                position 0, never empty
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; copying every row would double the memory of a file.
public record Example(int[] ids, BitSet targets) {}
