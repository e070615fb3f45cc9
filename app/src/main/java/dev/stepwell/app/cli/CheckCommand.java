package dev.stepwell.app.cli;

import dev.stepwell.app.cli.Operations.CheckRequest;
import dev.stepwell.app.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Say what files would teach the model, before they are trained. No daemon is needed, and nothing is changed.",
            "Reads each as training would, with the tokenizer, chat template and config.json of the base directory, and"
                    + " prints its format, the rows that are refused with line, column and reason, how many tokens there are"
                    + " and how many of them are learnt, what is cut, the steps and the time it takes, and its first rows with"
                    + " what is learnt of them in colour. Exits with 1 if any row is refused."
        },
        footer = {
            "",
            "Examples:",
            "  ./stepwell check lessons.jsonl                          one file",
            "  ./stepwell check --rows 10 lessons.jsonl | less -R      more of its rows",
            "  ./stepwell check --json *.jsonl | jq .rejected          for programs, a line for each file"
        })
final class CheckCommand extends BaseCommand {
    private static final String NO_COLOR = "NO_COLOR";

    private final Map<String, String> environment;
    private final boolean terminal;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of rows: JSON Lines or one JSON array.")
    private List<Path> files = List.of();

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "2",
            description = "Rows to show of each file. Default: 2.")
    private int rows;

    @Option(names = "--json", description = "Print a JSON object for each file, on a line.")
    private boolean json;

    CheckCommand(Operations operations, Map<String, String> environment, StandardInput input) {
        super(operations, environment);
        this.terminal = input.terminal();
        this.environment = environment;
    }

    @Override
    ExitCode execute() throws IOException {
        if (rows < 0) {
            throw new CliException(ExitCode.USAGE, "--rows %d is out of range".formatted(rows), "0 shows none");
        }
        return operations.check(new CheckRequest(
                base(),
                ConfigFile.load(base().config()),
                List.copyOf(files),
                json ? 0 : rows,
                json,
                terminal && environment.getOrDefault(NO_COLOR, "").isEmpty(),
                terminal ? Optional.of(spec.commandLine().getErr()) : Optional.empty(),
                spec.commandLine().getOut()));
    }
}
