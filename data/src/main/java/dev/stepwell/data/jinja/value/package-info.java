/// What expressions are worth: Python's values and the operators on them, with the budget they are charged to.
@NullMarked
package dev.stepwell.data.jinja.value;

import org.jspecify.annotations.NullMarked;
