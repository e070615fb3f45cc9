package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettledFilesTest {
    private final TestClock clock = new TestClock();
    private final SettledFiles files = new SettledFiles(new ArrivalGroups(7));

    @Test
    void a_file_that_was_written_just_now_is_taken_when_it_has_not_changed_for_half_a_second() {
        Instant written = clock.instant();
        assertThat(observe(file("a", 10, written))).isEmpty();
        clock.advance(Duration.ofMillis(499));
        assertThat(observe(file("a", 10, written))).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(observe(file("a", 10, written))).containsExactly("a");
    }

    @Test
    void a_file_that_grows_is_not_taken() {
        for (int i = 0; i < 50; i++) {
            assertThat(observe(file("a", i, clock.instant()))).isEmpty();
            clock.advance(Duration.ofMillis(400));
        }
    }

    @Test
    void a_file_that_grows_without_a_newer_time_is_not_taken() {
        Instant future = clock.instant().plusSeconds(3_600);
        for (int i = 0; i < 5; i++) {
            assertThat(observe(file("a", i, future))).isEmpty();
            clock.advance(Duration.ofMillis(400));
        }
        clock.advance(Duration.ofMillis(200));
        assertThat(observe(file("a", 4, future))).containsExactly("a");
    }

    @Test
    void a_file_renamed_in_is_taken_at_once() {
        assertThat(observe(file("a", 10, clock.instant().minusSeconds(1)))).containsExactly("a");
    }

    @Test
    void a_settled_file_waits_a_second_at_most_for_the_rest_of_its_burst() {
        Candidate settled = file("a", 10, clock.instant().minusSeconds(1));
        assertThat(observe(settled, file("b", 1, clock.instant()))).isEmpty();
        clock.advance(Duration.ofMillis(999));
        assertThat(observe(settled, file("b", 2, clock.instant()))).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(observe(settled, file("b", 3, clock.instant()))).containsExactly("a");
    }

    @Test
    void a_clock_set_back_makes_a_file_wait_anew_and_no_longer() {
        Instant written = clock.instant();
        observe(file("a", 10, written));
        clock.advance(Duration.ofHours(-1));
        assertThat(observe(file("a", 10, written))).isEmpty();
        clock.advance(Duration.ofMillis(500));
        assertThat(observe(file("a", 10, written))).containsExactly("a");
    }

    @Test
    void a_time_beyond_every_calendar_does_no_harm() {
        Candidate odd = file("a", 10, Instant.ofEpochMilli(Long.MAX_VALUE));
        observe(odd);
        clock.advance(Duration.ofMillis(500));
        assertThat(observe(odd)).containsExactly("a");
    }

    @Test
    void files_first_seen_within_a_second_of_each_other_are_of_one_group() {
        ArrivalGroups groups = new ArrivalGroups(7);
        Instant start = clock.instant();
        assertThat(groups.of(start)).isEqualTo(8);
        assertThat(groups.of(start.plusMillis(900))).isEqualTo(8);
        assertThat(groups.of(start.plusMillis(1_900))).isEqualTo(8);
        assertThat(groups.of(start.plusMillis(2_901))).isEqualTo(9);
        assertThat(groups.of(start.plusMillis(2_500)))
                .describedAs("a clock set back a little")
                .isEqualTo(9);
        assertThat(groups.of(start.minusSeconds(3_600)))
                .describedAs("a clock set back an hour")
                .isEqualTo(10);
        assertThat(groups.of(start.minusSeconds(3_600))).isEqualTo(10);
    }

    @Test
    void a_burst_that_never_pauses_is_a_new_group_after_ten_seconds() {
        ArrivalGroups groups = new ArrivalGroups(0);
        Instant start = clock.instant();
        for (int i = 0; i <= 20; i++) {
            assertThat(groups.of(start.plusMillis(500L * i))).isEqualTo(1);
        }
        assertThat(groups.of(start.plusMillis(10_500))).isEqualTo(2);
    }

    private List<String> observe(Candidate... candidates) {
        return files.observe(List.of(candidates), clock.instant()).stream()
                .map(w -> w.candidate().name())
                .toList();
    }

    private static Candidate file(String name, long bytes, Instant modified) {
        return new Candidate(Path.of("/inbox", name), Path.of(name), bytes, modified);
    }
}
