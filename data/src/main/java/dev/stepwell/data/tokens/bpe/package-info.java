/// Makes byte-level BPE tokenizers, among them the one that is shipped.
@NullMarked
package dev.stepwell.data.tokens.bpe;

import org.jspecify.annotations.NullMarked;
