/// What is measured, in the files of other tools: TensorBoard's, LLaMA-Factory's, and a log of the model's answers.
@NullMarked
package dev.stepwell.app.export;

import org.jspecify.annotations.NullMarked;
