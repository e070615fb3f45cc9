package dev.stepwell.core.status;

import dev.stepwell.core.alerts.Alarms;
import dev.stepwell.core.alerts.AlertThresholds;
import dev.stepwell.core.status.StatusSnapshot.Limits;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent.PreviewGenerated;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Values that tests share.
final class Fixtures {
    static final Duration HEARTBEAT = Duration.ofSeconds(1);
    static final ProcessIdentity PROCESS = new ProcessIdentity(4711, "boot", Instant.parse("2026-01-02T03:00:00Z"));
    static final Limits LIMITS = new Limits(64, 512);

    private Fixtures() {}

    static StepCompleted step(long batchStep) {
        return step(batchStep, 1.0 / batchStep);
    }

    static StepCompleted step(long batchStep, double loss) {
        return new StepCompleted(batchStep, 0, loss, 2e-4, 0.5, 1_000, 100_000_000);
    }

    static PreviewGenerated preview(long globalStep, String answer) {
        return new PreviewGenerated(
                new Preview(globalStep, "system", "prompt", "golden", answer, answer.equals("golden")));
    }

    static StatusFeed feed(StatusBoard board, ManualTime time, StatusFeed.Sink sink, Outage outage) {
        return new StatusFeed(
                board,
                new SnapshotAssembler(
                        PROCESS,
                        LIMITS,
                        board.steps(),
                        new Recording(() -> Recorder.NOBODY),
                        new Alarms(AlertThresholds.DEFAULT)),
                time,
                HEARTBEAT,
                sink,
                outage,
                new SamplePace(() -> 0),
                time.nanos());
    }

    static Outage outage() {
        return new Outage(Path.of("training_status.json"));
    }

    /// A feed over `board` and all it has written.
    record Recorded(StatusFeed feed, List<StatusDocument> written, ManualTime time) {
        static Recorded of(StatusBoard board, ManualTime time) {
            List<StatusDocument> written = new ArrayList<>();
            return new Recorded(
                    Fixtures.feed(board, time, (document, _) -> written.add(document), outage()), written, time);
        }

        void tick() {
            feed.tick(time.nanos());
        }

        void tickAfter(Duration pause) {
            time.advance(pause);
            tick();
        }

        /// What would be written now.
        StatusDocument newest() {
            feed.flush(time.nanos());
            return StatusDocument.of(feed.latest(), time.instant());
        }

        StatusDocument last() {
            return written.getLast();
        }
    }
}
