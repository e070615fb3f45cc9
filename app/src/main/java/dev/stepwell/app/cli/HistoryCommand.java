package dev.stepwell.app.cli;

import dev.stepwell.app.report.HistoryJson;
import dev.stepwell.app.report.HistoryText;
import dev.stepwell.app.report.Life;
import dev.stepwell.core.history.HistoryReader;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.monitor.terminal.Cells;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "history",
        description = "Print what the model learnt so far, file after file, and the runs and alerts of the daemon."
                + " Also while one runs.",
        footer = {
            "",
            "Examples:",
            "  ./stepwell history                       the newest twenty files, runs and alerts",
            "  ./stepwell history --file 12             every attempt at a file, by the number that list shows",
            "  ./stepwell history --limit 0 --json      everything, for programs"
        })
final class HistoryCommand extends BaseCommand {
    private static final String SHOWN = "20";

    @Option(names = "--file", paramLabel = "ID", description = "Only the file of this number, as list shows it.")
    private @Nullable Long file;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = SHOWN,
            description = "The newest N of each; 0 for all. Default: " + SHOWN + ".")
    private int limit;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    HistoryCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    ExitCode execute() throws IOException {
        if (limit < 0) {
            throw new CliException(ExitCode.USAGE, "--limit %d is out of range".formatted(limit), "0 shows all");
        }
        BaseDirectory base = existingBase();
        Life life;
        try (HistoryReader reader = HistoryFile.open(base)) {
            life = file == null
                    ? Life.read(base, reader, limit, Instant.now())
                    : HistoryFile.require(Life.ofFile(base, reader, file, Instant.now()), file);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(HistoryJson.pretty(life));
        } else {
            int columns = Cells.ofStandardOutput().orElse(Integer.MAX_VALUE);
            new HistoryText(columns, ZoneId.systemDefault()).lines(life).forEach(out::println);
        }
        out.flush();
        return ExitCode.OK;
    }
}
