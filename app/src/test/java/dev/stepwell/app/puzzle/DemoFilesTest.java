package dev.stepwell.app.puzzle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoFilesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ROWS = 118 * 16;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private BaseDirectory base;

    @BeforeEach
    void makeBase() throws IOException {
        base = new BaseDirectory(folder);
        base.create();
    }

    @Test
    void names_sort_as_they_count() {
        assertThat(new DemoFiles(1, 22, 1).names())
                .hasSize(22)
                .startsWith("syllo_batch_autogen_01.jsonl")
                .endsWith("syllo_batch_autogen_22.jsonl")
                .isSorted();
        assertThat(new DemoFiles(1, 100, 1).names())
                .startsWith("syllo_batch_autogen_001.jsonl")
                .endsWith("syllo_batch_autogen_100.jsonl")
                .isSorted();
    }

    @Test
    void all_22_files_are_whole_distinct_and_share_nothing_with_what_is_held_out() throws IOException {
        List<Path> files = new DemoFiles(42, 22, ROWS).writeMissing(base);
        Set<String> questions = new HashSet<>();
        Set<String> answers = new HashSet<>();
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file);
            assertThat(lines.size()).isEqualTo(ROWS);
            for (String line : lines) {
                JsonNode messages = JSON.readTree(line).get("messages");
                questions.add(messages.get(0).get("content").stringValue());
                answers.add(messages.get(1).get("content").stringValue());
            }
        }
        assertThat(questions.size()).isEqualTo(22 * ROWS);
        PuzzleGenerator heldOut = PuzzleGenerator.heldOut(42, PuzzleGenerator.DEFAULT_TILES);
        for (int i = 0; i < 1_000; i++) {
            Puzzle puzzle = heldOut.next();
            assertThat(questions.contains(puzzle.question())).isFalse();
            assertThat(answers.contains(puzzle.solution())).isFalse();
        }
        try (Stream<Path> inbox = Files.list(base.inbox())) {
            assertThat(inbox).containsExactlyInAnyOrderElementsOf(files);
        }
    }

    @Test
    void a_demo_that_was_interrupted_gets_only_what_is_missing_and_the_same_puzzles() throws IOException {
        DemoFiles demo = new DemoFiles(42, 5, 10);
        List<Path> first = demo.writeMissing(base);
        List<String> contents = new ArrayList<>();
        for (Path file : first) {
            contents.add(Files.readString(file));
        }
        Files.move(first.get(0), base.archive().resolve("1__syllo_batch_autogen_01.jsonl"));
        Files.move(first.get(1), base.queue().resolve("2__syllo_batch_autogen_02.jsonl"));
        Files.move(first.get(2), base.failed().resolve("3__syllo_batch_autogen_03.jsonl"));
        Files.delete(first.get(4));

        assertThat(demo.writeMissing(base)).containsExactly(first.get(4));
        assertThat(first.get(4)).hasContent(contents.get(4));
        assertThat(first.get(0)).doesNotExist();
        assertThat(demo.writeMissing(base)).isEmpty();
    }
}
