package dev.stepwell.app.faults;

import dev.stepwell.app.daemon.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The files that every run under faults has to train: of several lengths, some with lines that must be refused.
final class Coursework {
    static final int FILES = 6;
    private static final int SHORTEST = 9;

    private Coursework() {}

    /// A base directory with all files in its inbox.
    static Workshop in(Path root) throws IOException {
        Workshop workshop = Workshop.in(root);
        // Killed again and again in one file before its first checkpoint, it has to be trained all the same.
        workshop.configure("max_deaths", "0");
        for (int number = 1; number <= FILES; number++) {
            workshop.drop(name(number), lines(number));
        }
        return workshop;
    }

    static String name(int number) {
        return "part_%d.jsonl".formatted(number);
    }

    /// Optimizer steps that file `number` takes.
    static int steps(int number) {
        return SHORTEST + 3 * (number % 4);
    }

    static int stepsInAll() {
        int steps = 0;
        for (int number = 1; number <= FILES; number++) {
            steps += steps(number);
        }
        return steps;
    }

    static int rejected(int number) {
        return number % 3;
    }

    static List<String> lines(int number) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < steps(number) * Workshop.ROWS_PER_STEP; row++) {
            lines.add("{\"prompt\": \"part %d row %d is \", \"completion\": \"%d\"}".formatted(number, row, row % 7));
        }
        for (int i = 0; i < rejected(number); i++) {
            lines.add(3 * i, "not a row");
        }
        return lines;
    }

    /// The SHA-256 of every file below `root` that decides what the model is, by name.
    static SequencedMap<String, String> model(Path root) throws IOException {
        SequencedMap<String, String> model = new TreeMap<>();
        Path newest = root.resolve("current_model").resolve("checkpoint-" + stepsInAll());
        for (String name : List.of("model.safetensors", "optimizer.safetensors", "trainer_state.json")) {
            model.put(name, sha256(newest.resolve(name)));
        }
        model.put("at the root", sha256(root.resolve("current_model").resolve("model.safetensors")));
        return model;
    }

    private static String sha256(Path file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
