/// What is kept and what is deleted, so that a disk does not fill up with the past.
@NullMarked
package dev.stepwell.core.retention;

import org.jspecify.annotations.NullMarked;
