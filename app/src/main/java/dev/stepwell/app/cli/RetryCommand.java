package dev.stepwell.app.cli;

import dev.stepwell.core.queue.DeskRequest;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "retry",
        description =
                "Put files that failed, were skipped or removed back into the queue; try one that failed at once.",
        footer = {"", "Example:", "  ./stepwell retry 12"})
final class RetryCommand extends FilesCommand {
    @Parameters(arity = "1..*", paramLabel = "ID|NAME", description = "Files, as ./stepwell list shows them.")
    private List<String> files = List.of();

    RetryCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    List<String> files() {
        return files;
    }

    @Override
    DeskRequest request(String file) {
        return new DeskRequest.Retry(file);
    }
}
