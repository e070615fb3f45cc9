package dev.stepwell.app.cli;

import dev.stepwell.core.queue.DeskRequest;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "hold",
        description = "Keep files that wait from having their turn, until they are released.",
        footer = {"", "Example:", "  ./stepwell hold 12 13"})
final class HoldCommand extends FilesCommand {
    @Parameters(arity = "1..*", paramLabel = "ID|NAME", description = "Files, as ./stepwell list shows them.")
    private List<String> files = List.of();

    HoldCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    List<String> files() {
        return files;
    }

    @Override
    DeskRequest request(String file) {
        return new DeskRequest.Hold(file);
    }
}
