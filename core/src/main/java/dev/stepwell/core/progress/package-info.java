/// Where training is: the numbers of DESIGN's three levels (file, queue, cumulative) and the time that is left.
@NullMarked
package dev.stepwell.core.progress;

import org.jspecify.annotations.NullMarked;
