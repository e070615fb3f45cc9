/// From a template's source to its tree: tokens, expressions, statements. Jinja 2's grammar, by hand.
@NullMarked
package dev.stepwell.data.jinja.syntax;

import org.jspecify.annotations.NullMarked;
