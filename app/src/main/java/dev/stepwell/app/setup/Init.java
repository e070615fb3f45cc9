package dev.stepwell.app.setup;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations.InitRequest;
import dev.stepwell.app.config.Config;
import dev.stepwell.app.config.ConfigFile;
import dev.stepwell.app.config.Method;
import dev.stepwell.app.config.TrainerSettings;
import dev.stepwell.app.text.Printable;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.ByteSize;
import dev.stepwell.data.tokens.DefaultTokenizer;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.pretrained.Inspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Looks at a model and a machine, says what it found, and writes a configuration.
public final class Init {
    private Init() {}

    /// Does what was asked.
    ///
    /// @throws CliException if the model cannot be trained here, saying why
    public static ExitCode run(InitRequest request) throws IOException {
        Machine machine = Machine.current();
        Optional<Inspection> inspection = request.from().map(Init::inspected);
        ModelConfig shape = inspection
                .map(found -> found.model().config())
                .orElseGet(() -> TrainerSettings.model(Config.defaults(), DefaultTokenizer.VOCAB_SIZE));
        Findings findings = Findings.of(
                request.base(),
                inspection,
                shape,
                request.method(),
                machine,
                freeDisk(request.base().root()));
        if (!request.json()) {
            FindingsText.lines(findings).forEach(request.out()::println);
            request.out().flush();
        }
        Setting chosen = findings.chosen().orElse(null);
        if (chosen != null && !request.dryRun()) {
            ConfigFile.write(request.base().config(), Proposal.of(findings, chosen));
        }
        if (request.json()) {
            request.out()
                    .println(FindingsJson.of(
                            findings,
                            chosen == null || request.dryRun()
                                    ? null
                                    : request.base().config().toString()));
        }
        if (chosen == null) {
            throw tooLarge(findings);
        }
        if (!request.json()) {
            request.out().println();
            request.out().println(decision(chosen, request));
        }
        return ExitCode.OK;
    }

    private static Inspection inspected(Path folder) {
        try {
            return Inspection.of(folder);
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.USAGE,
                    "the model cannot be trained: %s".formatted(Printable.line(String.valueOf(e.getMessage()))),
                    "see docs/models.md for what can");
        }
    }

    /// Of the disk on which `folder` is, or will be.
    private static long freeDisk(Path folder) throws IOException {
        Path there = folder;
        while (there.getParent() != null && Files.notExists(there)) {
            there = there.getParent();
        }
        return Files.getFileStore(there).getUsableSpace();
    }

    private static CliException tooLarge(Findings findings) {
        return new CliException(
                ExitCode.UNAVAILABLE,
                "method %s takes %s at least, and %s are available: nothing was written"
                        .formatted(
                                FindingsText.word(findings.method()),
                                ByteSize.of(findings.least()),
                                ByteSize.of(findings.machine().available())),
                findings.method() == Method.FULL && findings.inspection().isPresent()
                        ? "try --method lora, a smaller model, or a machine with more memory"
                        : "take a smaller model, or a machine with more memory");
    }

    private static String decision(Setting chosen, InitRequest request) {
        BaseDirectory base = request.base();
        String settings = "method %s, dtype %s%s, batch_size %d, gradient_accumulation %d, max_length %d"
                .formatted(
                        FindingsText.word(chosen.method()),
                        FindingsText.word(chosen.compute().dtype()),
                        chosen.compute().gradientCheckpointing() ? ", gradient_checkpointing" : "",
                        chosen.rows(),
                        chosen.accumulation(),
                        chosen.maxLength());
        return request.dryRun()
                ? "Would write %s: %s.".formatted(base.config(), settings)
                : """
                        Wrote %s: %s.

                        Next: ./stepwell run --base-dir %s, and drop files of rows into %s.""".formatted(base.config(), settings, base.root(), base.inbox());
    }
}
