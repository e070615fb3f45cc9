/// Jinja's filters, tests and globals, and the methods of Python's values.
@NullMarked
package dev.stepwell.data.jinja.builtin;

import org.jspecify.annotations.NullMarked;
