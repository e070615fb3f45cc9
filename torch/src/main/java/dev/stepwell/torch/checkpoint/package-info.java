/// Model, optimizer and position on disk: written so that a crash leaves the old or the new, checked before use.
@NullMarked
package dev.stepwell.torch.checkpoint;

import org.jspecify.annotations.NullMarked;
