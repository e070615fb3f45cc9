package dev.stepwell.app.cli;

import dev.stepwell.core.queue.DeskRequest;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        description = "Take files out of the queue, into removed/. They can be put back with retry.",
        footer = {"", "Example:", "  ./stepwell remove extra.jsonl"})
final class RemoveCommand extends FilesCommand {
    @Parameters(arity = "1..*", paramLabel = "ID|NAME", description = "Files, as ./stepwell list shows them.")
    private List<String> files = List.of();

    RemoveCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    List<String> files() {
        return files;
    }

    @Override
    DeskRequest request(String file) {
        return new DeskRequest.Remove(file);
    }
}
