/// The real daemon under faults: killed at every named moment and at random ones, with broken disks and hostile
/// files.
@NullMarked
package dev.stepwell.app.faults;

import org.jspecify.annotations.NullMarked;
