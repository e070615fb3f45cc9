package dev.stepwell.app.cli;

import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.DeskJson;
import dev.stepwell.core.queue.DeskRequest;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.monitor.terminal.Cells;
import java.io.IOException;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description =
                "Print the files of the queue: in training, held, waiting in their order, and done, newest first.",
        footer = {
            "",
            "Examples:",
            "  ./stepwell list                          the first of each state, and how many there are",
            "  ./stepwell list --state held,failed      only those",
            "  ./stepwell list --all --json             everything, for programs"
        })
final class ListCommand extends QueueCommand {
    private static final int SHOWN = 20;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            converter = Words.OfFileState.class,
            description = "Only files of these states, separated by commas: taking, waiting, held, training,"
                    + " interrupted, completed, skipped, failed, removed.")
    private List<FileState> states = List.of();

    @Option(names = "--all", description = "Every file, not only the first " + SHOWN + " of each state.")
    private boolean all;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    ListCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    ExitCode execute() throws IOException {
        Set<FileState> asked = states.isEmpty() ? Set.of() : EnumSet.copyOf(states);
        DeskAnswer answer = ask(queue(), new DeskRequest.ListFiles(asked, all ? 0 : SHOWN));
        if (!(answer instanceof DeskAnswer.Listing listing)) {
            throw new IllegalStateException("no answer to a listing");
        }
        if (json) {
            out().println(DeskJson.pretty(listing));
        } else {
            int columns = Cells.ofStandardOutput().orElse(Integer.MAX_VALUE);
            new QueueTable(columns, ZoneId.systemDefault())
                    .lines(listing, asked)
                    .forEach(out()::println);
        }
        out().flush();
        return ExitCode.OK;
    }
}
