package dev.stepwell.app.cli;

import dev.stepwell.app.cli.Operations.InitRequest;
import dev.stepwell.app.config.Method;
import dev.stepwell.app.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "init",
        description = {
            "Look at a model and at this machine, and write a config.json with which the one can be trained on the other.",
            "Says what the model is, how much memory training it takes with each method and type, and whether that is"
                    + " there. Weights are not read, only what their files say of them."
        },
        footer = {
            "",
            "Examples:",
            "  ./stepwell init --from /models/smollm2 --dry-run      only look",
            "  ./stepwell init --from /models/smollm2                adapt it (LoRA)",
            "  ./stepwell init --from /models/tutor --method full    train all its weights",
            "  ./stepwell init                                       a small model of its own"
        })
final class InitCommand extends BaseCommand {
    @Option(
            names = "--from",
            paramLabel = "FOLDER",
            description = "Folder of the model, in Hugging Face's format. Default: a new, small one.")
    private @Nullable Path from;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            converter = Words.OfMethod.class,
            description = "lora: an adapter beside its weights; full: all its weights. Default: lora with --from.")
    private @Nullable Method method;

    @Option(names = "--force", description = "Overwrite the config.json that is there.")
    private boolean force;

    @Option(names = "--dry-run", description = "Write nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    InitCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    ExitCode execute() throws IOException {
        if (from != null && from.toString().isBlank()) {
            throw new CliException(ExitCode.USAGE, "--from is empty", "name the folder of a model");
        }
        if (from == null && method == Method.LORA) {
            throw new CliException(
                    ExitCode.USAGE, "an adapter is trained beside the weights of a model", "name it with --from");
        }
        if (!dryRun && !force && Files.exists(base().config())) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "there is a config.json in %s already"
                            .formatted(Printable.line(base().root().toString())),
                    "--force overwrites it, --dry-run only looks, --base-dir names another place");
        }
        return operations.init(new InitRequest(
                dryRun ? base() : common.madeBase(),
                Optional.ofNullable(from),
                method != null ? method : from == null ? Method.FULL : Method.LORA,
                dryRun,
                json,
                spec.commandLine().getOut()));
    }
}
