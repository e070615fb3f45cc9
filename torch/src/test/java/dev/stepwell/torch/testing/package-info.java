/// Synthetic rows and tiny models for tests.
@NullMarked
package dev.stepwell.torch.testing;

import org.jspecify.annotations.NullMarked;
