package dev.stepwell.app.puzzle;

import dev.stepwell.core.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Puzzles that are asked and never trained on, as a file of rows like the training files.
public final class HeldOutFile {
    /// How many there are: enough that one in a hundred shows.
    public static final int PUZZLES = 200;

    private HeldOutFile() {}

    /// Writes the file, whole or not at all; its folder is made where it is missing.
    ///
    /// @param seed of the puzzles
    /// @throws IOException if it cannot be written
    public static void write(Path file, long seed) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " has no folder");
        }
        Files.createDirectories(folder);
        PuzzleGenerator puzzles = PuzzleGenerator.heldOut(seed, PuzzleGenerator.DEFAULT_TILES);
        String rows = Stream.generate(puzzles::next)
                .limit(PUZZLES)
                .map(PuzzleRow::json)
                .collect(Collectors.joining("\n", "", "\n"));
        AtomicFiles.write(file, rows.getBytes(StandardCharsets.UTF_8));
    }
}
