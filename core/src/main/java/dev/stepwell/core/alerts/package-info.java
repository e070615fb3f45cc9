/// What a person should see in the steps of a run, the machine and the queue: one detector for each thing,
/// and the memory of what it found. `docs/signals.md` says what each looks for.
@NullMarked
package dev.stepwell.core.alerts;

import org.jspecify.annotations.NullMarked;
