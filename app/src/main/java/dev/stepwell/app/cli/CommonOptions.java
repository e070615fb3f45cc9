package dev.stepwell.app.cli;

import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What every command takes.
final class CommonOptions {
    static final String HOME_VARIABLE = "STEPWELL_HOME";
    static final String DEFAULT = "stepwell-data";

    private final Map<String, String> environment;

    @Option(
            names = "--base-dir",
            paramLabel = "DIR",
            description = "Folder with the inbox, the model and the status file." + " Default: $STEPWELL_HOME, else "
                    + DEFAULT + ".")
    private @Nullable Path baseDir;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it through reflection.
    private boolean help;

    CommonOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    /// The folder that was named, whether it exists or not.
    ///
    /// @throws CliException if the name is empty
    BaseDirectory base() {
        if (baseDir != null) {
            if (baseDir.toString().isBlank()) {
                // A shell variable that is not set: the current folder would fill with inbox, queue and the rest.
                throw new CliException(ExitCode.USAGE, "--base-dir is empty", "name a folder; . is the current one");
            }
            return new BaseDirectory(baseDir);
        }
        String home = environment.getOrDefault(HOME_VARIABLE, "");
        return new BaseDirectory(Path.of(home.isBlank() ? DEFAULT : home));
    }

    /// The folder, made with all that belongs into it.
    ///
    /// @throws CliException if that is not possible
    BaseDirectory madeBase() {
        BaseDirectory base = base();
        try {
            base.create();
        } catch (FileAlreadyExistsException e) {
            throw unusable(base, "%s is a file, not a folder".formatted(e.getFile()));
        } catch (AccessDeniedException e) {
            throw unusable(base, "permission denied for " + e.getFile());
        } catch (IOException e) {
            throw unusable(base, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        if (!Files.isWritable(base.root())) {
            throw unusable(base, "it is not writable");
        }
        return base;
    }

    private static CliException unusable(BaseDirectory base, String why) {
        return new CliException(
                ExitCode.USAGE,
                "the base directory %s cannot be used: %s".formatted(base.root(), why),
                "name another with --base-dir or make it writable");
    }
}
