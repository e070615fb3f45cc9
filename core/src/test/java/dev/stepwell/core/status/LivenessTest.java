package dev.stepwell.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.status.Liveness.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LivenessTest {
    private static final Instant HEARTBEAT = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @EnumSource
    void aFreshHeartbeatMeansTheFileIsRight(DaemonState state) {
        assertThat(after(Duration.ofSeconds(2), state, 1).verdict().name()).isEqualTo(state.name());
    }

    @ParameterizedTest
    @EnumSource
    void anOldOneMeansGoneUnlessTheProcessSaidGoodbye(DaemonState state) {
        Liveness liveness = after(Duration.ofMinutes(3), state, 1);

        assertThat(liveness.verdict().name()).isEqualTo(state.alive() ? "GONE" : state.name());
        assertThat(liveness.silence()).isEqualTo(Duration.ofMinutes(3));
    }

    @ParameterizedTest
    @CsvSource({"4.9,0.1,TRAINING", "5.1,0.1,GONE", "49,10,TRAINING", "51,10,GONE"})
    void patienceIsFiveIntervalsButNotBelowFiveSeconds(double silence, double interval, Verdict verdict) {
        assertThat(after(Duration.ofMillis((long) (silence * 1e3)), DaemonState.TRAINING, interval)
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void aClockThatIsALittleAheadDoesNotMatterAndOneFarAheadProvesNothing() {
        assertThat(after(Duration.ofSeconds(-30), DaemonState.IDLE, 1))
                .isEqualTo(new Liveness(Verdict.IDLE, Duration.ZERO));
        assertThat(after(Duration.ofHours(-1), DaemonState.IDLE, 1).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void withoutAFileNothingEverStartedAndAForeignFileSaysNothing() {
        assertThat(Liveness.of(new StatusReading.Missing(), HEARTBEAT).verdict())
                .isEqualTo(Verdict.NEVER_STARTED);
        assertThat(Liveness.of(new StatusReading.Foreign("not JSON"), HEARTBEAT).verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void theWordOfAFileWithoutHeartbeatsIsTaken() {
        var reading = StatusReader.parse("{\"status\": \"training\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(Liveness.of(reading, HEARTBEAT)).isEqualTo(new Liveness(Verdict.TRAINING, null));
    }

    private static Liveness after(Duration silence, DaemonState state, double interval) {
        String json = """
                {"status": "%s", "schema_version": 1, "heartbeat_at": "%s", "heartbeat_interval_s": %s}""".formatted(state.word(), HEARTBEAT, interval);
        return Liveness.of(StatusReader.parse(json.getBytes(StandardCharsets.UTF_8)), HEARTBEAT.plus(silence));
    }
}
