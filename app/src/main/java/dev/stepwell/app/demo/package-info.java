/// What the demo tells at its end.
@NullMarked
package dev.stepwell.app.demo;

import org.jspecify.annotations.NullMarked;
