/// Tensors in files of Hugging Face's safetensors format.
@NullMarked
package dev.stepwell.torch.safetensors;

import org.jspecify.annotations.NullMarked;
