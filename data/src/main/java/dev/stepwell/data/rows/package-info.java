/// Lines of files to rows, or to the reason why a line is none.
@NullMarked
package dev.stepwell.data.rows;

import org.jspecify.annotations.NullMarked;
