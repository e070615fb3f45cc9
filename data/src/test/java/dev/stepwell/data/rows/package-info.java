@NullMarked
package dev.stepwell.data.rows;

import org.jspecify.annotations.NullMarked;
