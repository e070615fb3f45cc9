/// The command line: what can be asked, and how errors are told.
@NullMarked
package dev.stepwell.app.cli;

import org.jspecify.annotations.NullMarked;
