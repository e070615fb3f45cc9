/// Models that others have trained, in Hugging Face's folders.
@NullMarked
package dev.stepwell.torch.pretrained;

import org.jspecify.annotations.NullMarked;
