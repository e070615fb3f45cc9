/// What `init` does: a model and a machine are looked at, and settings written that let one be trained on the other.
@NullMarked
package dev.stepwell.app.setup;

import org.jspecify.annotations.NullMarked;
