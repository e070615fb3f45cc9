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
    void a_file_has_the_same_name_in_a_longer_demo() {
        List<String> names = new DemoFiles(1, 22, 1).names();
        assertThat(names)
                .hasSize(22)
                .startsWith("syllo_batch_autogen_01.jsonl")
                .endsWith("syllo_batch_autogen_22.jsonl")
                .isSorted();
        assertThat(new DemoFiles(1, 100, 1).names())
                .startsWith(names.toArray(String[]::new))
                .endsWith("syllo_batch_autogen_99.jsonl", "syllo_batch_autogen_100.jsonl");
    }

    @Test
    void a_longer_demo_in_the_same_place_adds_files_of_new_puzzles_whatever_the_length_of_the_others()
            throws IOException {
        List<Path> first = new DemoFiles(42, 3, 20).writeMissing(base);
        Files.move(first.get(0), base.archive().resolve("1__syllo_batch_autogen_01.jsonl"));
        assertThat(new DemoFiles(42, 100, 20).writeMissing(base)).hasSize(97);
        assertThat(new DemoFiles(42, 101, 5).writeMissing(base))
                .containsExactly(base.inbox().resolve("syllo_batch_autogen_101.jsonl"));
        assertThat(new DemoFiles(42, 102, 30).writeMissing(base)).hasSize(1);
        List<String> rows = new ArrayList<>();
        for (Path folder : List.of(base.inbox(), base.archive())) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    rows.addAll(Files.readAllLines(file));
                }
            }
        }
        assertThat(rows).hasSize(100 * 20 + 5 + 30).doesNotHaveDuplicates();
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
