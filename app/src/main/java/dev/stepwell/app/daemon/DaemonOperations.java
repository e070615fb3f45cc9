package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.DeskConnection;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations;
import dev.stepwell.app.demo.DemoReport;
import dev.stepwell.core.daemon.DaemonExit;
import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/// What the commands do, with the real parts.
public final class DaemonOperations implements Operations {
    private final DaemonLink link;

    public DaemonOperations() {
        this(_ -> Optional.empty());
    }

    /// @param link reaches daemons that run
    DaemonOperations(DaemonLink link) {
        this.link = link;
    }

    @Override
    public ExitCode run(RunRequest request) throws IOException {
        DaemonExit exit = new DaemonProcess(request.place()).run(request.once(), new DaemonProcess.Extension() {});
        return ended(exit, request.place());
    }

    @Override
    public ExitCode demo(DemoRequest request) throws IOException {
        Place place = request.place();
        DemoSession session = new DemoSession(place.base(), request.files());
        DaemonExit exit = new DaemonProcess(place).run(true, session);
        if (exit instanceof DaemonExit.Stopped) {
            place.out().println("Stopped. The same command goes on where this ended.");
        }
        session.results().ifPresent(results -> place.out().print("\n" + DemoReport.render(results)));
        place.out().flush();
        return ended(exit, place);
    }

    @Override
    public ExitCode status(StatusRequest request) throws IOException {
        return new StatusReport(InstantSource.system()).print(request);
    }

    @Override
    public Optional<DeskConnection> idleDesk(BaseDirectory base) throws IOException {
        return IdleDesk.open(base, InstantSource.system());
    }

    @Override
    public DeskConnection runningDesk(BaseDirectory base) throws IOException {
        return link.to(base)
                .map(RemoteDesk::new)
                .orElseThrow(() -> new CliException(
                        ExitCode.UNAVAILABLE,
                        "a daemon runs in %s and has the queue".formatted(base.root()),
                        "stop it first, then ask again"));
    }

    private static ExitCode ended(DaemonExit exit, Place place) throws IOException {
        return switch (exit) {
            case DaemonExit.Drained _, DaemonExit.Stopped _ -> ExitCode.OK;
            case DaemonExit.Crashed(Throwable cause) -> throw crashed(cause, place);
        };
    }

    /// Hands the cause to whoever shows errors: the command line, which also logs its trace.
    private static IOException crashed(Throwable cause, Place place) throws IOException {
        return switch (cause) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default ->
                new IOException(
                        "the daemon in %s ended by %s".formatted(place.base().root(), cause), cause);
        };
    }
}
