package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {
    @TempDir
    Path root;

    private final LinkedBlockingQueue<QueueCounts> changes = new LinkedBlockingQueue<>();
    private Workplace place;
    private Intake intake;

    @BeforeEach
    void open() throws IOException {
        place = new Workplace(root);
        place.store.onChange(changes::add);
        intake = new Intake(
                place.base,
                place.store,
                place.surveyor,
                place.retirement(),
                Duration.ofMinutes(10),
                InstantSource.system(),
                FaultPoint.Observer.NONE);
    }

    @AfterEach
    void close() throws IOException {
        intake.close();
        place.close();
    }

    @Test
    void a_new_file_is_noticed_without_waiting_for_the_next_poll() throws Exception {
        LinkedBlockingQueue<Boolean> rests = new LinkedBlockingQueue<>();
        intake.onChange(() -> rests.add(true));
        intake.start();
        assertThat(rests.poll(10, TimeUnit.SECONDS)).isNotNull();
        Path folder = Files.createDirectories(place.base.inbox().resolve("high"));
        Files.writeString(folder.resolve("a.jsonl"), "row\n");
        QueueCounts counts = changes.poll(10, TimeUnit.SECONDS);
        assertThat(counts).isNotNull();
        assertThat(counts.waitingFiles()).isEqualTo(1);
        assertThat(place.claim().file().priority()).isEqualTo(Priority.HIGH);
    }

    @Test
    void it_is_drained_only_after_what_lay_in_the_inbox_can_be_claimed() throws Exception {
        LinkedBlockingQueue<Boolean> rests = new LinkedBlockingQueue<>();
        intake.onChange(() -> rests.add(true));
        Files.writeString(place.base.inbox().resolve("a.jsonl"), "row\n");
        assertThat(intake.drained()).isFalse();
        intake.start();
        while (!intake.drained()) {
            assertThat(rests.poll(10, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(place.claim().file().name()).isEqualTo("a.jsonl");
    }

    @Test
    void an_error_that_leaves_no_way_on_is_told_to_whoever_asks() throws Exception {
        LinkedBlockingQueue<Boolean> rests = new LinkedBlockingQueue<>();
        intake.onChange(() -> rests.add(true));
        place.store.close();
        Files.writeString(place.base.inbox().resolve("a.jsonl"), "row\n");
        intake.start();
        IllegalStateException told = null;
        while (told == null) {
            assertThat(rests.poll(10, TimeUnit.SECONDS)).isNotNull();
            try {
                intake.check();
            } catch (IllegalStateException e) {
                told = e;
            }
        }
        assertThat(told).hasMessageContaining("no longer taken from the inbox");
    }
}
