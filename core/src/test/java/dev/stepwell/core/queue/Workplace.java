package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real base directory with a real database, as a process would have it. [#restart] is what a new process finds.
public final class Workplace implements AutoCloseable {
    public final BaseDirectory base;
    public final TestClock clock = new TestClock();
    public final LineSurveyor surveyor = new LineSurveyor();
    public QueueStore store;
    private Inbox inbox;
    private final QueuePolicy policy;
    private final boolean ours;

    public Workplace(Path root) throws IOException {
        this(root, new QueuePolicy(1, Duration.ZERO, 3, Duplicates.TRAIN));
    }

    Workplace(Path root, QueuePolicy policy) throws IOException {
        this(root, policy, false);
    }

    private Workplace(Path root, QueuePolicy policy, boolean ours) throws IOException {
        base = new BaseDirectory(root);
        base.create();
        this.policy = policy;
        this.ours = ours;
        store = QueueStore.open(base.database(), clock, policy);
        inbox = newInbox(FaultPoint.Observer.NONE);
    }

    /// One that removes itself, for properties.
    static Workplace temporary(QueuePolicy policy) throws IOException {
        return new Workplace(Files.createTempDirectory("stepwell-test"), policy, true);
    }

    private Inbox newInbox(FaultPoint.Observer faults) {
        Retirement retirement = new Retirement(base, store, surveyor, clock, faults);
        Taking taking = new Taking(base, store, surveyor, retirement, faults);
        SettledFiles settled = new SettledFiles(new ArrivalGroups(store.newestArrivalGroup()));
        return new Inbox(base.inbox(), taking, settled, clock);
    }

    Retirement retirement() {
        return new Retirement(base, store, surveyor, clock, FaultPoint.Observer.NONE);
    }

    void observe(FaultPoint.Observer faults) {
        inbox = newInbox(faults);
    }

    Inbox inbox() {
        return inbox;
    }

    /// Closes the database and opens it again; nothing in memory is kept.
    void restart() {
        store.close();
        store = QueueStore.open(base.database(), clock, policy);
        inbox = newInbox(FaultPoint.Observer.NONE);
    }

    List<Repair> recover() throws IOException {
        return new Recovery(base, store, surveyor, retirement(), FaultPoint.Observer.NONE).run();
    }

    /// Puts a file that was written long ago into the inbox.
    public Path drop(String name, String... rows) throws IOException {
        Path file = base.inbox().resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(rows));
        Files.setLastModifiedTime(file, FileTime.from(clock.instant().minusSeconds(60)));
        return file;
    }

    /// Looks into the inbox once.
    Inbox.Look look() throws IOException {
        return inbox.look();
    }

    /// Drops files of one row each and takes them.
    void take(String... names) throws IOException {
        for (String name : names) {
            drop(name, "row of " + name);
        }
        look();
    }

    Claim claim() {
        return store.claim(0, c -> {}, () -> {}).orElseThrow();
    }

    /// Asks for a claim where none can be had.
    void claimNothing() {
        assertThat(store.claim(0, c -> {}, () -> {})).isEmpty();
    }

    /// Takes what lies in the inbox on this thread, telling `faults` of every point.
    public void takeAll(FaultPoint.Observer faults) throws IOException {
        observe(faults);
        look();
    }

    public static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
        if (ours) {
            Files.walkFileTree(base.root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }
}
