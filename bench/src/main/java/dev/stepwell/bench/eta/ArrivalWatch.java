package dev.stepwell.bench.eta;

import com.sun.management.OperatingSystemMXBean;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.DeskRequest;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.queue.FileSummary;
import dev.stepwell.core.queue.QueueReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Writes down files that come to wait, which are looked for ten times a second, and every ten seconds how busy other
/// processes keep the machine.
final class ArrivalWatch implements AutoCloseable {
    private static final DeskRequest.ListFiles COUNTED =
            new DeskRequest.ListFiles(EnumSet.of(FileState.WAITING, FileState.TRAINING, FileState.INTERRUPTED), 0);

    private final DrainTape tape;
    private final QueueReader queue;
    private final Set<Long> known = new HashSet<>();
    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final List<ScheduledFuture<?>> looks = new ArrayList<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("arrivals").factory());

    private ArrivalWatch(DrainTape tape, QueueReader queue) {
        this.tape = tape;
        this.queue = queue;
    }

    /// Begins with what waits now.
    static ArrivalWatch start(BaseDirectory base, DrainTape tape) {
        ArrivalWatch watch = new ArrivalWatch(tape, QueueReader.open(base));
        watch.looks.add(watch.executor.scheduleAtFixedRate(watch::look, 0, 100, TimeUnit.MILLISECONDS));
        watch.looks.add(watch.executor.scheduleAtFixedRate(watch::lookAtMachine, 10, 10, TimeUnit.SECONDS));
        return watch;
    }

    /// Looks at the queue. From any thread.
    synchronized void look() {
        try {
            DeskAnswer.Listing listing = (DeskAnswer.Listing) queue.answer(COUNTED);
            for (FileSummary file : listing.files()) {
                if (known.add(file.id())) {
                    tape.arrived(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lookAtMachine() {
        double all = machine.getCpuLoad();
        double own = machine.getProcessCpuLoad();
        if (all >= 0 && own >= 0) {
            tape.say(new DrainLine.Others(Math.max(0, all - own)));
        }
    }

    /// @throws IllegalStateException if looking failed, so that arrivals are missing
    @Override
    public void close() {
        executor.shutdownNow();
        executor.close();
        queue.close();
        for (ScheduledFuture<?> look : looks) {
            if (look.state() == Future.State.FAILED) {
                throw new IllegalStateException("the queue could not be watched", look.exceptionNow());
            }
        }
    }
}
