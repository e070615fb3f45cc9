/// Talks to a daemon that runs on this machine.
@NullMarked
package dev.stepwell.app.client;

import org.jspecify.annotations.NullMarked;
