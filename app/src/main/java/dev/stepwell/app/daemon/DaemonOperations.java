package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations;
import dev.stepwell.app.demo.DemoReport;
import dev.stepwell.core.daemon.DaemonExit;
import java.io.IOException;
import java.time.InstantSource;

/// What the commands do, with the real parts.
public final class DaemonOperations implements Operations {
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
    public ExitCode control(ControlRequest request) throws IOException {
        return ControlReport.print(request);
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
