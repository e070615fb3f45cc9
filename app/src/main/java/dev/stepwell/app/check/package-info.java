/// What `check` does: reads files as training would, and says what they would teach.
@NullMarked
package dev.stepwell.app.check;

import org.jspecify.annotations.NullMarked;
