/// Where the program's log goes: a file of bounded size, and a line to the user where something needs attention.
@NullMarked
package dev.stepwell.app.logging;

import org.jspecify.annotations.NullMarked;
