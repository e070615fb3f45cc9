package dev.stepwell.bench;

import dev.stepwell.app.config.TrainerSettings;
import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.data.JsonlSurveyor;
import dev.stepwell.data.rows.FieldMapping;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// A file of 1 GB: how long its rows take to count, and with how little memory. To be run with a small heap,
/// which is the proof that the file is never held: `bench/scale.sh` gives it 64 MB.
public final class LargeFile {
    private static final long BYTES = 1L << 30;

    private LargeFile() {}

    /// Prints one line.
    public static void main(String[] args) throws IOException {
        try (BenchPlace place = new BenchPlace()) {
            Path file = place.base().root().resolve("large.jsonl");
            write(file);
            JsonlSurveyor surveyor =
                    new JsonlSurveyor(TrainerSettings.trainer(place.config())::plannedSteps, FieldMapping.NONE);
            long started = System.nanoTime();
            FileSurvey survey = surveyor.survey(file);
            double seconds = (System.nanoTime() - started) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "counting %,d rows in %,d MB took %.1f s, %.0f MB/s, with a heap of at most %,d MB;"
                            + " most memory the process ever had: %s%n",
                    survey.ledger().rows(),
                    Files.size(file) >> 20,
                    seconds,
                    Files.size(file) / 1e6 / seconds,
                    Runtime.getRuntime().maxMemory() >> 20,
                    QueueScale.mostMemory());
            Files.delete(file);
        }
    }

    private static void write(Path file) throws IOException {
        String row = "{\"messages\": [{\"role\": \"user\", \"content\": \"%s\"}, "
                        .formatted("what is the answer to this? ".repeat(12))
                + "{\"role\": \"assistant\", \"content\": \"forty-two\"}]}\n";
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (long written = 0; written < BYTES; written += row.length()) {
                out.write(row);
            }
        }
    }
}
