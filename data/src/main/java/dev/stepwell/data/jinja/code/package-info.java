/// A template compiled to a tree that can be run: names resolved to slots, statements and expressions.
@NullMarked
package dev.stepwell.data.jinja.code;

import org.jspecify.annotations.NullMarked;
