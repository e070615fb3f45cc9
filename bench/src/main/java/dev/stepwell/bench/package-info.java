@NullMarked
package dev.stepwell.bench;

import org.jspecify.annotations.NullMarked;
