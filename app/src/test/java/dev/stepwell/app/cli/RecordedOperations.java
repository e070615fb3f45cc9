package dev.stepwell.app.cli;

import dev.stepwell.app.puzzle.DemoFiles;
import dev.stepwell.core.io.BaseDirectory;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Remembers what the commands asked for.
final class RecordedOperations implements Operations {
    final List<Object> asked = new ArrayList<>();
    ExitCode answer = ExitCode.OK;

    @Nullable
    Throwable failure;

    DemoFiles demo(int index) {
        return ((DemoRequest) asked.get(index)).files();
    }

    @Override
    public ExitCode run(RunRequest request) {
        return answered(request);
    }

    @Override
    public ExitCode demo(DemoRequest request) {
        return answered(request);
    }

    @Override
    public ExitCode doctor(DoctorRequest request) {
        return ExitCode.OK;
    }

    @Override
    public ExitCode status(StatusRequest request) {
        return answered(request);
    }

    @Override
    public ExitCode watch(WatchRequest request) {
        return answered(request);
    }

    @Override
    public ExitCode control(ControlRequest request) {
        return answered(request);
    }

    @Override
    public Optional<DeskConnection> idleDesk(BaseDirectory base) {
        throw new AssertionError("no desk here");
    }

    @Override
    public DeskConnection runningDesk(BaseDirectory base) {
        throw new AssertionError("no desk here");
    }

    @Override
    public ExitCode dashboard(BaseDirectory base, PrintWriter out) {
        return answered(base);
    }

    @Override
    public ExitCode retention(RetentionRequest request) {
        return answered(request);
    }

    @Override
    public ExitCode alertTrial(AlertTrialRequest request) {
        return answered(request);
    }

    @Override
    public ExitCode merge(MergeRequest request) {
        return answered(request);
    }

    @Override
    public ExitCode init(InitRequest request) {
        return answered(request);
    }

    @Override
    public ExitCode check(CheckRequest request) {
        return answered(request);
    }

    @Override
    public ExitCode generate(GenerateRequest request) {
        return answered(request);
    }

    private ExitCode answered(Object request) {
        asked.add(request);
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return answer;
    }
}
