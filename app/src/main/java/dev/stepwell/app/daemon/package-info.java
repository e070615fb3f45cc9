/// A daemon put together: what `run` and `demo` start.
@NullMarked
package dev.stepwell.app.daemon;

import org.jspecify.annotations.NullMarked;
