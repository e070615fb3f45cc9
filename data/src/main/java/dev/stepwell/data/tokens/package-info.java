/// Texts to token ids and back.
@NullMarked
package dev.stepwell.data.tokens;

import org.jspecify.annotations.NullMarked;
