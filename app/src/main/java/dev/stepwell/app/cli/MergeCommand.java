package dev.stepwell.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "merge",
        description = {
            "Add the adapter that was trained to the weights of its model, and write the sum as a model of its own:",
            "a folder in Hugging Face's format, with the model's files, types and tokenizer. Needs memory for a few of",
            "the model's tensors. Also while a daemon runs."
        },
        footer = {
            "",
            "Examples:",
            "  ./stepwell merge /models/tutor                                  the newest adapter",
            "  ./stepwell merge --adapter current_model/checkpoint-500 OUT     an older one, of the base directory"
        })
final class MergeCommand extends BaseCommand {
    @Parameters(paramLabel = "FOLDER", description = "Folder to be made.")
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command is called.
    private Path target;

    @Option(
            names = "--adapter",
            paramLabel = "FOLDER",
            defaultValue = "current_model",
            description = "Folder of the adapter, absolute or within the base directory. Default: current_model.")
    private Path adapter = Path.of("current_model");

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            description = "Folder of its model. Default: the one that the adapter names.")
    private @Nullable Path model;

    MergeCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    ExitCode execute() throws IOException {
        if (Files.exists(target)) {
            throw new CliException(
                    ExitCode.UNAVAILABLE, "there is something at %s".formatted(target), "name a folder to be made");
        }
        Path from = base().root().resolve(adapter);
        if (!Files.isRegularFile(from.resolve("adapter_config.json"))) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "%s holds no adapter".formatted(from),
                    "one is there once a file was trained with \"method\": \"lora\"; or name another with --adapter");
        }
        return operations.merge(new Operations.MergeRequest(
                from, Optional.ofNullable(model), target, spec.commandLine().getOut()));
    }
}
