/// Whether an answer is right: by what it says, not by who said it.
@NullMarked
package dev.stepwell.data.judge;

import org.jspecify.annotations.NullMarked;
