/// What the machine is busy with while the daemon runs: processors, memory, disk, GPUs.
@NullMarked
package dev.stepwell.app.machine;

import org.jspecify.annotations.NullMarked;
