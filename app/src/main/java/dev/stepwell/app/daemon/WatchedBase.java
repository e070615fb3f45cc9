package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.client.DaemonClient;
import dev.stepwell.core.control.Command;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusReading;
import dev.stepwell.monitor.terminal.Contact;
import dev.stepwell.monitor.terminal.Sight;
import dev.stepwell.monitor.terminal.Watched;
import dev.stepwell.monitor.web.ControlAnswer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.core.JacksonException;

/// The daemon of a base directory, seen by its status file and asked by `run/daemon.json`.
final class WatchedBase implements Watched {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PACE = Duration.ofMillis(400);

    private final BaseDirectory base;
    private final InstantSource clock;
    private final NextFiles next;
    private boolean looked;

    WatchedBase(BaseDirectory base, InstantSource clock) {
        this.base = base;
        this.clock = clock;
        next = new NextFiles(new HttpDaemonLink().to(base), clock);
    }

    @Override
    public String place() {
        return base.root().toString();
    }

    @Override
    public Sight next() throws InterruptedException {
        if (looked) {
            Thread.sleep(PACE);
        }
        looked = true;
        StatusReading reading = StatusReader.read(base.statusFile());
        List<String> waiting = alive(reading) ? next.newest() : List.of();
        return new Sight(reading, new Contact.Kept(), Duration.ZERO, waiting, null);
    }

    private boolean alive(StatusReading reading) {
        return switch (Liveness.of(reading, clock.instant()).verdict()) {
            case TRAINING, IDLE, PAUSED -> true;
            case STARTING, COMPLETED, STOPPED, CRASHED, GONE, NEVER_STARTED, UNKNOWN -> false;
        };
    }

    @Override
    public String ask(Command command) throws InterruptedException {
        try (DaemonClient client = new DaemonClient(base)) {
            return ControlAnswer.parse(ControlReport.require(client.control(command, true, PATIENCE), base)
                            .json())
                    .message();
        } catch (CliException e) {
            return "Not done: " + e.getMessage();
        } catch (JacksonException e) {
            return "The daemon's answer is not understood; is it of another version?";
        }
    }

    @Override
    public void close() {}
}
