package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/// Random lives of a queue, checked after every event against what the progress model promises.
class QueueHistoryTest {
    enum Event {
        ARRIVAL,
        BAD_ARRIVAL,
        CLAIM,
        COMPLETION,
        FAILURE,
        STOP,
        KILL
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.just(Event.ARRIVAL)),
                        Tuple.of(1, Arbitraries.just(Event.BAD_ARRIVAL)),
                        Tuple.of(4, Arbitraries.just(Event.CLAIM)),
                        Tuple.of(3, Arbitraries.just(Event.COMPLETION)),
                        Tuple.of(1, Arbitraries.just(Event.FAILURE)),
                        Tuple.of(1, Arbitraries.just(Event.STOP)),
                        Tuple.of(1, Arbitraries.just(Event.KILL)))
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }

    @Property(tries = 20)
    void the_place_in_the_queue_never_goes_back_and_no_file_is_lost_or_trained_twice(
            @ForAll("histories") List<Event> history) throws IOException {
        try (Workplace place = Workplace.temporary()) {
            Life life = new Life(place);
            for (Event event : history) {
                life.happen(event);
            }
            life.finish();
        }
    }

    private static final class Life {
        private final Workplace place;
        private final List<Long> claimed = new ArrayList<>();
        private final Set<Long> settled = new HashSet<>();
        private @Nullable Claim current;
        private boolean mayResume;
        private int arrived;
        private int bad;
        private int number;
        private int size;

        Life(Workplace place) {
            this.place = place;
        }

        void happen(Event event) throws IOException {
            switch (event) {
                case ARRIVAL -> {
                    place.take("file_%d.jsonl".formatted(arrived++));
                    check();
                }
                case BAD_ARRIVAL -> {
                    place.drop("bad_%d.jsonl".formatted(bad++), "bad");
                    place.look();
                    check();
                }
                case CLAIM -> claim();
                case COMPLETION -> settle(true);
                case FAILURE -> settle(false);
                case STOP -> {
                    if (current != null) {
                        place.store.settle(
                                current, Outcomes.interrupted(1, 0, 0), new AttemptMeasures(0, null, null, null));
                        current = null;
                        mayResume = true;
                    }
                    reopen();
                }
                case KILL -> {
                    mayResume |= current != null;
                    current = null;
                    reopen();
                }
            }
        }

        private void reopen() throws IOException {
            QueueCounts before = place.store.counts();
            if (place.store.isDrained()) {
                drainEnds();
            }
            place.restart();
            place.recover();
            assertThat(place.store.counts().waitingFiles()).isEqualTo(before.waitingFiles());
            assertThat(place.store.counts().waitingSteps()).isEqualTo(before.waitingSteps());
        }

        private void claim() {
            if (current != null) {
                return;
            }
            boolean expected = mayResume;
            Optional<Claim> next = place.store.claim(0, c -> {}, () -> {});
            if (next.isEmpty()) {
                drainEnds();
            }
            next.ifPresent(claim -> {
                assertThat(claim.resumed()).isEqualTo(expected);
                if (claim.resumed()) {
                    assertThat(claim.file().id()).isEqualTo(claimed.getLast());
                    assertThat(claim.number()).isEqualTo(number);
                } else {
                    assertThat(claimed).doesNotContain(claim.file().id());
                    claimed.add(claim.file().id());
                    assertThat(claim.number()).isEqualTo(number + 1);
                }
                assertThat(claim.queueSize()).isGreaterThanOrEqualTo(size);
                number = claim.number();
                size = claim.queueSize();
                mayResume = false;
                current = claim;
            });
        }

        private void check() {
            if (current != null) {
                int now = current.number() + place.store.counts().waitingFiles();
                assertThat(now).isGreaterThanOrEqualTo(size);
                size = now;
            }
        }

        private void settle(boolean well) throws IOException {
            Claim claim = current;
            if (claim == null) {
                return;
            }
            new Retirement(place.base, place.store, place.clock, FaultPoint.Observer.NONE)
                    .trained(
                            claim,
                            well ? Outcomes.completed(1, 1) : Outcomes.failed(1, 0),
                            new AttemptMeasures(0, null, null, null));
            settled.add(claim.file().id());
            current = null;
        }

        private void drainEnds() {
            number = 0;
            size = 0;
        }

        void finish() throws IOException {
            settle(true);
            while (!place.store.isDrained()) {
                claim();
                settle(true);
            }
            assertThat(settled).hasSize(arrived).containsExactlyInAnyOrderElementsOf(claimed);
            assertThat(place.store.counts().waitingFiles()).isZero();
            assertThat(place.store.counts().waitingSteps()).isZero();
            int files = Workplace.names(place.base.archive()).size()
                    + Workplace.names(place.base.failed()).size();
            assertThat(files).describedAs("every file with its report").isEqualTo(2 * (arrived + bad));
            assertThat(Workplace.names(place.base.queue())).isEmpty();
        }
    }
}
