/// What Python does with text, on Java's strings: whitespace, case, numbers as text, formatting.
@NullMarked
package dev.stepwell.data.jinja.text;

import org.jspecify.annotations.NullMarked;
