/// File system moves that a crash cannot leave half done, and the layout of the base directory.
@NullMarked
package dev.stepwell.core.io;

import org.jspecify.annotations.NullMarked;
