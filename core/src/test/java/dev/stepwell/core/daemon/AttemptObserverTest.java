package dev.stepwell.core.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.queue.AttemptMeasures;
import dev.stepwell.core.queue.Claim;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.queue.Priority;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.queue.QueuedFile;
import dev.stepwell.core.training.TokenCount;
import dev.stepwell.core.training.TrainingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptObserverTest {
    private final List<TrainingEvent> passedOn = new ArrayList<>();

    @Test
    void it_remembers_the_first_and_the_last_loss_and_passes_everything_on() {
        AttemptObserver observer = observer(new AttemptMeasures(0, null, null, null));
        List<TrainingEvent> events =
                List.of(new TrainingEvent.FileStarted(119, 0, 3), step(1, 0, 3.5), step(2, 0, 3.0), step(3, 1, 2.5));
        events.forEach(observer::on);
        assertThat(observer.measures()).isEqualTo(new AttemptMeasures(119, 3.5, 2.5, 2));
        assertThat(passedOn).isEqualTo(events);
    }

    @Test
    void a_resumed_attempt_keeps_what_was_measured_before() {
        AttemptObserver observer = observer(new AttemptMeasures(119, 3.5, 3.0, 1));
        observer.on(new TrainingEvent.FileStarted(119, 2, 3));
        assertThat(observer.measures()).isEqualTo(new AttemptMeasures(119, 3.5, 3.0, 1));
        observer.on(step(3, 1, 2.5));
        assertThat(observer.measures()).isEqualTo(new AttemptMeasures(119, 3.5, 2.5, 2));
    }

    @Test
    void what_a_pass_computes_is_kept_beside_the_losses() {
        AttemptObserver observer = observer(new AttemptMeasures(0, null, null, null));
        TokenCount count = new TokenCount(70, 10, 20);
        observer.on(new TrainingEvent.FileStarted(119, 0, 2));
        observer.on(new TrainingEvent.TokensCounted(count, 1));
        observer.on(step(1, 0, 3.5));
        observer.on(step(2, 0, 3.0));
        assertThat(observer.measures()).isEqualTo(new AttemptMeasures(119, 3.5, 3.0, 1, count));
        assertThat(count.savedShare()).isEqualTo(0.2);
    }

    @Test
    void a_loss_that_is_no_number_is_unknown() {
        AttemptObserver observer = observer(new AttemptMeasures(0, null, null, null));
        observer.on(step(1, 0, Double.NaN));
        observer.on(step(2, 0, Double.POSITIVE_INFINITY));
        assertThat(observer.measures()).isEqualTo(new AttemptMeasures(0, null, null, 1));
    }

    private AttemptObserver observer(AttemptMeasures earlier) {
        QueuedFile file = new QueuedFile(
                1,
                "a.jsonl",
                "1__a.jsonl",
                "a.jsonl",
                4,
                Instant.EPOCH,
                FileState.TRAINING,
                Priority.NORMAL,
                Instant.EPOCH,
                0,
                null);
        return new AttemptObserver(
                new Claim(file, 1, 1, earlier.firstLoss() != null, earlier, Instant.EPOCH, 0, false, QueueCounts.NONE),
                passedOn::add);
    }

    private static TrainingEvent step(long batchStep, int epoch, double loss) {
        return new TrainingEvent.StepCompleted(batchStep, epoch, loss, 2e-4, 1.0, 100, 1_000);
    }
}
