/// Files of rows read ahead of training: token ids, the positions to learn from, and what was refused.
@NullMarked
package dev.stepwell.data;

import org.jspecify.annotations.NullMarked;
