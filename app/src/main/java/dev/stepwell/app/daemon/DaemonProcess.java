package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations.Place;
import dev.stepwell.app.cli.Version;
import dev.stepwell.app.config.ConfigException;
import dev.stepwell.app.config.DaemonSettings;
import dev.stepwell.app.config.EvaluationSettings;
import dev.stepwell.app.config.RetentionSettings;
import dev.stepwell.app.config.TrainerSettings;
import dev.stepwell.app.config.WebSettings;
import dev.stepwell.app.machine.MachineWatch;
import dev.stepwell.core.alerts.Alarms;
import dev.stepwell.core.alerts.AlertThresholds;
import dev.stepwell.core.control.Control;
import dev.stepwell.core.control.ControlFiles;
import dev.stepwell.core.daemon.Daemon;
import dev.stepwell.core.daemon.DaemonExit;
import dev.stepwell.core.history.RunHistory;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.InstanceHeldException;
import dev.stepwell.core.io.InstanceLock;
import dev.stepwell.core.queue.Intake;
import dev.stepwell.core.queue.LocalQueueDesk;
import dev.stepwell.core.queue.PastAttempt;
import dev.stepwell.core.queue.QueueStore;
import dev.stepwell.core.queue.Recovery;
import dev.stepwell.core.queue.Retirement;
import dev.stepwell.core.retention.Housekeeper;
import dev.stepwell.core.status.Failure;
import dev.stepwell.core.status.Recorder;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.status.StatusPublisher;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.Trainer;
import dev.stepwell.data.JsonlDataReader;
import dev.stepwell.data.ReadAhead;
import dev.stepwell.monitor.metrics.MetricsText;
import dev.stepwell.monitor.metrics.WorkMetrics;
import dev.stepwell.monitor.terminal.LiveDisplay;
import dev.stepwell.monitor.web.Dashboard;
import dev.stepwell.monitor.web.Route;
import dev.stepwell.monitor.web.Sessions;
import dev.stepwell.monitor.web.Site;
import dev.stepwell.monitor.web.StatusStream;
import dev.stepwell.monitor.web.Uploads;
import dev.stepwell.torch.TorchRuntime;
import dev.stepwell.torch.TorchTrainer;
import dev.stepwell.torch.TrainerConfig;
import dev.stepwell.torch.checkpoint.CheckpointStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// One daemon: every part made, in the order in which they depend on each other, run on the calling thread, and closed
/// in the reverse order.
///
/// The status file is there from the first moment, so that whatever fails while the parts are made is seen there too.
public final class DaemonProcess {
    /// So often is looked whether a snapshot is due where nothing is trained.
    private static final Duration HOUSEKEEPING_INTERVAL = Duration.ofMinutes(1);

    private final Place place;
    private final FaultObservers faults;
    private final InstantSource clock = InstantSource.system();
    private final WorkMetrics work = new WorkMetrics();

    public DaemonProcess(Place place) {
        this(place, FaultObservers.NONE);
    }

    /// @param faults told of every moment at which a crash must lose nothing
    DaemonProcess(Place place, FaultObservers faults) {
        this.place = place;
        this.faults = faults;
    }

    /// What a caller adds to the daemon.
    public interface Extension {
        /// The base directory is this process's, and nothing has looked into it yet.
        default void prepare(BaseDirectory base) throws IOException {}

        /// The trainer that the daemon is to use; `trainer`, or one around it.
        default Trainer around(TorchTrainer trainer, JsonlDataReader reader) {
            return trainer;
        }
    }

