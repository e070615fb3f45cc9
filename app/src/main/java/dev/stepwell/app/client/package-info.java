/// Talks to daemons: to the one of a base directory on this machine, and to any that HTTP reaches.
@NullMarked
package dev.stepwell.app.client;

import org.jspecify.annotations.NullMarked;
