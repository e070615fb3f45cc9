package dev.stepwell.core.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.control.Effect;
import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.FaultPoint;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.status.DaemonState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/// Commands at any time, in any order, some waited for and some not, against a real daemon on a real database.
class CommandSequencesTest {
    private static final int FILES = 3;
    private static final int ROWS = 7;

    /// @param untilEffect whether the next command is asked only when this one was answered
    /// @param steps       steps to let pass before, unless it is paused
    record Ask(Command command, boolean untilEffect, int steps) {}

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void every_request_gets_one_answer_and_no_file_is_taken_for_what_it_is_not(@ForAll("scripts") List<Ask> script)
            throws Exception {
        Path root = Files.createTempDirectory("commands");
        try {
            run(root, script);
        } finally {
            delete(root);
        }
    }

    private static void run(Path root, List<Ask> script) throws Exception {
        for (int file = 0; file < FILES; file++) {
            String name = "f%d.jsonl".formatted(file);
            House.drop(root, name, rows(file).toArray(String[]::new));
        }
        Semaphore steps = new Semaphore(0);
        List<Progress> seen = Collections.synchronizedList(new ArrayList<>());
        List<House> running = new ArrayList<>();
        Runnable look = () -> {
            Progress progress = running.getFirst().board.latest().progress();
            if (progress != null) {
                seen.add(progress);
            }
            steps.release();
        };
        List<Effect> answers = new ArrayList<>();
        try (House house = new House(root, true, FaultPoint.Observer.NONE, look)) {
            running.add(house);
            CompletableFuture<DaemonExit> exit = CompletableFuture.supplyAsync(house.daemon::run);
            answers.addAll(ask(house, script, steps));
            Effect last = house.control.ask(Command.RESUME).get(20, TimeUnit.SECONDS);
            assertThat(last.command()).isEqualTo(Command.RESUME);
            boolean stopped = exit.get(20, TimeUnit.SECONDS).equals(new DaemonExit.Stopped());
            assertThat(exit.get()).isIn(new DaemonExit.Stopped(), new DaemonExit.Drained());
            assertThat(house.board.latest().state()).isEqualTo(stopped ? DaemonState.STOPPED : DaemonState.COMPLETED);
            assertOnlyForward(seen);
            assertThat(house.trainer.weights()).doesNotHaveDuplicates();
        }
        finishAndCheck(root, answers);
    }

    private static List<Effect> ask(House house, List<Ask> script, Semaphore steps) throws Exception {
        List<CompletableFuture<Effect>> asked = new ArrayList<>();
        for (Ask ask : script) {
            if (house.board.latest().state() == DaemonState.TRAINING) {
                boolean _ = steps.tryAcquire(ask.steps(), 5, TimeUnit.MILLISECONDS);
            }
            CompletableFuture<Effect> answer = house.control.ask(ask.command());
            asked.add(answer);
            if (ask.untilEffect() && ask.command() != Command.STOP_AFTER_FILE) {
                answer.get(20, TimeUnit.SECONDS);
            }
        }
        // A daemon that was asked to stop after a paused file waits for ever, as it should: let it go on.
        Effect _ = house.control.ask(Command.RESUME).get(20, TimeUnit.SECONDS);
        List<Effect> effects = new ArrayList<>();
        for (CompletableFuture<Effect> answer : asked) {
            effects.add(answer.get(20, TimeUnit.SECONDS));
        }
        return effects;
    }

    /// What was left, a second process finishes; then every file must be what it says.
    private static void finishAndCheck(Path root, List<Effect> answers) throws IOException {
        try (House house = House.once(root)) {
            assertThat(house.daemon.run()).isEqualTo(new DaemonExit.Drained());
            List<String> weights = house.trainer.weights();
            assertThat(weights).doesNotHaveDuplicates();
            List<FileState> states = LongStream.rangeClosed(1, FILES)
                    .mapToObj(id -> house.store.find(id).orElseThrow().state())
                    .toList();
            assertThat(states).allMatch(s -> s == FileState.COMPLETED || s == FileState.SKIPPED);
            for (int file = 0; file < FILES; file++) {
                if (states.get(file) == FileState.COMPLETED) {
                    assertThat(weights).containsAll(rows(file));
                } else {
                    assertThat(weights).doesNotContain(rows(file).getLast());
                }
            }
            boolean skipped = answers.stream().anyMatch(e -> e instanceof Effect.Done && e.command() == Command.SKIP);
            assertThat(states.contains(FileState.SKIPPED)).isEqualTo(skipped);
        }
    }

    private static void assertOnlyForward(List<Progress> seen) {
        for (int i = 1; i < seen.size(); i++) {
            assertThat(seen.get(i).batchNumber())
                    .isGreaterThanOrEqualTo(seen.get(i - 1).batchNumber());
            assertThat(seen.get(i).batchQueueSize()).isEqualTo(FILES);
            assertThat(seen.get(i).currentStep())
                    .isGreaterThanOrEqualTo(seen.get(i - 1).currentStep());
        }
    }

    private static List<String> rows(int file) {
        return IntStream.range(0, ROWS).mapToObj(row -> file + "." + row).toList();
    }

    @Provide
    Arbitrary<List<Ask>> scripts() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(5, Command.PAUSE),
                                Tuple.of(5, Command.RESUME),
                                Tuple.of(3, Command.SKIP),
                                Tuple.of(1, Command.STOP),
                                Tuple.of(1, Command.STOP_AFTER_FILE)),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 4))
                .as(Ask::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
