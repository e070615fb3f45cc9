/// What the model knows: of rows that are never trained, and of those it was taught before.
@NullMarked
package dev.stepwell.torch.evaluation;

import org.jspecify.annotations.NullMarked;
