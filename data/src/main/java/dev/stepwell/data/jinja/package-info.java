/// An interpreter for the Jinja of chat templates, and of nothing else. Depends on nothing but Java.
@NullMarked
package dev.stepwell.data.jinja;

import org.jspecify.annotations.NullMarked;
