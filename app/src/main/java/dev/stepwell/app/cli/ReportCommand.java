package dev.stepwell.app.cli;

import dev.stepwell.app.config.ConfigFile;
import dev.stepwell.app.config.ConfigKeys;
import dev.stepwell.app.report.Life;
import dev.stepwell.app.report.ReportPage;
import dev.stepwell.app.report.Story;
import dev.stepwell.core.history.HistoryReader;
import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.ByteSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "report",
        description = {
            "Write what the model learnt as one HTML page, to be opened, printed or mailed: curves with the files' limits,",
            "evaluations, what was forgotten, previews, refused rows, alerts. It needs no network, no script and no file",
            "beside it. Also while a daemon runs."
        },
        footer = {
            "",
            "Examples:",
            "  ./stepwell report -o week.html             the whole life of the model",
            "  ./stepwell report --file 12 -o 12.html     one file, by the number that list shows",
            "  ./stepwell report -o - | gzip > r.html.gz  to standard output"
        })
final class ReportCommand extends BaseCommand {
    private static final String STANDARD_OUTPUT = "-";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "File to be written; - for standard output.")
    private String output = "";

    @Option(names = "--file", paramLabel = "ID", description = "Only the file of this number, as list shows it.")
    private @Nullable Long file;

    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;

    ReportCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    ExitCode execute() throws IOException {
        BaseDirectory base = existingBase();
        boolean toFile = !output.equals(STANDARD_OUTPUT);
        Path target = Path.of(output);
        if (toFile) {
            requireFree(target);
        }
        String page = ReportPage.of(story(base), ZoneId.systemDefault());
        PrintWriter out = spec.commandLine().getOut();
        if (toFile) {
            byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
            AtomicFiles.write(target, bytes);
            out.println(
                    "%s, %s. Open it in a browser, print it, or mail it.".formatted(target, ByteSize.of(bytes.length)));
        } else {
            out.print(page);
        }
        out.flush();
        return ExitCode.OK;
    }

    private void requireFree(Path target) {
        if (Files.isDirectory(target)) {
            throw new CliException(
                    ExitCode.USAGE, "%s is a folder".formatted(target), "name a file in it, such as report.html");
        }
        if (Files.exists(target) && !force) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "%s is there already".formatted(target),
                    "name another file, or replace it with --force");
        }
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new CliException(
                    ExitCode.USAGE, "there is no folder %s".formatted(folder), "make it, or name another file");
        }
    }

    private Story story(BaseDirectory base) throws IOException {
        Instant now = Instant.now();
        Story.Telling telling =
                new Story.Telling(ConfigFile.load(base.config()).get(ConfigKeys.MODEL_NAME), Version.number(), now);
        try (HistoryReader reader = HistoryFile.open(base)) {
            if (file != null) {
                HistoryFile.require(Life.ofFile(base, reader, file, now), file);
                return Story.ofFile(base, reader, file, telling);
            }
            Story story = Story.of(base, reader, telling);
            if (story.empty()) {
                throw new CliException(
                        ExitCode.UNAVAILABLE,
                        "nothing was trained in %s yet, so there is nothing to report".formatted(base.root()),
                        "drop files into inbox/ and let a daemon train them: ./stepwell run");
            }
            return story;
        }
    }
}
