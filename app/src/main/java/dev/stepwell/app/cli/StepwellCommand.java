package dev.stepwell.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "./stepwell",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Fine-tunes one language model on file after file, as you drop them into a folder, and at every moment"
                    + " tells the truth about where it is.",
            ""
        },
        footer = {
            "",
            "Start here:",
            "  ./stepwell demo            see it learn, in a few minutes",
            "  ./stepwell COMMAND --help  what a command takes"
        })
final class StepwellCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command is run.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
