package dev.stepwell.app.daemon;

import dev.stepwell.app.check.Check;
import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.DeskConnection;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations;
import dev.stepwell.app.demo.DemoReport;
import dev.stepwell.app.doctor.Doctor;
import dev.stepwell.app.setup.Init;
import dev.stepwell.app.talk.Talk;
import dev.stepwell.core.daemon.DaemonExit;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.status.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/// What the commands do, with the real parts.
public final class DaemonOperations implements Operations {
    private final FaultObservers faults;
    private final DaemonLink link;

    public DaemonOperations() {
        this(FaultObservers.NONE);
    }

    /// @param faults told of every moment at which a crash must lose nothing
    public DaemonOperations(FaultObservers faults) {
        this(faults, new HttpDaemonLink());
    }

    /// @param link reaches daemons that run
    DaemonOperations(FaultObservers faults, DaemonLink link) {
        this.faults = faults;
        this.link = link;
    }

    @Override
    public ExitCode run(RunRequest request) throws IOException {
        DaemonExit exit =
                new DaemonProcess(request.place(), faults).run(request.once(), new DaemonProcess.Extension() {});
        return ended(exit, request.place());
    }

    @Override
    public ExitCode demo(DemoRequest request) throws IOException {
        Place place = request.place();
        DemoSession session = new DemoSession(place.base(), request.files());
        DaemonExit exit = new DaemonProcess(place, faults).run(true, session);
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
    public ExitCode watch(WatchRequest request) throws IOException {
        return WatchReport.show(request, InstantSource.system());
    }

    @Override
    public ExitCode control(ControlRequest request) throws IOException {
        return ControlReport.print(request);
    }

    @Override
    public Optional<DeskConnection> idleDesk(BaseDirectory base) throws IOException {
        return IdleDesk.open(base, InstantSource.system());
    }

    @Override
    public DeskConnection runningDesk(BaseDirectory base) {
        return new RemoteDesk(link.to(base));
    }

    @Override
    public ExitCode dashboard(BaseDirectory base, PrintWriter out) throws IOException {
        return DashboardLink.print(base, out);
    }

    @Override
    public ExitCode doctor(DoctorRequest request) throws IOException {
        boolean sound = new Doctor(request.base(), request.environment(), InstantSource.system()).print(request.out());
        return sound ? ExitCode.OK : ExitCode.FAILED;
    }

    @Override
    public ExitCode retention(RetentionRequest request) throws IOException {
        return new RetentionReport(InstantSource.system(), ZoneId.systemDefault()).print(request);
    }

    @Override
    public ExitCode alertTrial(AlertTrialRequest request) throws IOException {
        return AlertsReport.trial(request, InstantSource.system());
    }

    @Override
    public ExitCode merge(MergeRequest request) throws IOException {
        return MergeReport.print(request);
    }

    @Override
    public ExitCode init(InitRequest request) throws IOException {
        return Init.run(request);
    }

    @Override
    public ExitCode check(CheckRequest request) throws IOException {
        return Check.run(request);
    }

    @Override
    public ExitCode generate(GenerateRequest request) throws IOException {
        return Talk.hold(request);
    }

    private static ExitCode ended(DaemonExit exit, Place place) throws IOException {
        return switch (exit) {
            case DaemonExit.Drained _, DaemonExit.Stopped _ -> ExitCode.OK;
            case DaemonExit.Aborted(Failure failure) ->
                throw new CliException(
                        ExitCode.FAILED,
                        "%s: %s".formatted(failure.type(), failure.message()),
                        "the same command goes on from the last checkpoint");
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
