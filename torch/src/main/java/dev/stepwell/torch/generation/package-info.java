/// What the model says now: greedy decoding, previews during training, and its score on rows it never trained on.
@NullMarked
package dev.stepwell.torch.generation;

import org.jspecify.annotations.NullMarked;
