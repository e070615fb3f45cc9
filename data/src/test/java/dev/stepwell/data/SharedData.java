package dev.stepwell.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The real data that lies beside the repository; tests that need it are skipped where it is absent.
public final class SharedData {
    private SharedData() {}

    public static Path folder(String name) {
        Path found = Stream.of("../../shared/data", "../shared/data", "../../../shared/data")
                .map(parent -> Path.of(parent, name))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(Path.of(name));
        Assumptions.assumeTrue(Files.isDirectory(found), "no shared data beside the repository");
        return found;
    }

    /// The folder's `.jsonl` files in the order of their names.
    public static List<Path> jsonl(String folder) throws IOException {
        try (Stream<Path> files = Files.list(folder(folder))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }
}