    /// Runs until there is a reason to end.
    ///
    /// @param once whether to end when inbox and queue are empty
    /// @throws CliException if another process has the base directory
    public DaemonExit run(boolean once, Extension extension) throws IOException {
        BaseDirectory base = place.base();
        DaemonSettings settings = DaemonSettings.from(place.config());
        String version = Version.number();
        try (InstanceLock _ = lock(base)) {
            StatusBoard board = new StatusBoard();
            ProcessIdentity self = new ProcessIdentity(
                    ProcessHandle.current().pid(), UUID.randomUUID().toString(), clock.instant());
            StatusPublisher publisher = new StatusPublisher(
                    board, self, settings.limits(), base.statusFile(), new Alarms(AlertThresholds.DEFAULT));
            // The display draws a last picture when it is closed: of the last state, published by then. The history is
            // closed last, because the publisher tells it of the last steps.
            try (RunHistory history = opened(() -> history(board, self, version), board, publisher);
                    Outlets outlets = opened(() -> Outlets.open(place, board, self, clock), board, publisher);
                    LiveDisplay display = LiveDisplay.open(publisher::document, clock);
                    publisher) {
                publisher.record(Recorder.both(Recorder.both(history, outlets.exports()), new WorkRecorder(work)));
                publisher.watch(outlets.watcher());
                place.logging().redirect(display::printAbove);
                display.printAbove("Files named *.jsonl or *.json are taken from %s. Ctrl-C stops at the next step."
                        .formatted(base.inbox()));
                return work(once, extension, new Watched(board, publisher, history, self, outlets), display);
            } finally {
                place.logging().redirect(line -> {
                    place.out().println(line);
                    place.out().flush();
                });
            }
        }
    }

    private RunHistory history(StatusBoard board, ProcessIdentity self, String version) {
        return RunHistory.open(
                place.base().history(),
                new RunHistory.Keeping(
                        self, version, DaemonSettings.from(place.config()).historyBudgetBytes()),
                new HistoryAlert(board));
    }

    /// What `opening` makes. Where it cannot, the status says so, and nothing is written any more.
    private static <T> T opened(Supplier<T> opening, StatusBoard board, StatusPublisher publisher) {
        try {
            return opening.get();
        } catch (RuntimeException e) {
            board.crashed(Failure.of(e));
            publisher.close();
            throw e;
        }
    }

