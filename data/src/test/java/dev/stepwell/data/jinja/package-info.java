@NullMarked
package dev.stepwell.data.jinja;

import org.jspecify.annotations.NullMarked;
