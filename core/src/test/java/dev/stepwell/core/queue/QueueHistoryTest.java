package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/// Random lives of a queue, checked after every event against what the progress model promises.
class QueueHistoryTest {
    private static final AttemptMeasures NOTHING_MEASURED = new AttemptMeasures(0, null, null, null);
    private static final QueuePolicy POLICY = new QueuePolicy(2, Duration.ofSeconds(30), 3, Duplicates.HOLD);

    enum Event {
        ARRIVAL,
        BAD_ARRIVAL,
        COPY,
        CLAIM,
        COMPLETION,
        FAILURE,
        LASTING_FAILURE,
        HOLD,
        RELEASE,
        REMOVE,
        RETRY,
        TIME,
        CLOCK_SET_BACK,
        STOP,
        KILL
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.just(Event.ARRIVAL)),
                        Tuple.of(1, Arbitraries.just(Event.BAD_ARRIVAL)),
                        Tuple.of(1, Arbitraries.just(Event.COPY)),
                        Tuple.of(8, Arbitraries.just(Event.CLAIM)),
                        Tuple.of(3, Arbitraries.just(Event.COMPLETION)),
                        Tuple.of(3, Arbitraries.just(Event.FAILURE)),
                        Tuple.of(1, Arbitraries.just(Event.LASTING_FAILURE)),
                        Tuple.of(2, Arbitraries.just(Event.HOLD)),
                        Tuple.of(2, Arbitraries.just(Event.RELEASE)),
                        Tuple.of(1, Arbitraries.just(Event.REMOVE)),
                        Tuple.of(2, Arbitraries.just(Event.RETRY)),
                        Tuple.of(2, Arbitraries.just(Event.TIME)),
                        Tuple.of(1, Arbitraries.just(Event.CLOCK_SET_BACK)),
                        Tuple.of(1, Arbitraries.just(Event.STOP)),
                        Tuple.of(1, Arbitraries.just(Event.KILL)))
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    @Property(tries = 30)
    void the_place_in_the_queue_never_goes_back_and_no_file_is_lost_or_trained_twice(
            @ForAll("histories") List<Event> history, @ForAll Random random) throws IOException {
        try (Workplace place = Workplace.temporary(POLICY)) {
            Life life = new Life(place, random);
            for (Event event : history) {
                life.happen(event);
                life.check(event);
            }
            life.finish();
        }
    }

    /// A queue with what its user knows of it, who is told nothing but what the store says.
    private static final class Life {
        private final Workplace place;
        private final Random random;
        private final Map<Long, Integer> failures = new HashMap<>();
        private final Set<Long> completed = new HashSet<>();
        private @Nullable Claim current;
        private @Nullable Claim interrupted;
        private int arrived;
        private int number;
        private int size;

        Life(Workplace place, Random random) {
            this.place = place;
            this.random = random;
        }

        void happen(Event event) throws IOException {
            switch (event) {
                case ARRIVAL -> place.take("file_%d.jsonl".formatted(arrived++));
                case BAD_ARRIVAL -> drop("bad", "bad " + arrived);
                case COPY -> drop("row of file_0.jsonl", "copy");
                case CLAIM -> claim();
                case COMPLETION -> settle(Outcomes.completed(1, 1));
                case FAILURE -> settle(Outcomes.failed(1, 0));
                case LASTING_FAILURE -> settle(Outcomes.changed(1, 0));
                case HOLD ->
                    any(FileState.WAITING, FileState.INTERRUPTED).ifPresent(f -> {
                        assertThat(place.store.byHand().hold(f.id())).isTrue();
                        takenAway(f);
                    });
                case RELEASE ->
                    any(FileState.HELD)
                            .ifPresent(f -> assertThat(place.store.byHand().release(f.id()))
                                    .isTrue());
                case REMOVE -> {
                    Optional<QueuedFile> file = any(FileState.WAITING, FileState.INTERRUPTED, FileState.HELD);
                    if (file.isPresent()) {
                        assertThat(place.retirement().remove(file.get())).isTrue();
                        takenAway(file.get());
                    }
                }
                case RETRY -> {
                    Optional<QueuedFile> file = any(FileState.FAILED, FileState.REMOVED, FileState.SKIPPED)
                            .filter(f -> f.rows() != null && f.rows().plannedSteps() > 0);
                    if (file.isPresent()) {
                        FileSurvey survey = place.surveyor.survey(file.get().path(place.base));
                        assertThat(place.retirement().requeue(file.get(), survey))
                                .isTrue();
                        failures.remove(file.get().id());
                    }
                }
                case TIME -> place.clock.advance(Duration.ofSeconds(20));
                case CLOCK_SET_BACK -> place.clock.advance(Duration.ofSeconds(-50));
                case STOP -> {
                    if (current != null) {
                        place.store.settle(current, Outcomes.interrupted(1, 0, 0), NOTHING_MEASURED);
                    }
                    reopen();
                }
                case KILL -> reopen();
            }
        }

        private void drop(String row, String name) throws IOException {
            place.drop("%s_%d.jsonl".formatted(name, arrived++), row);
            place.look();
        }

        /// N and M may be smaller only after a user took away a file that waited.
        private void takenAway(QueuedFile file) {
            if (file.state() == FileState.WAITING) {
                size--;
            } else if (file.state() == FileState.INTERRUPTED) {
                interrupted = null;
            }
        }

        private Optional<QueuedFile> any(FileState... states) {
            List<QueuedFile> files = all(states);
            return files.isEmpty() ? Optional.empty() : Optional.of(files.get(random.nextInt(files.size())));
        }

        private List<QueuedFile> all(FileState... states) {
            return LongStream.rangeClosed(1, place.store.newestId())
                    .mapToObj(place.store::find)
                    .flatMap(Optional::stream)
                    .filter(f -> List.of(states).contains(f.state()))
                    .toList();
        }

        private void reopen() throws IOException {
            QueueCounts before = place.store.counts();
            boolean drained = place.store.isDrained();
            place.restart();
            assertThat(place.recover()).allMatch(r -> r.kind() == Repair.Kind.TRAINING_CUT_SHORT);
            assertThat(place.store.counts().waitingFiles()).isEqualTo(before.waitingFiles());
            assertThat(place.store.counts().waitingSteps()).isEqualTo(before.waitingSteps());
            if (drained) {
                drainEnds();
            }
            interrupted = current == null ? interrupted : current;
            current = null;
        }

        private void claim() {
            if (current != null) {
                return;
            }
            Optional<Duration> wait = place.store.untilNextReady();
            boolean drained = place.store.isDrained();
            Optional<Claim> next = place.store.claim(0, c -> {}, () -> {});
            assertThat(next.isPresent())
                    .isEqualTo(wait.isPresent() && wait.get().isZero());
            if (drained) {
                drainEnds();
            }
            next.ifPresent(this::claimed);
        }

        private void claimed(Claim claim) {
            long id = claim.file().id();
            assertThat(completed).doesNotContain(id);
            assertThat(claim.file().failures()).isEqualTo(failures.getOrDefault(id, 0));
            if (interrupted != null) {
                assertThat(claim.resumed()).isTrue();
                assertThat(claim.attemptId()).isEqualTo(interrupted.attemptId());
                assertThat(claim.number()).isEqualTo(number);
            } else {
                assertThat(claim.resumed()).isFalse();
                assertThat(claim.number()).isEqualTo(number + 1);
            }
            if (claim.file().failures() > 0 && !claim.resumed()) {
                assertThat(all(FileState.WAITING))
                        .describedAs("fresh files go before one that failed")
                        .allMatch(f -> f.failures() > 0);
            }
            number = claim.number();
            current = claim;
            interrupted = null;
        }

        /// What a status file would say now.
        void check(Event event) {
            int now = number + place.store.counts().waitingFiles();
            assertThat(now).describedAs("M after %s", event).isGreaterThanOrEqualTo(size);
            size = now;
            QueueCounts counts = place.store.counts();
            int waiting = all(FileState.WAITING).size();
            assertThat(counts.waitingFiles())
                    .describedAs("files that wait after %s", event)
                    .isEqualTo(waiting);
            assertThat(counts.waitingSteps()).isEqualTo(waiting);
            assertThat(counts.waitingTokens()).isEqualTo(waiting * (long) LineSurveyor.TOKENS_OF_A_ROW);
            assertThat(counts.sampledBytes()).isEqualTo(counts.waitingBytes());
        }

        private void settle(TrainingOutcome outcome) throws IOException {
            Claim claim = current;
            if (claim == null) {
                return;
            }
            long id = claim.file().id();
            place.retirement().trained(claim, outcome, NOTHING_MEASURED);
            FileState state = place.store.find(id).orElseThrow().state();
            switch (outcome) {
                case TrainingOutcome.Completed _ -> {
                    assertThat(state).isEqualTo(FileState.COMPLETED);
                    completed.add(id);
                }
                case TrainingOutcome.Failed failed -> {
                    int so = failures.merge(id, 1, Integer::sum);
                    boolean again = failed.type().equals("NonFiniteLoss") && so < POLICY.maxAttempts();
                    assertThat(state).isEqualTo(again ? FileState.WAITING : FileState.FAILED);
                }
                case TrainingOutcome.Interrupted _, TrainingOutcome.Skipped _, TrainingOutcome.Aborted _ ->
                    throw new AssertionError();
            }
            current = null;
        }

        private void drainEnds() {
            number = 0;
            size = 0;
        }

        void finish() throws IOException {
            settle(Outcomes.completed(1, 1));
            while (!place.store.isDrained()) {
                place.clock.advance(place.store.untilNextReady().orElseThrow());
                claim();
                settle(Outcomes.completed(1, 1));
            }
            assertThat(place.store.counts().waitingFiles()).isZero();
            assertThat(place.store.counts().waitingSteps()).isZero();
            Set<String> expected = new TreeSet<>();
            for (long id = 1; id <= place.store.newestId(); id++) {
                QueuedFile file = place.store.find(id).orElseThrow();
                assertThat(file.path(place.base)).describedAs("%s", file).isRegularFile();
                assertThat(file.state() == FileState.COMPLETED).isEqualTo(completed.contains(id));
                expected.add(file.storedName());
                if (file.state().settled()) {
                    expected.add(file.reportName());
                }
            }
            Set<String> found = new TreeSet<>(Workplace.names(place.base.queue()));
            for (Path directory : place.base.settled()) {
                found.addAll(Workplace.names(directory));
            }
            assertThat(found)
                    .describedAs("every file, with its report once it is settled")
                    .isEqualTo(expected);
        }
    }
}
