@NullMarked
package dev.stepwell.data.judge;

import org.jspecify.annotations.NullMarked;
