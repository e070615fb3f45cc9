/// Tells people elsewhere of alerts: by HTTP, by a program of theirs, on a desktop.
@NullMarked
package dev.stepwell.app.notify;

import org.jspecify.annotations.NullMarked;
