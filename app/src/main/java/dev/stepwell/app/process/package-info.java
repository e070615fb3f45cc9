/// What the operating system does with this process.
@NullMarked
package dev.stepwell.app.process;

import org.jspecify.annotations.NullMarked;
