package dev.stepwell.app.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/// Runs the command that a command line names.
public final class Cli {
    private final CommandLine root;
    private final ErrorLines errors = new ErrorLines();

    /// @param operations  what the commands do
    /// @param environment variables of the process
    /// @param out         standard output
    /// @param err         standard error
    public Cli(Operations operations, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        this(operations, environment, StandardInput.ofProcess(), out, err);
    }

    /// The same with another standard input than the process has.
    public Cli(
            Operations operations,
            Map<String, String> environment,
            StandardInput in,
            PrintWriter out,
            PrintWriter err) {
        root = new CommandLine(new StepwellCommand())
                .addSubcommand(new DemoCommand(operations, environment))
                .addSubcommand(new InitCommand(operations, environment))
                .addSubcommand(new CheckCommand(operations, environment, in))
                .addSubcommand(new RunCommand(operations, environment))
                .addSubcommand(new StatusCommand(operations, environment))
                .addSubcommand(new WatchCommand(operations, environment))
                .addSubcommand(new DashboardCommand(operations, environment))
                .addSubcommand(new PauseCommand(operations, environment))
                .addSubcommand(new ResumeCommand(operations, environment))
                .addSubcommand(new SkipCommand(operations, environment))
                .addSubcommand(new StopCommand(operations, environment))
                .addSubcommand(new AddCommand(operations, environment))
                .addSubcommand(new ListCommand(operations, environment))
                .addSubcommand(new ShowCommand(operations, environment))
                .addSubcommand(new HistoryCommand(operations, environment))
                .addSubcommand(new ReportCommand(operations, environment))
                .addSubcommand(FileChange.HOLD.command(operations, environment))
                .addSubcommand(FileChange.RELEASE.command(operations, environment))
                .addSubcommand(FileChange.REMOVE.command(operations, environment))
                .addSubcommand(FileChange.RETRY.command(operations, environment))
                .addSubcommand(new PriorityCommand(operations, environment))
                .addSubcommand(new GenerateCommand(operations, environment, in))
                .addSubcommand(new MergeCommand(operations, environment))
                .addSubcommand(new DoctorCommand(operations, environment))
                .addSubcommand(new RetentionCommand(operations, environment))
                .addSubcommand(AlertsCommand.command(operations, environment));
        Map<String, String> exitCodes = Arrays.stream(ExitCode.values())
                .collect(Collectors.toMap(
                        code -> Integer.toString(code.code()), ExitCode::meaning, (a, b) -> a, LinkedHashMap::new));
        root.registerConverter(Integer.TYPE, Cli::wholeNumber)
                .registerConverter(Integer.class, Cli::wholeNumber)
                .registerConverter(Double.class, Cli::number)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setOverwrittenOptionsAllowed(false)
                .setUsageHelpAutoWidth(true);
        describeExits(root, exitCodes);
    }

    /// Does what `args` ask and returns the exit code, as [ExitCode] explains it.
    public int execute(String... args) {
        try {
            return root.execute(args);
        } catch (Error e) {
            // picocli passes on what is no Exception: a native library that cannot be loaded, memory that is not there.
            return errors.handle(e, named(args));
        }
    }

    private static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new TypeConversionException("'%s' is not a whole number within 32 bits".formatted(text));
        }
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            throw new TypeConversionException("'%s' is not a number".formatted(text));
        }
    }

    private CommandLine named(String... args) {
        return Arrays.stream(args)
                .filter(root.getSubcommands()::containsKey)
                .findFirst()
                .map(root.getSubcommands()::get)
                .orElse(root);
    }

    private static void describeExits(CommandLine command, Map<String, String> exitCodes) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes);
        command.getSubcommands().values().forEach(nested -> describeExits(nested, exitCodes));
    }
}
