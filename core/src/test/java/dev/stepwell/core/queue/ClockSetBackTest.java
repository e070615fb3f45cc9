package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A machine whose clock jumps a day back, as one does that first hears of the right time an hour after it
/// started.
class ClockSetBackTest {
    private static final Duration A_DAY_BACK = Duration.ofDays(-1);
    private static final AttemptMeasures MEASURES = new AttemptMeasures(0, null, null, null);

    @TempDir
    Path root;

    private Workplace place;

    @BeforeEach
    void open() throws IOException {
        place = new Workplace(root);
    }

    @AfterEach
    void close() throws IOException {
        place.close();
    }

    @Test
    void files_are_trained_in_the_order_in_which_they_came_whatever_the_clock_says() throws IOException {
        place.take("c.jsonl");
        place.clock.advance(A_DAY_BACK);
        place.take("b.jsonl");
        place.clock.advance(Duration.ofMinutes(1));
        place.take("a.jsonl");
        assertThat(place.claim().file().name()).isEqualTo("c.jsonl");
        assertThat(place.claim().file().name()).isEqualTo("b.jsonl");
        assertThat(place.claim().file().name()).isEqualTo("a.jsonl");
    }

    @Test
    void the_drain_goes_on_and_neither_n_nor_m_goes_back_even_over_a_restart() throws IOException {
        place.take("a.jsonl");
        place.clock.advance(Duration.ofMinutes(1));
        place.take("b.jsonl");
        Claim first = place.claim();
        assertThat(first.number()).isEqualTo(1);
        assertThat(first.queueSize()).isEqualTo(2);
        place.clock.advance(A_DAY_BACK);
        place.restart();
        assertThat(place.recover()).hasSize(1);
        assertThat(place.claim().number()).isEqualTo(1);
        Claim second = place.claim();
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.queueSize()).isEqualTo(2);
    }

    @Test
    void no_duration_in_a_report_is_negative() throws IOException {
        place.take("a.jsonl");
        Claim claim = place.claim();
        place.clock.advance(A_DAY_BACK);
        new Retirement(place.base, place.store, place.surveyor, place.clock, FaultPoint.Observer.NONE)
                .trained(claim, Outcomes.completed(1, 1), MEASURES);
        JsonNode report = JsonMapper.shared()
                .readTree(Files.readString(place.base.archive().resolve("1__a.jsonl.report.json")));
        assertThat(report.get("training").get("duration_seconds").asDouble()).isZero();
    }
}
