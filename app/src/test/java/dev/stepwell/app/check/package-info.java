@NullMarked
package dev.stepwell.app.check;

import org.jspecify.annotations.NullMarked;
