package dev.stepwell.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/// Whatever is there, with whatever clock it was made.
class RetentionPropertiesTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final long DAYS = 12;

    @Property
    void everything_is_decided_about_once_in_its_order(
            @ForAll("shelves") List<Item> items, @ForAll("policies") RetentionPolicy policy) {
        assertThat(policy.decide(items)).extracting(Decision::item).containsExactlyElementsOf(items);
    }

    @Property
    void what_is_protected_is_kept(@ForAll("shelves") List<Item> items, @ForAll("policies") RetentionPolicy policy) {
        assertThat(policy.decide(items))
                .filteredOn(d -> d.item().protection() != null)
                .allMatch(Decision::keeps);
    }

    @Property
    void deciding_again_about_what_was_kept_keeps_all_of_it(
            @ForAll("shelves") List<Item> items, @ForAll("policies") RetentionPolicy policy) {
        List<Item> kept = kept(policy.decide(items));
        assertThat(kept(policy.decide(kept))).containsExactlyElementsOf(kept);
    }

    @Property
    void what_the_budgets_keep_is_within_them(
            @ForAll("shelves") List<Item> items, @ForAll("policies") RetentionPolicy policy) {
        List<Decision> decisions = policy.decide(items);
        assertThat(bytes(decisions, d -> d.verdict() instanceof Decision.Recent))
                .isLessThanOrEqualTo(policy.recent().bytes());
        assertThat(bytes(decisions, d -> d.verdict() instanceof Decision.Daily))
                .isLessThanOrEqualTo(policy.daily().bytes());
    }

    @Property
    void a_day_keeps_at_most_one_as_the_one_of_its_day_and_none_newer_is_deleted_beside_it(
            @ForAll("shelves") List<Item> items, @ForAll("policies") RetentionPolicy policy) {
        List<Decision> decisions = policy.decide(items);
        for (Decision daily : decisions) {
            if (daily.verdict() instanceof Decision.Daily) {
                List<Decision> sameDay = decisions.stream()
                        .filter(d -> day(d.item()).equals(day(daily.item())))
                        .toList();
                assertThat(sameDay)
                        .filteredOn(d -> d.verdict() instanceof Decision.Daily)
                        .containsExactly(daily);
                assertThat(sameDay.subList(0, sameDay.indexOf(daily))).isEmpty();
            }
        }
    }

    @Property
    void recent_ones_come_before_all_that_are_deleted(
            @ForAll("shelves") List<Item> items, @ForAll("policies") RetentionPolicy policy) {
        List<Decision> decisions = policy.decide(items);
        boolean deleted = false;
        for (Decision decision : decisions) {
            deleted |= !decision.keeps();
            assertThat(deleted && decision.verdict() instanceof Decision.Recent).isFalse();
        }
    }

    @Property
    void larger_budgets_never_keep_fewer_recent_ones(
            @ForAll("shelves") List<Item> items, @ForAll("policies") RetentionPolicy policy) {
        RetentionPolicy larger = new RetentionPolicy(new Budget(policy.recent().bytes() + 10), policy.daily(), ZONE);
        assertThat(recent(larger.decide(items))).containsAll(recent(policy.decide(items)));
    }

    @Provide
    Arbitrary<RetentionPolicy> policies() {
        Arbitrary<Budget> budgets = Arbitraries.longs().between(0, 120).map(Budget::new);
        return Combinators.combine(budgets, budgets).as((recent, daily) -> new RetentionPolicy(recent, daily, ZONE));
    }

    @Provide
    Arbitrary<List<Item>> shelves() {
        Arbitrary<Long> seconds = Arbitraries.longs().between(0, DAYS * 86_400);
        Arbitrary<Long> sizes = Arbitraries.longs().between(0, 40);
        Arbitrary<@Nullable Protection> protections =
                Arbitraries.of(Protection.values()).injectNull(0.8);
        return Combinators.combine(seconds, sizes, protections)
                .as((second, size, protection) ->
                        new Item("?", Instant.parse("2026-03-01T00:00:00Z").plusSeconds(second), size, protection))
                .list()
                .ofMaxSize(30)
                .map(RetentionPropertiesTest::named);
    }

    /// Each with a name of its own, so that no two are equal.
    private static List<Item> named(List<Item> items) {
        List<Item> named = new ArrayList<>();
        for (Item item : items) {
            named.add(new Item("item-" + named.size(), item.time(), item.bytes(), item.protection()));
        }
        return named;
    }

    private static LocalDate day(Item item) {
        return LocalDate.ofInstant(item.time(), ZONE);
    }

    private static List<Item> kept(List<Decision> decisions) {
        return decisions.stream().filter(Decision::keeps).map(Decision::item).toList();
    }

    private static List<Item> recent(List<Decision> decisions) {
        return decisions.stream()
                .filter(d -> d.verdict() instanceof Decision.Recent)
                .map(Decision::item)
                .toList();
    }

    private static long bytes(List<Decision> decisions, Predicate<Decision> of) {
        return decisions.stream().filter(of).mapToLong(d -> d.item().bytes()).sum();
    }
}
