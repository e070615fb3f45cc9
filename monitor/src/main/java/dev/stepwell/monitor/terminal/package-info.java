/// What a person sees in a terminal: the displays of `status`, and the one that lives while `demo` and `run` do.
@NullMarked
package dev.stepwell.monitor.terminal;

import org.jspecify.annotations.NullMarked;
