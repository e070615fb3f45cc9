@NullMarked
package dev.stepwell.torch.data.bpe;

import org.jspecify.annotations.NullMarked;
