@NullMarked
package dev.stepwell.data.tokens.bpe;

import org.jspecify.annotations.NullMarked;
