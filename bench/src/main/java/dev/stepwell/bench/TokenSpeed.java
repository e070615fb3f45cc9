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

/// From a file to the tokens that are trained, with the positions that are learnt: `bench/token-speed.sh` runs it beside
/// the same with datasets and tokenizers.
///
/// The arguments are a base directory with a `config.json`, a `tokenizer.json`, and files. Each is read several times;
/// the first time is a daemon's first file, the median is any later one.
public final class TokenSpeed {
    private static final int ROUNDS = 7;

    private TokenSpeed() {}

    /// Prints a line for each file.
    public static void main(String[] args) throws IOException {
        BaseDirectory base = new BaseDirectory(Path.of(args[0]));
        Config config = ConfigFile.loadOrCreate(base.config());
        try (HuggingFaceBpeTokenizer tokenizer = HuggingFaceBpeTokenizer.open(Path.of(args[1]))) {
            JsonlDataReader reader = new JsonlDataReader(
                    DataSettings.rows(config, base.root(), tokenizer), FieldSettings.from(config));
            for (String file : List.of(args).subList(2, args.length)) {
                measure(reader, Path.of(file));
            }
        }
    }

    private static void measure(JsonlDataReader reader, Path file) throws IOException {
        double megabytes = Files.size(file) / 1e6;
        List<Double> seconds = new ArrayList<>();
        TrainingData data = reader.read(file);
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            data = reader.read(file);
            seconds.add((System.nanoTime() - began) / 1e9);
        }
        double median = seconds.stream().sorted().skip(ROUNDS / 2).findFirst().orElseThrow();
        long tokens = data.examples().stream().mapToLong(row -> row.ids().length).sum();
        System.out.printf(
                Locale.ROOT,
                "stepwell  %-28s %,8.0f rows/s %6.2f MB/s  %,d rows, %,d tokens%n",
                file.getFileName(),
                data.examples().size() / median,
                megabytes / median,
                data.examples().size(),
                tokens);
    }
}
