package dev.stepwell.core.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.FaultPoint;
import dev.stepwell.core.queue.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a process that dies at any of the named points leaves behind, another one finishes.
///
/// At each point the whole base directory is copied as it lies on disk, which is what `kill -9` there would leave; a
/// new daemon then starts on every copy.
class CrashPointsTest {
    private static final List<String> ALL = List.of("1", "2", "3", "4", "5", "6", "7");

    @TempDir
    Path root;

    private record Copy(FaultPoint point, Path root) {}

    @Test
    void whatever_a_crash_leaves_the_next_start_finishes_without_losing_or_repeating_a_row() throws IOException {
        Path first = root.resolve("first");
        List<Copy> copies = new ArrayList<>();
        FaultPoint.Observer copier = point -> copies.add(copy(first, point, copies.size()));
        try (Workplace place = new Workplace(first)) { // On this thread, so that nothing moves while it is copied.
            place.drop("a.jsonl", "1", "2", "3", "4", "5");
            place.drop("b.jsonl", "6", "NaN");
            place.drop("c.jsonl", "bad");
            place.drop("d.jsonl", "6", "7");
            place.takeAll(copier);
            assertThat(Workplace.names(place.base.inbox())).isEmpty();
        }
        try (House house = new House(first, true, copier, () -> {})) {
            assertThat(house.daemon.run()).isEqualTo(new DaemonExit.Drained());
            assertThat(house.trainer.weights()).isEqualTo(ALL);
        }
        Set<FaultPoint> reached = EnumSet.noneOf(FaultPoint.class);
        copies.forEach(c -> reached.add(c.point()));
        assertThat(reached).containsExactlyInAnyOrder(FaultPoint.values());
        for (Copy copy : copies) {
            finishes(copy);
        }
    }

    private static void finishes(Copy copy) throws IOException {
        List<Progress> seen = new ArrayList<>();
        List<House> running = new ArrayList<>();
        Runnable look = () -> {
            Progress progress = running.getFirst().board.latest().progress();
            if (progress != null) {
                seen.add(progress);
            }
        };
        try (House house = new House(copy.root(), true, FaultPoint.Observer.NONE, look)) {
            running.add(house);
            assertThat(house.daemon.run()).describedAs("after %s", copy).isEqualTo(new DaemonExit.Drained());
            assertThat(house.trainer.weights()).describedAs("after %s", copy).isEqualTo(ALL);
            assertThat(Workplace.names(house.base.archive()))
                    .describedAs("after %s", copy)
                    .satisfiesExactly(
                            f -> assertThat(f).endsWith("__a.jsonl"),
                            f -> assertThat(f).endsWith("__a.jsonl.report.json"),
                            f -> assertThat(f).endsWith("__d.jsonl"),
                            f -> assertThat(f).endsWith("__d.jsonl.report.json"));
            assertThat(Workplace.names(house.base.failed()).stream().filter(f -> !f.endsWith(".report.json")))
                    .describedAs("after %s", copy)
                    .satisfiesExactlyInAnyOrder(
                            f -> assertThat(f).endsWith("__b.jsonl"),
                            f -> assertThat(f).endsWith("__c.jsonl"));
            assertThat(Workplace.names(house.base.queue())).isEmpty();
            assertThat(Workplace.names(house.base.inbox())).isEmpty();
            assertThat(seen).allMatch(p -> p.batchQueueSize() == 3);
        }
    }

    private Copy copy(Path from, FaultPoint point, int index) {
        Path to = root.resolve("copy-%02d-%s".formatted(index, point));
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Copy(point, to);
    }
}
