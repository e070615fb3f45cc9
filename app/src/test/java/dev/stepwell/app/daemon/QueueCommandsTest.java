package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.cli.Cli;
import dev.stepwell.app.daemon.Workshop.Ran;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.InstanceLock;
import dev.stepwell.core.queue.DeskJson;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.queue.LocalQueueDesk;
import dev.stepwell.core.queue.QueueStore;
import dev.stepwell.core.training.FileSurveyor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands about the queue, in a real base directory.
class QueueCommandsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Workshop workshop = new Workshop(Path.of("."));

    @BeforeEach
    void open() throws IOException {
        workshop = Workshop.in(folder.resolve("base"));
    }

    @Test
    void what_is_queued_held_and_released_is_trained_in_the_end_and_its_rows_sum() throws IOException {
        assertThat(ok("add", file("a", 4), file("b", 4), file("a", 4), file("late", 2))
                        .lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("a.jsonl (id 1): waiting, 4 rows, 2 steps"),
                        line -> assertThat(line).startsWith("b.jsonl (id 2): waiting"),
                        line -> assertThat(line).contains("(id 3): held", "has the same content as a.jsonl (id 1,"),
                        line -> assertThat(line).startsWith("late.jsonl (id 4): waiting"));
        assertThat(ok("hold", "late.jsonl")).isEqualToIgnoringNewLines("late.jsonl (id 4) is held");
        assertThat(ok("priority", "2", "high")).contains("b.jsonl (id 2) has priority high");
        assertThat(ok("remove", "3")).contains("is out of the queue, in removed/");
        assertThat(ok("list"))
                .startsWith("1 held, 2 waiting, 1 removed")
                .contains("held by hand; let it wait with: ./stepwell release 4");

        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        JsonNode files = json(ok("list", "--json", "--all")).get("files");
        assertThat(files)
                .extracting(
                        f -> f.get("name").stringValue() + " " + f.get("state").stringValue())
                .containsExactly("late.jsonl held", "a.jsonl completed", "b.jsonl completed", "a.jsonl removed");
        assertThat(ok("release", "4")).contains("late.jsonl (id 4) waits");
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();

        JsonNode shown = json(ok("show", "late.jsonl", "--json")).get("file");
        assertThat(shown.at("/file/state").stringValue()).isEqualTo("completed");
        assertThat(shown.get("checkpoints")).isNotEmpty();
        JsonNode epoch = shown.at("/attempts/0/rows/0");
        assertThat(epoch.get("trained").intValue()).isEqualTo(2);
        assertThat(shown.get("format").stringValue()).isEqualTo("prompt and completion");
        assertThat(ok("show", "4"))
                .contains(
                        "format       prompt and completion",
                        "2 trained + 0 rejected + 0 left = 2 rows",
                        "attempt 1: completed");
    }

    @Test
    void fields_that_the_configuration_names_are_trained_and_said_wherever_a_file_is_shown() throws IOException {
        workshop.configure("fields", "{\"user\": \"question\", \"assistant\": \"answer\"}");
        Path file = Files.writeString(
                folder.resolve("sums.json"),
                "[{\"question\": \"1 + 1?\", \"answer\": \"2\"},\n {\"question\": \"1 + 2?\", \"answer\": \"3\"},"
                        + "\n {\"text\": \"odd\"}]");
        assertThat(ok("add", file.toString())).contains("sums.json (id 1): waiting, 3 rows");
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        String format = "questions and answers by config fields user=question, assistant=answer, JSON array";
        assertThat(ok("show", "1"))
                .contains(
                        "format       " + format,
                        "3 = 2 usable + 1 rejected",
                        "line 3, column 2: this row is plain text");
        assertThat(json(ok("show", "1", "--json")).at("/file/format").stringValue())
                .isEqualTo(format);
        assertThat(workshop.reports("archive")).singleElement().satisfies(report -> {
            assertThat(report.at("/file/format").stringValue()).isEqualTo(format);
            assertThat(report.at("/rows/trained").intValue()).isEqualTo(2);
        });
        assertThat(Files.readString(workshop.root().resolve("logs").resolve("stepwell.log")))
                .contains("waits: " + format, "1__sums.json, " + format);
    }

    @Test
    void while_a_daemon_starts_files_can_be_added_and_looked_at_and_changes_are_refused() throws IOException {
        BaseDirectory base = new BaseDirectory(workshop.root());
        ok("add", file("a", 4));
        try (InstanceLock _ = InstanceLock.acquire(base, InstantSource.system())) {
            assertThat(ok("add", "--priority", "low", file("b", 4))).contains("b.jsonl is in the inbox");
            assertThat(base.inbox().resolve("low/b.jsonl")).isRegularFile();
            assertThat(ok("list")).contains("a.jsonl");
            Ran refused = workshop.stepwell("hold", "1");
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.err()).contains("is just starting or ending", "try again");
        }
    }

    @Test
    void a_daemon_that_can_be_reached_is_asked() throws IOException {
        BaseDirectory base = new BaseDirectory(workshop.root());
        ok("add", file("a", 4));
        FileSurveyor surveyor = _ -> {
            throw new IOException("nothing to count here");
        };
        StringWriter out = new StringWriter();
        try (InstanceLock _ = InstanceLock.acquire(base, InstantSource.system());
                QueueStore store = QueueStore.open(base.database(), InstantSource.system())) {
            LocalQueueDesk desk = LocalQueueDesk.ofDaemon(base, store, surveyor, InstantSource.system());
            DaemonLink link = _ -> request -> DeskJson.write(desk.answer(DeskJson.readRequest(request)));
            int code = new Cli(
                            new DaemonOperations(FaultObservers.NONE, link),
                            Map.of(),
                            new PrintWriter(out, true),
                            new PrintWriter(out))
                    .execute("hold", "a.jsonl", "--base-dir", base.root().toString());
            assertThat(code).isZero();
            assertThat(store.find(1).orElseThrow().state()).isEqualTo(FileState.HELD);
        }
        assertThat(out.toString()).contains("a.jsonl (id 1) is held");
    }

    @Test
    void a_daemon_that_trains_changes_its_queue_when_it_is_asked() throws Exception {
        workshop.drop("long.jsonl", 4_000);
        workshop.drop("next.jsonl", 2);
        Process daemon = workshop.process("run");
        try {
            RunningDaemon.awaitStatus(
                    workshop,
                    s -> s.get("batch_queue_size").asInt() == 2
                            && s.get("batch_step").asInt() > 1);
            assertThat(ok("hold", "next.jsonl")).contains("is held");
            RunningDaemon.awaitStatus(workshop, s -> s.get("batch_queue_size").asInt() == 1);
            assertThat(workshop.stepwell("hold", "long.jsonl").exitCode()).isEqualTo(1);
            assertThat(ok("list")).contains("1 held");
            ok("release", "next.jsonl");
            RunningDaemon.awaitStatus(workshop, s -> s.get("batch_queue_size").asInt() == 2);
            ok("stop");
            assertThat(daemon.waitFor()).isZero();
        } finally {
            daemon.destroyForcibly();
        }
    }

    @Test
    void what_cannot_be_done_is_one_line_with_the_remedy_and_the_rest_is_done() throws IOException {
        ok("add", file("a", 4), file("b", 4));
        Ran ran = workshop.stepwell("hold", "a.jsonl", "none.jsonl", "2");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out().lines()).containsExactly("a.jsonl (id 1) is held", "b.jsonl (id 2) is held");
        assertThat(ran.err().lines())
                .containsExactly("stepwell: no file of the queue has the id or name 'none.jsonl'; see which there are"
                        + " with: ./stepwell list --all");
        assertThat(workshop.stepwell("priority", "1", "hihg").err())
                .contains("'hihg' is not one of high, normal, low (did you mean high?)");
        assertThat(workshop.stepwell("list", "--state", "held,wating").err()).contains("did you mean waiting?");
        assertThat(workshop.stepwell("add", folder.toString()).err()).contains("is not a regular file");
    }

    @Test
    void nothing_is_made_by_looking_where_nothing_was_queued() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Workshop nowhere = new Workshop(empty);
        for (List<String> command : List.of(List.of("list"), List.of("show", "1"), List.of("remove", "1"))) {
            Ran ran = nowhere.stepwell(command.toArray(String[]::new));
            assertThat(ran.exitCode()).isEqualTo(3);
            assertThat(ran.err()).contains("nothing was ever queued in", "./stepwell add FILE");
        }
        assertThat(empty).isEmptyDirectory();
    }

    private String ok(String... args) {
        Ran ran = workshop.stepwell(args);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        return ran.out();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    /// A file of `rows` rows that no other name has.
    private String file(String name, int rows) throws IOException {
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            content.append("{\"prompt\": \"%s %d is \", \"completion\": \"%d\"}%n".formatted(name, i, i));
        }
        return Files.writeString(folder.resolve(name + ".jsonl"), content).toString();
    }
}
