/// Files on their way from the inbox to the archive, and the database that remembers them.
@NullMarked
package dev.stepwell.core.queue;

import org.jspecify.annotations.NullMarked;
