/// What a user asks of a running training, obeyed between two steps.
@NullMarked
package dev.stepwell.core.control;

import org.jspecify.annotations.NullMarked;
