@NullMarked
package dev.stepwell.core;

import org.jspecify.annotations.NullMarked;
