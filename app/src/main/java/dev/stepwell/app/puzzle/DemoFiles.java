package dev.stepwell.app.puzzle;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.BaseDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The files of puzzles that the demo trains on: `syllo_batch_autogen_01.jsonl` and so on.
///
/// @param seed        of the puzzles
/// @param files       how many, at least 1
/// @param rowsPerFile rows in each, at least 1
public record DemoFiles(long seed, int files, int rowsPerFile) {
    /// Steps per file in the demo, as in the display that this program grew from.
    public static final int DEFAULT_STEPS = 118;

    /// @throws IllegalArgumentException if a count is below 1
    public DemoFiles {
        if (files < 1 || rowsPerFile < 1) {
            throw new IllegalArgumentException("%d files of %d rows".formatted(files, rowsPerFile));
        }
    }

    /// Their names, in order. A file has the same name whatever [#files] is, so that a longer demo in the same place
    /// goes on where a shorter one ended; the numbers have at least two digits.
    public List<String> names() {
        return IntStream.rangeClosed(1, files)
                .mapToObj(i -> String.format(Locale.ROOT, "syllo_batch_autogen_%02d.jsonl", i))
                .toList();
    }

    /// Puts into the inbox every file that is not yet anywhere in `base`, so that a demo that was interrupted goes on
    /// with what is left, and a longer one with new files. Each file appears whole or not at all, and has no puzzle
    /// that one before it has.
    ///
    /// @return the files that were written, in order
    /// @throws IOException if a file cannot be read or written; those before it are there
    public List<Path> writeMissing(BaseDirectory base) throws IOException {
        Map<String, Path> present = present(base);
        PuzzleGenerator puzzles = PuzzleGenerator.training(seed, PuzzleGenerator.DEFAULT_TILES);
        List<Path> written = new ArrayList<>();
        for (String name : names()) {
            Path there = present.get(name);
            if (there == null) {
                Path file = base.inbox().resolve(name);
                AtomicFiles.write(file, content(puzzles).getBytes(StandardCharsets.UTF_8));
                written.add(file);
            } else {
                // Drawn though they are there: so the puzzles of a file do not depend on when it is written. As many
                // as the file has, which may have been made with other settings.
                skip(puzzles, there);
            }
        }
        return written;
    }

    private static void skip(PuzzleGenerator puzzles, Path file) throws IOException {
        // Only counted, so any bytes will do.
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            while (lines.readLine() != null) {
                puzzles.next();
            }
        }
    }

    private String content(PuzzleGenerator puzzles) {
        StringBuilder content = new StringBuilder(rowsPerFile * 140);
        for (int row = 0; row < rowsPerFile; row++) {
            content.append(PuzzleRow.json(puzzles.next())).append('\n');
        }
        return content.toString();
    }

    /// Files in the inbox, taken, done, given up or removed, by their names without the number that the queue puts
    /// before them.
    private static Map<String, Path> present(BaseDirectory base) throws IOException {
        Map<String, Path> present = new HashMap<>();
        for (Path folder : List.of(base.inbox(), base.queue(), base.archive(), base.failed(), base.removed())) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> entries = Files.list(folder)) {
                    entries.filter(Files::isRegularFile)
                            .forEach(file ->
                                    present.put(file.getFileName().toString().replaceFirst("^\\d+__", ""), file));
                }
            }
        }
        return present;
    }
}
