/// The embedded trainer. The only module that knows libtorch.
@NullMarked
package dev.stepwell.torch;

import org.jspecify.annotations.NullMarked;
