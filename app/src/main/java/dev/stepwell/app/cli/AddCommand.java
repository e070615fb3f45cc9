package dev.stepwell.app.cli;

import dev.stepwell.app.text.Printable;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.DeskRequest;
import dev.stepwell.core.queue.FileSummary;
import dev.stepwell.core.queue.InboxDrop;
import dev.stepwell.core.queue.Priority;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        description = "Copy files into the queue. The originals stay; the copies are safe when this returns.",
        footer = {
            "",
            "Examples:",
            "  ./stepwell add today.jsonl                  whether a daemon runs or not",
            "  ./stepwell add --priority high fix.jsonl    before all that waits"
        })
final class AddCommand extends QueueCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of rows, named *.jsonl or *.json.")
    private List<Path> files = List.of();

    @Option(
            names = "--priority",
            paramLabel = "PRIORITY",
            defaultValue = "normal",
            converter = Words.OfPriority.class,
            description = "high, normal or low. Default: normal.")
    private Priority priority = Priority.NORMAL;

    AddCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    ExitCode execute() throws IOException {
        BaseDirectory base = common.madeBase();
        Optional<DeskConnection> idle = operations.idleDesk(base);
        if (idle.isEmpty()) { // A daemon takes what is renamed into its inbox; it need not be asked.
            return each(request -> dropped(base, request));
        }
        try (DeskConnection desk = idle.get()) {
            return each(desk::answer);
        }
    }

    @FunctionalInterface
    private interface Adding {
        DeskAnswer answer(DeskRequest.Add request) throws IOException;
    }

    private static DeskAnswer dropped(BaseDirectory base, DeskRequest.Add request) throws IOException {
        Path source = Path.of(request.path());
        Optional<DeskAnswer.Refused> objection = InboxDrop.objection(source);
        if (objection.isPresent()) {
            return objection.get();
        }
        new InboxDrop(base).copy(source, request.priority());
        return new DeskAnswer.Done("is in the inbox, and the daemon takes it from there", null);
    }

    private ExitCode each(Adding adding) throws IOException {
        ExitCode code = ExitCode.OK;
        for (Path file : files) {
            Path absolute = file.toAbsolutePath();
            switch (adding.answer(new DeskRequest.Add(absolute.toString(), priority))) {
                case DeskAnswer.Done(String what, FileSummary now) -> added(absolute, what, now);
                case DeskAnswer.Refused refused -> code = refused(refused);
                case DeskAnswer.Listing _, DeskAnswer.Details _ ->
                    throw new IllegalStateException("no answer to an addition");
            }
        }
        return code;
    }

    private void added(Path file, String what, @Nullable FileSummary now) {
        String name = Printable.line(String.valueOf(file.getFileName()));
        String line = now == null
                ? "%s %s".formatted(name, what)
                : "%s (id %d): %s".formatted(name, now.id(), QueueTable.standing(now));
        out().println(line);
        out().flush();
    }
}
