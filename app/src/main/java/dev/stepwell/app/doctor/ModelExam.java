package dev.stepwell.app.doctor;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.torch.checkpoint.CheckpointAudit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The checkpoints, each read in full, and what saves that were cut short left behind.
final class ModelExam {
    private ModelExam() {}

    static List<Observation> of(BaseDirectory base, boolean working) throws IOException {
        List<Observation> seen = new ArrayList<>();
        List<CheckpointAudit.Checked> checkpoints = CheckpointAudit.of(base.currentModel());
        for (CheckpointAudit.Checked checked : checkpoints) {
            // The daemon may have deleted it by now, as one too many.
            if (checked.fault() != null && Files.isDirectory(checked.directory())) {
                seen.add(Observation.finding("checkpoint-%d is not valid, and is passed over: %s"
                        .formatted(checked.step(), checked.fault())));
            }
        }
        List<CheckpointAudit.Checked> valid =
                checkpoints.stream().filter(checked -> checked.fault() == null).toList();
        if (!valid.isEmpty()) {
            seen.add(Observation.fine("%d valid checkpoints; the newest is of step %d"
                    .formatted(valid.size(), valid.getFirst().step())));
        } else if (checkpoints.isEmpty()) {
            seen.add(Observation.note("there is no checkpoint yet"));
        } else {
            seen.add(Observation.finding("no checkpoint is valid: restore one from a snapshot,"
                    + " or move current_model/ away to begin with a new model"));
        }
        if (!working) {
            leftovers(base.currentModel(), seen);
        }
        return seen;
    }

    private static void leftovers(Path model, List<Observation> seen) throws IOException {
        if (!Files.isDirectory(model)) {
            return;
        }
        try (Stream<Path> entries = Files.list(model)) {
            entries.map(entry -> entry.getFileName().toString()).sorted().forEach(name -> {
                if (name.startsWith("passed-over-")) {
                    seen.add(Observation.note(
                            "current_model/%s was found invalid; it is kept for you to look at until two newer ones are"
                                    .formatted(name)));
                } else if (name.startsWith(".")) {
                    seen.add(Observation.finding(
                            "current_model/%s is left of a save that was cut short; at the next start: removed, or put back"
                                    .formatted(name)));
                }
            });
        }
    }
}
