/// The port between the daemon and whatever trains: jobs in, events and outcomes out. Knows no native code.
@NullMarked
package dev.stepwell.core.training;

import org.jspecify.annotations.NullMarked;
