/// What the tests of several modules need. Nothing of it is part of the program.
@NullMarked
package dev.stepwell.testing;

import org.jspecify.annotations.NullMarked;
