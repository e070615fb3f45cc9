package dev.stepwell.app.setup;

import dev.stepwell.app.text.Printable;
import dev.stepwell.core.io.ByteSize;
import dev.stepwell.torch.TrainingMemory;
import dev.stepwell.torch.pretrained.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What was found, in lines for people.
final class FindingsText {
    private static final String FACT = "  %-12s %s";
    private static final String ROW = "  %-12s %10s %10s %10s %12s %10s   %s";

    private FindingsText() {}

    static List<String> lines(Findings findings) {
        List<String> lines = new ArrayList<>();
        lines.add(findings.inspection()
                .map(inspection -> Printable.line(inspection.model().folder().toString()))
                .orElse("a new model, trained from nothing"));
        model(findings, lines);
        lines.add("");
        memory(findings, lines);
        lines.add("");
        lines.add(FACT.formatted(
                "disk",
                "a checkpoint takes %s, those kept at once %s; %s are free%s"
                        .formatted(
                                ByteSize.of(findings.checkpoint()),
                                ByteSize.of(findings.checkpoints()),
                                ByteSize.of(findings.freeDisk()),
                                findings.checkpoints() > findings.freeDisk()
                                        ? ", which is too little: lower keep_checkpoints or make room"
                                        : "")));
        return lines;
    }

    private static void model(Findings findings, List<String> lines) {
        lines.add(FACT.formatted("architecture", findings.shape().architecture().className()));
        lines.add(FACT.formatted("parameters", "%,d".formatted(findings.parameters())));
        if (findings.inspection().isPresent()) {
            lines.add(FACT.formatted(
                    "with LoRA",
                    "%,d trained beside them (rank %d, all projections)"
                            .formatted(findings.adapterParameters(), Setting.LORA.rank())));
            lines.add(FACT.formatted("stored", stored(findings.inspection().get())));
        }
        lines.add(FACT.formatted(
                "context", "%,d tokens".formatted(findings.shape().maxPositionEmbeddings())));
        lines.add(FACT.formatted(
                "tokenizer",
                "%,d tokens"
                        .formatted(findings.inspection()
                                .map(Inspection::vocabulary)
                                .orElse(findings.shape().vocabSize()))));
    }

    private static String stored(Inspection inspection) {
        String types = inspection.weights().types().stream()
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        int files = inspection.weights().files();
        return "%s, %s in %d %s"
                .formatted(ByteSize.of(inspection.weights().bytes()), types, files, files == 1 ? "file" : "files");
    }

    private static void memory(Findings findings, List<String> lines) {
        Setting any = findings.table().getFirst();
        lines.add("Memory to train it, %d %s of up to %d tokens at a time, on %d threads, at most:"
                .formatted(
                        any.rows(),
                        any.rows() == 1 ? "row" : "rows",
                        any.maxLength(),
                        findings.machine().processors()));
        lines.add(ROW.formatted("", "weights", "gradients", "optimizer", "activations", "in all", "")
                .stripTrailing());
        for (Setting setting : findings.table()) {
            TrainingMemory memory = setting.memory();
            lines.add(ROW.formatted(
                    word(setting.method()) + " "
                            + setting.compute().dtype().name().toLowerCase(Locale.ROOT),
                    ByteSize.of(memory.weights()),
                    ByteSize.of(memory.gradients()),
                    ByteSize.of(memory.optimizer()),
                    ByteSize.of(memory.activations() + memory.scores()),
                    ByteSize.of(memory.total()),
                    setting.fits(findings.machine()) ? "fits" : "does not fit"));
        }
        lines.add("This machine has %s, of which %s are available."
                .formatted(
                        ByteSize.of(findings.machine().memory()),
                        ByteSize.of(findings.machine().available())));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
