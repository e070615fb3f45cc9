package dev.stepwell.core.daemon;

import dev.stepwell.core.control.Control;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.Duplicates;
import dev.stepwell.core.queue.FaultPoint;
import dev.stepwell.core.queue.Intake;
import dev.stepwell.core.queue.LineSurveyor;
import dev.stepwell.core.queue.QueuePolicy;
import dev.stepwell.core.queue.QueueStore;
import dev.stepwell.core.queue.Recovery;
import dev.stepwell.core.queue.Repair;
import dev.stepwell.core.queue.Retirement;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.training.FilePreparer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// A process: a daemon with all that belongs to it, on a real base directory.
final class House implements AutoCloseable {
    final BaseDirectory base;
    final QueueStore store;
    final List<Repair> repairs;
    final StatusBoard board = new StatusBoard();
    final Control control = new Control(board);
    final ScriptedTrainer trainer;
    final Daemon daemon;

    House(Path root, boolean once, FaultPoint.Observer faults, Runnable beforeStep) throws IOException {
        this(root, once, faults, beforeStep, new QueuePolicy(1, Duration.ZERO, 3, Duplicates.TRAIN));
    }

    House(Path root, boolean once, FaultPoint.Observer faults, Runnable beforeStep, QueuePolicy policy)
            throws IOException {
        InstantSource clock = InstantSource.system();
        base = new BaseDirectory(root);
        base.create();
        store = QueueStore.open(base.database(), clock, policy);
        Retirement retirement = new Retirement(base, store, new LineSurveyor(), clock, faults);
        repairs = new Recovery(base, store, new LineSurveyor(), retirement, faults).run();
        trainer = new ScriptedTrainer(base, beforeStep);
        daemon = new Daemon(
                base,
                store,
                new Intake(base, store, new LineSurveyor(), retirement, Duration.ofMinutes(10), clock, faults),
                retirement,
                trainer,
                board,
                control,
                FilePreparer.NONE,
                faults,
                once);
    }

    static House once(Path root) throws IOException {
        return new House(root, true, FaultPoint.Observer.NONE, () -> {});
    }

    /// Puts a file into the inbox that was written long ago.
    static void drop(Path root, String name, String... rows) throws IOException {
        BaseDirectory base = new BaseDirectory(root);
        base.create();
        Path aside = Files.write(root.resolve("aside"), List.of(rows));
        Files.setLastModifiedTime(aside, FileTime.from(Instant.now().minusSeconds(60)));
        Files.move(aside, base.inbox().resolve(name));
    }

    @Override
    public void close() {
        store.close();
    }
}
