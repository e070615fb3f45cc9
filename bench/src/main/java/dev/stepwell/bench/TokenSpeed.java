package dev.stepwell.bench;

import dev.stepwell.app.config.Config;
import dev.stepwell.app.config.ConfigFile;
import dev.stepwell.app.config.DataSettings;
import dev.stepwell.app.config.FieldSettings;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.data.JsonlDataReader;
import dev.stepwell.data.TrainingData;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// From a file to the tokens that are trained, with the positions that are learnt: `bench/token-speed.sh` runs it
/// beside the same with datasets and tokenizers.
///
/// The arguments are a base directory with a `config.json`, a `tokenizer.json`, and files. Each is read several times,
/// each time by a tokenizer that has not met a word yet; what is printed is the median.
public final class TokenSpeed {
    private static final int ROUNDS = 7;

    private TokenSpeed() {}

    /// Prints a line for each file.
    public static void main(String[] args) throws IOException {
        BaseDirectory base = new BaseDirectory(Path.of(args[0]));
        Config config = ConfigFile.loadOrCreate(base.config());
        for (String file : List.of(args).subList(2, args.length)) {
            measure(base, config, Path.of(args[1]), Path.of(file));
        }
    }

    private static void measure(BaseDirectory base, Config config, Path tokenizerJson, Path file) throws IOException {
        double megabytes = Files.size(file) / 1e6;
        List<Double> seconds = new ArrayList<>();
        int rows = 0;
        long tokens = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            try (HuggingFaceBpeTokenizer tokenizer = HuggingFaceBpeTokenizer.open(tokenizerJson)) {
                JsonlDataReader reader = new JsonlDataReader(
                        DataSettings.rows(config, base.root(), tokenizer), FieldSettings.from(config));
                long began = System.nanoTime();
                TrainingData data = reader.read(file);
                if (round > 0) { // The first compiles.
                    seconds.add((System.nanoTime() - began) / 1e9);
                }
                rows = data.examples().size();
                tokens = data.examples().stream()
                        .mapToLong(row -> row.ids().length)
                        .sum();
            }
        }
        double median = seconds.stream().sorted().skip(ROUNDS / 2).findFirst().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "stepwell  %-28s %,8.0f rows/s %6.2f MB/s  %,d rows, %,d tokens%n",
                file.getFileName(),
                rows / median,
                megabytes / median,
                rows,
                tokens);
    }
}
