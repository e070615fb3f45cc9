@NullMarked
package dev.stepwell.data;

import org.jspecify.annotations.NullMarked;
