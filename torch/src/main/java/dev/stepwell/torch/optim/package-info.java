/// From gradients to new weights: learning rate, clipping, AdamW.
@NullMarked
package dev.stepwell.torch.optim;

import org.jspecify.annotations.NullMarked;
