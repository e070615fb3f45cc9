package dev.stepwell.core.history;

import java.util.Arrays;
import java.util.Optional;

/// What can be drawn over the steps.
public enum Metric {
    /// Mean cross-entropy over a step's target tokens, in nats.
    LOSS("loss", "loss"),
    LEARNING_RATE("learning_rate", "learning_rate"),
    /// L2 norm of all gradients before clipping.
    GRADIENT_NORM("gradient_norm", "gradient_norm"),
    STEPS_PER_SECOND("steps_per_sec", "1e9 / nanos"),
    TOKENS_PER_SECOND("tokens_per_sec", "tokens * 1e9 / nanos"),
    /// Share of the previews of a process that were right so far, in percent. One value for each preview.
    ACCURACY("accuracy_percent", "value");

    private final String word;
    private final String expression;

    Metric(String word, String expression) {
        this.word = word;
        this.expression = expression;
    }

    /// As it is called in JSON.
    public String word() {
        return word;
    }

    /// In SQL, over a row of `step`, or of `mark` for [#ACCURACY].
    String expression() {
        return expression;
    }

    public static Optional<Metric> of(String word) {
        return Arrays.stream(values())
                .filter(metric -> metric.word.equals(word))
                .findFirst();
    }
}
