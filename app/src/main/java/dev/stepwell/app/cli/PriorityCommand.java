package dev.stepwell.app.cli;

import dev.stepwell.core.queue.DeskRequest;
import dev.stepwell.core.queue.Priority;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "priority",
        description = "Let a file that waits have its turn before others, or after them.",
        footer = {"", "Example:", "  ./stepwell priority 12 high"})
final class PriorityCommand extends FilesCommand {
    @Parameters(index = "0", paramLabel = "ID|NAME", description = "A file, as ./stepwell list shows it.")
    private String file = "";

    @Parameters(
            index = "1",
            paramLabel = "PRIORITY",
            converter = Words.OfPriority.class,
            description = "high, normal or low.")
    private Priority priority = Priority.NORMAL;

    PriorityCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    List<String> files() {
        return List.of(file);
    }

    @Override
    DeskRequest request(String which) {
        return new DeskRequest.Prioritize(which, priority);
    }
}
