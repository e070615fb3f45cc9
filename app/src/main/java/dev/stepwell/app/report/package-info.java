/// What `history` prints and `report` writes: a model's life, from its run history.
@NullMarked
package dev.stepwell.app.report;

import org.jspecify.annotations.NullMarked;
