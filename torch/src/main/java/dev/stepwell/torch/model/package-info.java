/// A decoder-only transformer of the Llama family: weights, forward pass and loss.
@NullMarked
package dev.stepwell.torch.model;

import org.jspecify.annotations.NullMarked;
