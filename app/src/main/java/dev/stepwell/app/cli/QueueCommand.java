package dev.stepwell.app.cli;

import dev.stepwell.app.text.Printable;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.DeskRequest;
import dev.stepwell.core.queue.QueueReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;

/// A command that asks about the queue or changes it.
abstract class QueueCommand extends BaseCommand {
    QueueCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    /// The base directory, in which something must have been queued.
    ///
    /// @throws CliException if nothing was
    BaseDirectory queue() {
        BaseDirectory base = base();
        if (!QueueReader.exists(base)) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "nothing was ever queued in %s".formatted(base.root()),
                    "name the right one with --base-dir, or queue a file with: ./stepwell add FILE");
        }
        return base;
    }

    /// What the queue of `base` says to a question. Whether a daemon runs makes no difference.
    ///
    /// @throws CliException if its database cannot be read
    static DeskAnswer ask(BaseDirectory base, DeskRequest.Reading question) throws IOException {
        QueueReader reader;
        try {
            reader = QueueReader.open(base);
        } catch (IllegalStateException e) {
            throw new CliException(
                    ExitCode.FAILED, Printable.line(String.valueOf(e.getMessage())), "start a daemon there to use it");
        }
        try (reader) {
            return reader.answer(question);
        }
    }

    /// A desk for changes: of the daemon that runs there, else of this process.
    DeskConnection desk(BaseDirectory base) throws IOException {
        Optional<DeskConnection> idle = operations.idleDesk(base);
        return idle.isPresent() ? idle.get() : operations.runningDesk(base);
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /// Prints why something was refused.
    ExitCode refused(DeskAnswer.Refused refused) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("stepwell: %s; %s".formatted(Printable.line(refused.problem()), Printable.line(refused.remedy())));
        err.flush();
        return ExitCode.FAILED;
    }
}
