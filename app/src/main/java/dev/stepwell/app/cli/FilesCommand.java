package dev.stepwell.app.cli;

import dev.stepwell.app.text.Printable;
import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.DeskRequest;
import dev.stepwell.core.queue.FileSummary;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A command that does the same to one file of the queue after the other.
abstract class FilesCommand extends QueueCommand {
    FilesCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    /// Those that the command line names.
    abstract List<String> files();

    abstract DeskRequest request(String file);

    @Override
    final ExitCode execute() throws IOException {
        ExitCode code = ExitCode.OK;
        try (DeskConnection desk = desk(queue())) {
            for (String file : files()) {
                switch (desk.answer(request(file))) {
                    case DeskAnswer.Done(String what, FileSummary now) -> done(what, now);
                    case DeskAnswer.Refused refused -> code = refused(refused);
                    case DeskAnswer.Listing _, DeskAnswer.Details _ ->
                        throw new IllegalStateException("no answer to a change");
                }
            }
        }
        return code;
    }

    private void done(String what, @Nullable FileSummary now) {
        if (now != null) {
            out().println("%s (id %d) %s".formatted(Printable.line(now.name()), now.id(), what));
            out().flush();
        }
    }
}
