@NullMarked
package dev.stepwell.monitor;

import org.jspecify.annotations.NullMarked;
