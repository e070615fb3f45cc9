package dev.stepwell.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionPolicyTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void what_fits_the_budget_is_recent_and_of_each_day_before_one_is_kept() {
        List<Decision> decisions = policy(25, 25)
                .decide(List.of(
                        item("h", "2026-03-05T10:00:00Z", 10),
                        item("g", "2026-03-05T09:00:00Z", 10),
                        item("f", "2026-03-05T08:00:00Z", 10),
                        item("e", "2026-03-04T20:00:00Z", 10),
                        item("d", "2026-03-04T10:00:00Z", 10),
                        item("c", "2026-03-03T10:00:00Z", 10),
                        item("b", "2026-03-02T10:00:00Z", 10),
                        item("a", "2026-03-01T10:00:00Z", 1)));
        assertThat(decisions)
                .extracting(d -> d.item().name() + " " + d.verdict().why())
                .containsExactly(
                        "h recent: within 25 B",
                        "g recent: within 25 B",
                        "f not recent any more, and its day keeps h",
                        "e the one of its day: within 25 B",
                        "d not recent any more, and its day keeps e",
                        "c the one of its day: within 25 B",
                        "b not recent any more, and beyond the 25 B for one a day",
                        "a not recent any more, and beyond the 25 B for one a day");
    }

    @Test
    void days_are_those_of_the_zone() {
        // Half past midnight in Berlin is still the day before in UTC.
        List<Item> items = List.of(item("b", "2026-03-04T23:30:00Z", 1), item("a", "2026-03-04T22:30:00Z", 1));
        assertThat(kept(policy(0, 10).decide(items))).containsExactly("b", "a");
        assertThat(kept(new RetentionPolicy(Budget.NOTHING, new Budget(10), ZoneId.of("UTC")).decide(items)))
                .containsExactly("b");
    }

    @Test
    void two_budgets_of_nothing_keep_only_what_is_protected() {
        List<Item> items = List.of(
                item("c", "2026-03-03T10:00:00Z", 5).protectedBy(Protection.NEWEST_VALID),
                item("b", "2026-03-02T10:00:00Z", 5),
                item("a", "2026-03-01T10:00:00Z", 5).protectedBy(Protection.SNAPSHOT_SOURCE));
        assertThat(kept(policy(0, 0).decide(items))).containsExactly("c", "a");
    }

    @Test
    void without_a_limit_everything_is_recent() {
        List<Item> items = List.of(
                item("b", "2026-03-02T10:00:00Z", Long.MAX_VALUE), item("a", "2026-03-01T10:00:00Z", Long.MAX_VALUE));
        assertThat(new RetentionPolicy(Budget.UNLIMITED, Budget.NOTHING, BERLIN).decide(items))
                .allMatch(d -> d.verdict() instanceof Decision.Recent);
    }

    private static RetentionPolicy policy(long recent, long daily) {
        return new RetentionPolicy(new Budget(recent), new Budget(daily), BERLIN);
    }

    private static Item item(String name, String time, long bytes) {
        return new Item(name, Instant.parse(time), bytes, null);
    }

    private static List<String> kept(List<Decision> decisions) {
        return decisions.stream()
                .filter(Decision::keeps)
                .map(d -> d.item().name())
                .toList();
    }
}
