package dev.stepwell.bench;

import dev.stepwell.app.cli.Operations.Place;
import dev.stepwell.app.config.Config;
import dev.stepwell.app.config.ConfigFile;
import dev.stepwell.app.config.ConfigKeys;
import dev.stepwell.app.logging.Logging;
import dev.stepwell.app.puzzle.DemoFiles;
import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A base directory as a user would have it: a new one with the default configuration and files of the demo, or one
/// that was made before.
public final class BenchPlace implements AutoCloseable {
    private final BaseDirectory base;
    private final Config config;
    private final Logging logging;

    /// A new one, among the temporary files.
    public BenchPlace() throws IOException {
        this(Files.createTempDirectory("stepwell-bench-"));
    }

    /// The base directory at `root`, which is made if it is not there.
    public BenchPlace(Path root) throws IOException {
        base = new BaseDirectory(root);
        base.create();
        config = ConfigFile.loadOrCreate(base.config());
        logging = Logging.start(base, System.err::println);
    }

    public BaseDirectory base() {
        return base;
    }

    public Config config() {
        return config;
    }

    /// For [dev.stepwell.app.daemon.DaemonProcess]; what it would print is thrown away.
    public Place place() {
        return new Place(
                base,
                config,
                logging,
                false,
                new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    /// Puts `files` demo files of `rows` rows into the inbox.
    public void drop(int files, int rows) throws IOException {
        new DemoFiles(config.get(ConfigKeys.SEED), files, rows).writeMissing(base);
    }

    @Override
    public void close() {
        logging.close();
    }
}
