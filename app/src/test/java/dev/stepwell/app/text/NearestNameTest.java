package dev.stepwell.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("demo", "run", "status", "learning_rate");

    @Test
    void an_edit_is_an_insertion_a_deletion_a_replacement_or_a_swap() {
        assertThat(NearestName.distance("", "abc")).isEqualTo(3);
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestName.distance("sttaus", "status")).isEqualTo(1);
        assertThat(NearestName.distance("DEMO", "demo")).isZero();
    }

    @Test
    void what_is_near_is_found() {
        assertThat(NearestName.of("rnu", KNOWN)).contains("run");
        assertThat(NearestName.of("learningrate", KNOWN)).contains("learning_rate");
        assertThat(NearestName.of("statsu", KNOWN)).contains("status");
    }

    @Test
    void what_is_far_is_not_guessed() {
        assertThat(NearestName.of("sun", List.of("demo", "status"))).isEmpty();
        assertThat(NearestName.of("x", KNOWN)).isEmpty();
        assertThat(NearestName.of("z".repeat(100_000), KNOWN)).isEmpty();
    }
}
