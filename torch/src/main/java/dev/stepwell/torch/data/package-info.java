/// From a line of JSON to token ids with the positions the model learns from. No libtorch here.
@NullMarked
package dev.stepwell.torch.data;

import org.jspecify.annotations.NullMarked;
