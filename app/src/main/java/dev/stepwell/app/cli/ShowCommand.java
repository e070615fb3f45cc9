package dev.stepwell.app.cli;

import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.DeskJson;
import dev.stepwell.core.queue.DeskRequest;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Print all that is known of a file: its rows, those refused and why, its attempts, its report.",
        footer = {
            "",
            "Examples:",
            "  ./stepwell show 12                         by the number that list shows",
            "  ./stepwell show today.jsonl --json         by name, for programs"
        })
final class ShowCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "ID|NAME", description = "A file, as ./stepwell list shows it.")
    private String file = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    ShowCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    ExitCode execute() throws IOException {
        return switch (ask(queue(), new DeskRequest.Show(file))) {
            case DeskAnswer.Details details -> {
                if (json) {
                    out().println(DeskJson.pretty(details));
                } else {
                    new FilePage(ZoneId.systemDefault()).lines(details.file()).forEach(out()::println);
                }
                out().flush();
                yield ExitCode.OK;
            }
            case DeskAnswer.Refused refused -> refused(refused);
            case DeskAnswer.Listing _, DeskAnswer.Done _ -> throw new IllegalStateException("no answer to show");
        };
    }
}