    private InstanceLock lock(BaseDirectory base) throws IOException {
        try {
            return InstanceLock.acquire(base, clock);
        } catch (InstanceHeldException e) {
            throw new CliException(
                    ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), "stop it first or name another --base-dir");
        }
    }

    /// Where what happens is shown and kept, as which process, and what leaves the daemon by itself.
    private record Watched(
            StatusBoard board, StatusPublisher publisher, RunHistory history, ProcessIdentity self, Outlets outlets) {}

    private DaemonExit work(boolean once, Extension extension, Watched watched, LiveDisplay display)
            throws IOException {
        try {
            extension.prepare(place.base());
            return daemon(once, extension, watched, display);
        } catch (IOException | RuntimeException | Error e) {
            watched.board().crashed(failure(e));
            throw e;
        }
    }

    /// In the status file as well, what the user can change has the name of that, and not of a class.
    private static Failure failure(Throwable cause) {
        return switch (cause) {
            case ConfigException e -> new Failure("ConfigurationError", String.valueOf(e.getMessage()));
            case CliException e
            when e.exitCode() == ExitCode.USAGE -> new Failure("ConfigurationError", String.valueOf(e.getMessage()));
            case CliException e -> new Failure("Unavailable", String.valueOf(e.getMessage()));
            default -> Failure.of(cause);
        };
    }

    private DaemonExit daemon(boolean once, Extension extension, Watched watched, LiveDisplay display)
            throws IOException {
        BaseDirectory base = place.base();
        StatusBoard board = watched.board();
        DaemonSettings settings = DaemonSettings.from(place.config());
        WebSettings web = WebSettings.from(place.config(), place.base().root());
        TrainerConfig trainerConfig = TrainerSettings.trainer(place.config());
        Control control = new Control(board);
        Sessions sessions = Sessions.open(base, clock);
        Optional<StatusStream> stream =
                place.web() ? Optional.of(new StatusStream(watched.self().bootId())) : Optional.empty();
        ServiceStatus told = serviceStatus(watched, stream);
        try (QueueStore store = QueueStore.open(base.database(), clock, settings.queue());
                RowReading reading = RowReading.open(place.config(), base, trainerConfig);
                TorchRuntime.Loading natives = TorchRuntime.load();
                StopSignals _ = new StopSignals(control, display::printAbove);
                ControlServer server = ControlServer.start(
                        base,
                        site(
                                web,
                                control,
                                watched,
                                LocalQueueDesk.ofDaemon(base, store, reading.surveyor(), clock),
                                sessions,
                                stream),
                        watched.self(),
                        web,
                        Version.number(),
                        board,
                        clock);
                LastNews _ = new LastNews(watched.publisher());
                ControlFiles _ = ControlFiles.watch(base, control);
                MachineWatch _ = MachineWatch.start(base.root(), board::machine)) {
            if (place.web()) {
                display.printAbove(
                        "Dashboard: " + DashboardLink.of(DashboardLink.place(web, server.port()), sessions.newKey()));
            }
            Retirement retirement = new Retirement(base, store, reading.surveyor(), clock, faults.queue());
            retirement.onRetired(watched.outlets()::settled);
            new Recovery(base, store, reading.surveyor(), retirement, faults.queue()).run();
            tell(watched.history(), store);
            told.ready();
            ReadAhead reader = new ReadAhead(reading.rows(), trainerConfig.holdOut());
            CheckpointStore checkpoints = new CheckpointStore(base.currentModel(), faults.saving());
            TorchTrainer trainer = new TorchTrainer(
                    natives,
                    trainerConfig,
                    TrainerSettings.source(
                            place.config(),
                            reading.pretrained(),
                            reading.tokenizer().vocabSize()),
                    reader,
                    reading.tokenizer(),
                    checkpoints,
                    reading.tokenizerJson(),
                    clock,
                    EvaluationSettings.from(place.config(), base, reading.rows()));
            Daemon daemon = new Daemon(
                    base,
                    store,
                    new Intake(
                            base,
                            store,
                            reading.surveyor(),
                            retirement,
                            settings.pollInterval(),
                            clock,
                            faults.queue()),
                    retirement,
                    extension.around(trainer, reading.rows()),
                    board,
                    control,
                    reader,
                    faults.queue(),
                    once);
            try (Housekeeper housekeeper = housekeeper(checkpoints, board)) {
                checkpoints.onChange(housekeeper::wake);
                retirement.onRetired(report -> {
                    housekeeper.wake();
                    watched.outlets().settled(report);
                });
                return daemon.run();
            }
        }
    }

    /// Tells `history` how attempts ended since it last heard: the queue may know more of a process that was killed, of
    /// files that were changed by hand, and of what was before there was this history.
    private static void tell(RunHistory history, QueueStore store) {
        for (PastAttempt past : store.attemptsEndedSince(history.attemptsKnownUntil())) {
            history.attemptEnded(past.attempt(), past.end(), past.endedAt());
        }
    }

    /// Who is told of every document from now on: `stream`, what leaves the daemon, and the service manager last.
    private ServiceStatus serviceStatus(Watched watched, Optional<StatusStream> stream) {
        ServiceStatus told = new ServiceStatus(System.getenv(), clock);
        StatusPublisher.Watcher outlets = watched.outlets().watcher();
        stream.ifPresent(s -> s.offer(watched.publisher().document()));
        watched.publisher()
                .watch(stream.map(s -> outlets.then((document, _) -> s.offer(document)))
                        .orElse(outlets)
                        .then(told));
        return told;
    }

    private Site site(
            WebSettings web,
            Control control,
            Watched watched,
            LocalQueueDesk desk,
            Sessions sessions,
            Optional<StatusStream> stream)
            throws IOException {
        StatusPublisher publisher = watched.publisher();
        List<Route> routes = DaemonSite.routes(
                control, watched.board(), publisher, desk, place.base().history());
        Uploads uploads = InboxUploads.of(place.base(), web.maxUpload());
        MetricsText metrics =
                new MetricsText(publisher::document, () -> QueueFigures.of(place.base()), work, Version.number());
        if (stream.isEmpty()) {
            return new Site(routes, Dashboard.probes(publisher::document, metrics), null, uploads);
        }
        return new Site(
                DaemonSite.withLinks(routes, sessions, web),
                Dashboard.pages(publisher::document, metrics),
                new Site.Viewed(sessions, stream.get()),
                uploads);
    }

    private Housekeeper housekeeper(CheckpointStore checkpoints, StatusBoard board) {
        Retentions retentions = new Retentions(
                place.base(), RetentionSettings.from(place.config()), checkpoints, ZoneId.systemDefault());
        return new Housekeeper(retentions.chores(clock), board, HOUSEKEEPING_INTERVAL);
    }
}
