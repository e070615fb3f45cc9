package dev.stepwell.torch.testing;

import dev.stepwell.torch.Compute;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.TrainerConfig;

/// Shapes and settings small enough for tests.
public final class Tiny {
    private Tiny() {}

    /// Two layers, four query heads on two key heads, tied.
    public static ModelConfig model() {
        return ModelConfig.llama(CopyTask.VOCABULARY, 32, 48, 2, 4, 2, 32, 10_000, 1e-5, true, 0.05);
    }

    /// The same with a head of its own.
    public static ModelConfig untied() {
        return ModelConfig.llama(CopyTask.VOCABULARY, 32, 48, 2, 4, 2, 32, 10_000, 1e-5, false, 0.05);
    }

    /// Steps of 2 micro-batches of 4 rows, one thread, nothing saved or evaluated but at a file's end.
    public static TrainerConfig training() {
        return new Settings().build();
    }

    /// Settings to be changed one by one, from those of [#training].
    public static final class Settings {
        private int batchSize = 4;
        private int gradientAccumulation = 2;
        private int epochs = 1;
        private double learningRate = 3e-3;
        private int evalSteps;
        private int saveSteps;
        private int maxLength = 32;
        private double heldOutPercent;
        private int threads = 1;
        private Compute compute = Compute.DEFAULT;

        public Settings batchSize(int rows, int accumulation) {
            batchSize = rows;
            gradientAccumulation = accumulation;
            return this;
        }

        public Settings epochs(int value) {
            epochs = value;
            return this;
        }

        public Settings learningRate(double value) {
            learningRate = value;
            return this;
        }

        public Settings evalSteps(int value) {
            evalSteps = value;
            return this;
        }

        public Settings saveSteps(int value) {
            saveSteps = value;
            return this;
        }

        public Settings heldOutPercent(double value) {
            heldOutPercent = value;
            return this;
        }

        public Settings maxLength(int value) {
            maxLength = value;
            return this;
        }

        public Settings threads(int value) {
            threads = value;
            return this;
        }

        public Settings compute(Compute value) {
            compute = value;
            return this;
        }

        public TrainerConfig build() {
            return new TrainerConfig(
                    batchSize,
                    gradientAccumulation,
                    epochs,
                    learningRate,
                    10,
                    0.01,
                    1.0,
                    evalSteps,
                    2,
                    saveSteps,
                    maxLength,
                    8,
                    42,
                    heldOutPercent,
                    threads,
                    compute);
        }
    }
}
