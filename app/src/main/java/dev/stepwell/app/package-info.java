@NullMarked
package dev.stepwell.app;

import org.jspecify.annotations.NullMarked;
