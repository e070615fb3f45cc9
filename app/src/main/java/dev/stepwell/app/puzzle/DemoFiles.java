package dev.stepwell.app.puzzle;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /// Their names, in order; the numbers have as many digits as the largest needs, and at least two.
    public List<String> names() {
        int digits = Math.max(2, Integer.toString(files).length());
        List<String> names = new ArrayList<>(files);
        for (int i = 1; i <= files; i++) {
            names.add("syllo_batch_autogen_%s.jsonl".formatted(padded(i, digits)));
        }
        return names;
    }

    /// Puts into the inbox every file that is not yet anywhere in `base`, so that a demo that was interrupted goes on
    /// with what is left. Each file appears whole or not at all.
    ///
    /// @return the files that were written, in order
    /// @throws IOException if a file cannot be written; those before it are there
    public List<Path> writeMissing(BaseDirectory base) throws IOException {
        Set<String> present = present(base);
        PuzzleGenerator puzzles = PuzzleGenerator.training(seed, PuzzleGenerator.DEFAULT_TILES);
        List<Path> written = new ArrayList<>();
        for (String name : names()) {
            // Made even when not needed, so that the puzzles of a file do not depend on which others are there.
            String content = content(puzzles);
            if (!present.contains(name)) {
                Path file = base.inbox().resolve(name);
                AtomicFiles.write(file, content.getBytes(StandardCharsets.UTF_8));
                written.add(file);
            }
        }
        return written;
    }

    private String content(PuzzleGenerator puzzles) {
        StringBuilder content = new StringBuilder(rowsPerFile * 140);
        for (int row = 0; row < rowsPerFile; row++) {
            content.append(PuzzleRow.json(puzzles.next())).append('\n');
        }
        return content.toString();
    }

    /// Names of the files in the inbox, taken, done, given up or removed, without the number that the queue
    /// puts before them.
    private static Set<String> present(BaseDirectory base) throws IOException {
        Set<String> names = new HashSet<>();
        for (Path folder : List.of(base.inbox(), base.queue(), base.archive(), base.failed(), base.removed())) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> entries = Files.list(folder)) {
                    entries.map(file -> String.valueOf(file.getFileName()))
                            .map(name -> name.replaceFirst("^\\d+__", ""))
                            .forEach(names::add);
                }
            }
        }
        return names;
    }

    private static String padded(int number, int digits) {
        String text = Integer.toString(number);
        return "0".repeat(digits - text.length()) + text;
    }
}
