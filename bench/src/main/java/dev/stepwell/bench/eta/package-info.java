/// Recorded drains, and how well the time left is told when they are replayed.
@NullMarked
package dev.stepwell.bench.eta;

import org.jspecify.annotations.NullMarked;
