/// One immutable snapshot, from which every display is rendered, and the status file that carries it elsewhere.
@NullMarked
package dev.stepwell.core.status;

import org.jspecify.annotations.NullMarked;
