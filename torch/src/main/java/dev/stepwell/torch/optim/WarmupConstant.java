package dev.stepwell.torch.optim;

/// A learning rate that rises linearly over the first steps of the model's life and then stays.
///
/// @param learningRate the rate after warm-up
/// @param warmupSteps  global steps of warm-up; 0 for none
public record WarmupConstant(double learningRate, int warmupSteps) {
    /// The rate of the step that takes the model to `globalStep`, which counts from 1. The first step already moves
    /// the weights (`learningRate / warmupSteps`); step `warmupSteps` is the first at full rate.
    public double at(long globalStep) {
        return globalStep >= warmupSteps ? learningRate : learningRate * globalStep / warmupSteps;
    }
}
