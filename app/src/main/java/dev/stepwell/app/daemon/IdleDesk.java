package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.DeskConnection;
import dev.stepwell.app.config.Config;
import dev.stepwell.app.config.ConfigFile;
import dev.stepwell.app.config.DaemonSettings;
import dev.stepwell.app.config.FieldSettings;
import dev.stepwell.app.config.TrainerSettings;
import dev.stepwell.app.logging.Logging;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.InstanceHeldException;
import dev.stepwell.core.io.InstanceLock;
import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.DeskRequest;
import dev.stepwell.core.queue.LocalQueueDesk;
import dev.stepwell.core.queue.QueueStore;
import dev.stepwell.data.JsonlSurveyor;
import dev.stepwell.torch.TrainerConfig;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/// The desk of this process, for a queue that no daemon has: it holds the lock, so that none can start meanwhile.
final class IdleDesk implements DeskConnection {
    private final InstanceLock lock;
    private final Logging logging;
    private final QueueStore store;
    private final LocalQueueDesk desk;

    private IdleDesk(InstanceLock lock, Logging logging, QueueStore store, LocalQueueDesk desk) {
        this.lock = lock;
        this.logging = logging;
        this.store = store;
        this.desk = desk;
    }

    /// Takes the lock and opens the queue; empty if a daemon has it.
    ///
    /// @throws dev.stepwell.app.config.ConfigException if `config.json`, which says how rows are counted, is
    ///                                                 wrong
    static Optional<DeskConnection> open(BaseDirectory base, InstantSource clock) throws IOException {
        Config config = ConfigFile.loadOrCreate(base.config());
        InstanceLock lock;
        try {
            lock = InstanceLock.acquire(base, clock);
        } catch (InstanceHeldException _) {
            return Optional.empty();
        }
        try {
            return Optional.of(opened(base, config, clock, lock));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static IdleDesk opened(BaseDirectory base, Config config, InstantSource clock, InstanceLock lock)
            throws IOException {
        base.create();
        Logging logging = Logging.start(base, _ -> {}); // What the user must know is in the answers.
        try {
            QueueStore store = QueueStore.open(
                    base.database(), clock, DaemonSettings.from(config).queue());
            TrainerConfig training = TrainerSettings.trainer(config);
            JsonlSurveyor surveyor =
                    new JsonlSurveyor(training::plannedSteps, FieldSettings.from(config), training.holdOut());
            return new IdleDesk(lock, logging, store, LocalQueueDesk.alone(base, store, surveyor, clock));
        } catch (RuntimeException e) {
            logging.close();
            throw e;
        }
    }

    @Override
    public DeskAnswer answer(DeskRequest request) throws IOException {
        return desk.answer(request);
    }

    @Override
    public void close() throws IOException {
        try (lock;
                logging) {
            store.close();
        }
    }
}
