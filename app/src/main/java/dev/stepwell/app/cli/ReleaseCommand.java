package dev.stepwell.app.cli;

import dev.stepwell.core.queue.DeskRequest;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "release",
        description = "Let held files wait for their turn again.",
        footer = {"", "Example:", "  ./stepwell release 12"})
final class ReleaseCommand extends FilesCommand {
    @Parameters(arity = "1..*", paramLabel = "ID|NAME", description = "Files, as ./stepwell list shows them.")
    private List<String> files = List.of();

    ReleaseCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    List<String> files() {
        return files;
    }

    @Override
    DeskRequest request(String file) {
        return new DeskRequest.Release(file);
    }
}
