package dev.stepwell.app.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/// A configuration is refused. The message names the source and everything that is wrong in it, one problem a line, and
/// ends with the remedy.
public final class ConfigException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 20;

    private final transient List<ConfigProblem> problems;

    /// @param source   the file, as the user knows it
    /// @param problems at least one, in the order of the file
    ConfigException(String source, List<ConfigProblem> problems) {
        super(message(source, problems));
        this.problems = List.copyOf(problems);
    }

    /// @param cause what the file system said
    ConfigException(String source, List<ConfigProblem> problems, Throwable cause) {
        super(message(source, problems), cause);
        this.problems = List.copyOf(problems);
    }

    /// All that is wrong.
    public List<ConfigProblem> problems() {
        return problems;
    }

    private static String message(String source, List<ConfigProblem> problems) {
        String remedy = "Correct it, or remove the file to have it written anew with the defaults.";
        if (problems.size() == 1) {
            return "%s: %s%n%s".formatted(source, problems.getFirst(), remedy);
        }
        String list = problems.stream().limit(SHOWN).map(p -> "  " + p).collect(Collectors.joining("\n"));
        String more = problems.size() > SHOWN ? "\n  … and %d more".formatted(problems.size() - SHOWN) : "";
        return "%s has %d problems:%n%s%s%n%s".formatted(source, problems.size(), list, more, remedy);
    }
}
