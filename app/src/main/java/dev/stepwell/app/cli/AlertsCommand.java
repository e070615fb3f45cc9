package dev.stepwell.app.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "alerts",
        description = "What is told to people elsewhere: by a webhook, a program of theirs, on a desktop.",
        footer = {"", "Example:", "  ./stepwell alerts test   try whether it arrives"})
final class AlertsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command is run.
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it through reflection.
    private boolean help;

    private AlertsCommand() {}

    /// The command with those that belong to it, ready to be added to another.
    static CommandLine command(Operations operations, Map<String, String> environment) {
        return new CommandLine(new AlertsCommand()).addSubcommand(new AlertTrialCommand(operations, environment));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given: test");
    }
}
