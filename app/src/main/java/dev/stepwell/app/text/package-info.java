/// Small helpers for text that people read.
@NullMarked
package dev.stepwell.app.text;

import org.jspecify.annotations.NullMarked;
