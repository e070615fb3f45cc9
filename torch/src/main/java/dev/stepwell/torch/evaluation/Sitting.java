package dev.stepwell.torch.evaluation;

import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingListener;
import java.io.IOException;
import java.time.Duration;

/// When something is asked, who is told of it, and who may end it.
final class Sitting {
    private final Examiner.Now now;
    private final Occasion occasion;
    private final TrainingListener listener;
    private final Interludes gate;
    private boolean begun;
    private boolean open = true;
    private double seconds;

    Sitting(Examiner.Now now, Occasion occasion, TrainingListener listener, Interludes gate) {
        this.now = now;
        this.occasion = occasion;
        this.listener = listener;
        this.gate = gate;
    }

    /// What follows is none of the time of steps.
    void begin() {
        if (!begun) {
            begun = true;
            gate.begin();
        }
    }

    /// Asks the next rows of `exam`.
    ///
    /// @return seconds that it took
    double ask(Exam exam) throws IOException {
        double began = gate.seconds();
        open = exam.askNext(gate);
        double took = gate.seconds() - began;
        seconds += took;
        return took;
    }

    /// Whether nobody wants to stop.
    boolean isOpen() {
        return open;
    }

    void end() {
        if (begun) {
            gate.end(open, seconds);
        }
    }

    void told(Subject subject, Score score, double seconds) {
        listener.on(new TrainingEvent.Evaluated(evaluation(subject, score, seconds)));
    }

    Evaluation evaluation(Subject subject, Score score, double seconds) {
        return new Evaluation(
                now.globalStep(),
                occasion,
                now.fileId(),
                now.name(),
                subject,
                score,
                Duration.ofNanos(Math.round(seconds * 1e9)));
    }
}
