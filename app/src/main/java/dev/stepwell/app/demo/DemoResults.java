package dev.stepwell.app.demo;

import dev.stepwell.core.io.BaseDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What a demo measured.
///
/// @param before         the model, before this run of the demo
/// @param after          the same model, at its end
/// @param files          files trained to their end
/// @param steps          optimizer steps of this run
/// @param training       time spent, all of it: reading, steps, previews, checkpoints
/// @param tokensPerSecond through the model, over that time
/// @param samples        held-out puzzles with the answers of the model at the end
/// @param model          folder of the newest checkpoint
/// @param base           where everything is
public record DemoResults(
        HeldOutScore before,
        HeldOutScore after,
        int files,
        long steps,
        Duration training,
        double tokensPerSecond,
        List<Sample> samples,
        Path model,
        BaseDirectory base) {

    public DemoResults {
        samples = List.copyOf(samples);
    }

    /// One puzzle and what became of it.
    ///
    /// @param question what was asked
    /// @param golden   what is right
    /// @param answer   what the model said
    public record Sample(String question, String golden, String answer) {
        boolean matches() {
            return golden.strip().equals(answer.strip());
        }
    }
}
