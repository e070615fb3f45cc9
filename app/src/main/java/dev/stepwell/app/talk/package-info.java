/// What `generate` does: a model is opened as it is on disk, and asked.
@NullMarked
package dev.stepwell.app.talk;

import org.jspecify.annotations.NullMarked;
