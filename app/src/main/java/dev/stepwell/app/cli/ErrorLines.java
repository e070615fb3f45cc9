package dev.stepwell.app.cli;

import dev.stepwell.app.config.ConfigException;
import dev.stepwell.app.logging.Logging;
import dev.stepwell.app.text.NearestName;
import dev.stepwell.app.text.Printable;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.training.TrainerUnavailableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Tells the user what went wrong, in a line with its remedy; a stack trace goes to the log.
final class ErrorLines implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String problem = e instanceof UnmatchedArgumentException unmatched
                ? unknown(unmatched)
                : firstLine(String.valueOf(e.getMessage()));
        String help = command.getCommandSpec().qualifiedName(" ") + " --help";
        print(command, "%s (see: %s)".formatted(problem, help));
        return ExitCode.USAGE.code();
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        return handle(e, command);
    }

    /// Tells `failure` and returns the exit code for it.
    int handle(Throwable failure, CommandLine command) {
        return switch (failure) {
            case CliException e -> told(command, e, e.exitCode());
            case ConfigException e -> told(command, e, ExitCode.USAGE);
            case TrainerUnavailableException e -> told(command, e, ExitCode.FAILED);
            default -> unexpected(command, failure);
        };
    }

    private static int told(CommandLine command, RuntimeException e, ExitCode code) {
        print(command, String.valueOf(e.getMessage()));
        return code.code();
    }

    private static int unexpected(CommandLine command, Throwable failure) {
        String what = "%s: %s"
                .formatted(failure.getClass().getSimpleName(), Printable.line(String.valueOf(failure.getMessage())));
        if (command.getCommand() instanceof BaseCommand base && logged(base.base(), failure)) {
            print(
                    command,
                    "%s; details are in %s".formatted(what, base.base().logs().resolve("stepwell.log")));
        } else {
            print(command, what);
            // Nowhere else to put it: better an ugly trace than none.
            failure.printStackTrace(command.getErr());
            command.getErr().flush();
        }
        return ExitCode.FAILED.code();
    }

    /// Writes the stack trace to the log of `base`, if there is one to write to.
    private static boolean logged(BaseDirectory base, Throwable failure) {
        if (!Files.isDirectory(base.root())) {
            return false;
        }
        try (Logging _ = Logging.start(base, _ -> {})) {
            LoggerFactory.getLogger(ErrorLines.class).error("The command failed", failure);
            return true;
        } catch (IOException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private static String unknown(UnmatchedArgumentException e) {
        String typed = e.getUnmatched().getFirst();
        List<String> known = new ArrayList<>(e.getCommandLine().getSubcommands().keySet());
        e.getCommandLine().getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
        String name = typed.startsWith("--") && typed.contains("=") ? typed.substring(0, typed.indexOf('=')) : typed;
        String kind = typed.startsWith("-") ? "option" : known.contains("run") ? "command" : "argument";
        String problem = "unknown %s '%s'".formatted(kind, Printable.brief(name));
        return NearestName.of(name, known)
                .map(near -> "%s; did you mean %s?".formatted(problem, near))
                .orElse(problem);
    }

    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("the command line is wrong");
        return Printable.line(line);
    }

    private static void print(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        err.println("stepwell: " + message);
        err.flush();
    }
}
