/// What `doctor` examines: the same as recovery would repair, the checkpoints, the disk, the clock and the
/// machine.
@NullMarked
package dev.stepwell.app.doctor;

import org.jspecify.annotations.NullMarked;
