/// The loop that claims a file, has it trained and puts it where it belongs.
@NullMarked
package dev.stepwell.core.daemon;

import org.jspecify.annotations.NullMarked;
