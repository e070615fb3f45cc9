package dev.stepwell.app.cli;

import dev.stepwell.core.queue.DeskRequest;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The commands that do something to files of the queue and need no more to know than which.
enum FileChange {
    HOLD("hold", "Keep files that wait from having their turn, until they are released.", "hold 12 13"),
    RELEASE("release", "Let held files wait for their turn again.", "release 12"),
    REMOVE(
            "remove",
            "Take files out of the queue, into removed/. They can be put back with retry.",
            "remove extra.jsonl"),
    RETRY(
            "retry",
            "Put files that failed, were skipped or removed back into the queue; try one that failed at once.",
            "retry 12");

    private final String word;
    private final String description;
    private final String example;

    FileChange(String word, String description, String example) {
        this.word = word;
        this.description = description;
        this.example = example;
    }

    private DeskRequest of(String file) {
        return switch (this) {
            case HOLD -> new DeskRequest.Hold(file);
            case RELEASE -> new DeskRequest.Release(file);
            case REMOVE -> new DeskRequest.Remove(file);
            case RETRY -> new DeskRequest.Retry(file);
        };
    }

    /// The command, ready to be added to another.
    CommandLine command(Operations operations, Map<String, String> environment) {
        CommandLine command = new CommandLine(new Changing(this, operations, environment));
        command.getCommandSpec()
                .name(word)
                .usageMessage()
                .description(description)
                .footer("", "Example:", "  ./stepwell " + example);
        return command;
    }

    @Command
    private static final class Changing extends FilesCommand {
        private final FileChange change;

        @Parameters(arity = "1..*", paramLabel = "ID|NAME", description = "Files, as ./stepwell list shows them.")
        private List<String> files = List.of();

        Changing(FileChange change, Operations operations, Map<String, String> environment) {
            super(operations, environment);
            this.change = change;
        }

        @Override
        List<String> files() {
            return files;
        }

        @Override
        DeskRequest request(String file) {
            return change.of(file);
        }
    }
}
