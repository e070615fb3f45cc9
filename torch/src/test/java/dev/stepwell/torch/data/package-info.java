@NullMarked
package dev.stepwell.torch.data;

import org.jspecify.annotations.NullMarked;
