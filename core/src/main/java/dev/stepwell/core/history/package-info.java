/// What was measured, step by step, kept over restarts: for charts and reports.
@NullMarked
package dev.stepwell.core.history;

import org.jspecify.annotations.NullMarked;
