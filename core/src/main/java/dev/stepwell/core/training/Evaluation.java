package dev.stepwell.core.training;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the model knows of some rows at one step of its life.
///
/// @param globalStep step of the weights that were asked
/// @param occasion   when in the training of a file it was
/// @param fileId     the file in training, by its id in the queue
/// @param file       its name
/// @param subject    which rows were asked
/// @param score      how it did
/// @param took       how long that took
public record Evaluation(
        long globalStep, Occasion occasion, long fileId, String file, Subject subject, Score score, Duration took) {

    /// When in the training of a file.
    public enum Occasion {
        /// Before its first step.
        BEFORE,
        /// Between two of its steps.
        DURING,
        /// After its last step.
        AFTER
    }

    /// Which rows are asked.
    public sealed interface Subject {
        /// The fixed validation set: the same rows each time, none of which is trained.
        record Fixed() implements Subject {}

        /// Rows kept of a file that was trained to its end: whether what it taught is still known.
        ///
        /// @param fileId its id in the queue
        /// @param name   as the user dropped it
        record Learnt(long fileId, String name) implements Subject {}
    }

    /// How the model did. Of a set that is larger than the time for it, the first rows are asked; which those are is
    /// in `rows` and `setRows`.
    ///
    /// @param rows             rows asked, at least 1
    /// @param setRows          rows there are
    /// @param crossEntropy     mean over all target tokens, in nats; NaN or infinite if it was
    /// @param judged           rows whose answer could be judged, of those asked
    /// @param right            of them, answers that were right
    /// @param calibrationError expected calibration error of the next token, 0 to 1: how far the probability of the
    ///                         likeliest token is from how often it is right, in 15 bins of equal width (Naeini and
    ///                         others, 2015)
    public record Score(int rows, int setRows, double crossEntropy, int judged, int right, double calibrationError) {
        /// @throws IllegalArgumentException if the counts contradict each other
        public Score {
            if (rows < 1 || rows > setRows || judged < 0 || judged > rows || right < 0 || right > judged) {
                throw new IllegalArgumentException(
                        "%d of %d rows asked, %d judged, %d right".formatted(rows, setRows, judged, right));
            }
        }

        /// Share of the judged answers that were right, 0 to 1; null if none could be judged.
        public @Nullable Double exactMatch() {
            return judged == 0 ? null : (Double) ((double) right / judged);
        }
    }
}
