/// Rows to the texts and ids that a model reads, with the positions it learns from.
@NullMarked
package dev.stepwell.data.chat;

import org.jspecify.annotations.NullMarked;
