/// Statistics over the steps of a run, kept up step by step: what `docs/signals.md` defines.
@NullMarked
package dev.stepwell.core.signals;

import org.jspecify.annotations.NullMarked;
