/// What a user asks of a running daemon, and how it is answered when it has taken effect.
@NullMarked
package dev.stepwell.core.control;

import org.jspecify.annotations.NullMarked;
