@NullMarked
package dev.stepwell.data.tokens;

import org.jspecify.annotations.NullMarked;
