package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxTest {
    @TempDir
    Path root;

    private Workplace place;

    @BeforeEach
    void open() throws IOException {
        place = new Workplace(root.resolve("base"));
    }

    @AfterEach
    void close() throws IOException {
        place.close();
    }

    @Test
    void a_taken_file_lies_in_the_queue_under_its_id_with_its_rows_counted() throws IOException {
        place.drop("a.jsonl", "1", "bad", "2");
        assertThat(place.look().unsettled()).isFalse();
        assertThat(Workplace.names(place.base.queue())).containsExactly("1__a.jsonl");
        assertThat(Workplace.names(place.base.inbox())).isEmpty();
        QueuedFile file = place.store.find(1).orElseThrow();
        assertThat(file.state()).isEqualTo(FileState.WAITING);
        assertThat(file.rows())
                .isEqualTo(new QueuedFile.Rows(
                        3,
                        0,
                        1,
                        0,
                        2,
                        14,
                        LineSurveyor.sha256("1\nbad\n2\n".getBytes(StandardCharsets.UTF_8)),
                        "lines"));
        assertThat(place.store.rejections(1))
                .singleElement()
                .satisfies(r -> assertThat(r.line()).isEqualTo(2));
    }

    @Test
    void a_file_being_written_is_left_until_it_has_settled() throws IOException {
        Path file = place.drop("a.jsonl", "1");
        Files.setLastModifiedTime(file, FileTime.from(place.clock.instant()));
        assertThat(place.look().unsettled()).isTrue();
        assertThat(place.store.isDrained()).isTrue();
        place.clock.advance(Duration.ofMillis(500));
        assertThat(place.look().unsettled()).isFalse();
        assertThat(place.claim().file().name()).isEqualTo("a.jsonl");
    }

    @Test
    void files_of_all_folders_are_taken_without_clashes() throws IOException {
        place.take("same.jsonl", "x/same.jsonl", "x/y/same.jsonl", "high/same.jsonl");
        assertThat(Workplace.names(place.base.queue()))
                .hasSize(4)
                .allMatch(name -> name.matches("[1-4]__same\\.jsonl"));
        assertThat(place.claim().file().source()).isEqualTo("high/same.jsonl");
    }

    @Test
    void a_file_dropped_again_does_not_overwrite_the_archived_one() throws IOException {
        Retirement retirement =
                new Retirement(place.base, place.store, place.surveyor, place.clock, FaultPoint.Observer.NONE);
        for (int i = 0; i < 2; i++) {
            place.take("same.jsonl");
            retirement.trained(place.claim(), Outcomes.completed(1, 1), new AttemptMeasures(0, null, null, null));
        }
        assertThat(Workplace.names(place.base.archive()))
                .containsExactly(
                        "1__same.jsonl", "1__same.jsonl.report.json", "2__same.jsonl", "2__same.jsonl.report.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new\nline.jsonl",
                "quote\"s' and `ticks`.jsonl",
                "a..jsonl",
                "emoji 🙂🇦🇹.jsonl",
                "'; DROP TABLE file; --.jsonl",
                "%s{}$(id).jsonl",
                "-rf.jsonl",
                "7__looks_taken.jsonl",
                "tab\tbell\u0007.JSONL"
            })
    void a_hostile_name_is_a_name(String name) throws IOException {
        place.take(name);
        Claim claim = place.claim();
        assertThat(claim.file().name()).isEqualTo(name);
        assertThat(claim.file().path(place.base)).isRegularFile().hasParent(place.base.queue());
    }

    @Test
    void a_name_of_255_bytes_is_taken_trained_and_reported() throws IOException {
        String name = "ä".repeat(124) + "x.jsonl";
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSize(255);
        place.take(name);
        Claim claim = place.claim();
        assertThat(claim.file().name()).isEqualTo(name);
        new Retirement(place.base, place.store, place.surveyor, place.clock, FaultPoint.Observer.NONE)
                .trained(claim, Outcomes.completed(1, 1), new AttemptMeasures(0, null, null, null));
        assertThat(Workplace.names(place.base.archive())).hasSize(2);
    }

    @Test
    void files_being_written_and_files_of_other_kinds_stay() throws IOException {
        place.take(".hidden.jsonl", "a.jsonl.tmp", "b.jsonl.part", "notes.txt", "c.csv", ".git/x.jsonl", "d.json.tmp");
        assertThat(place.store.newestId()).isZero();
        assertThat(place.inbox().holdsWork()).isFalse();
    }

    @Test
    void a_list_of_json_is_taken_as_lines_are() throws IOException {
        place.take("a.json", "B.JSON", "c.jsonl");
        assertThat(Workplace.names(place.base.queue()))
                .containsExactlyInAnyOrder("1__a.json", "2__B.JSON", "3__c.jsonl");
    }

    @Test
    void links_directories_and_pipes_are_neither_taken_nor_followed() throws IOException, InterruptedException {
        Path outside = root.resolve("secret.jsonl");
        Files.writeString(outside, "secret\n");
        Path inbox = place.base.inbox();
        Files.createSymbolicLink(inbox.resolve("link.jsonl"), outside);
        Files.createSymbolicLink(inbox.resolve("folder"), root);
        Files.createSymbolicLink(inbox.resolve("loop"), inbox);
        Files.createDirectories(inbox.resolve("directory.jsonl"));
        Files.writeString(inbox.resolve("directory.jsonl/inner.jsonl"), "row\n");
        assumeTrue(
                new ProcessBuilder("mkfifo", inbox.resolve("pipe.jsonl").toString())
                                .start()
                                .waitFor()
                        == 0,
                "no mkfifo here");
        place.look();
        assertThat(place.store.newestId()).isZero();
        assertThat(outside).exists();
        assertThat(InboxListing.of(inbox).refused())
                .extracting(r -> r.path().getFileName().toString())
                .containsExactlyInAnyOrder("link.jsonl", "folder", "loop", "directory.jsonl", "pipe.jsonl");
        assertThat(place.inbox().holdsWork()).isFalse();
    }

    @Test
    void a_file_that_may_not_be_read_stays_while_others_go_on() throws IOException {
        Path closed = place.drop("closed.jsonl", "1");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(closed), "this user may read everything");
        place.take("open.jsonl");
        assertThat(closed).exists();
        assertThat(place.claim().file().name()).isEqualTo("open.jsonl");
        assertThat(place.inbox().holdsWork()).isFalse();
    }

    @Test
    void a_file_without_a_usable_row_goes_to_failed_and_is_no_attempt() throws IOException {
        place.drop("bad.jsonl", "bad", "bad");
        place.drop("empty.jsonl");
        place.drop("good.jsonl", "1");
        place.look();
        assertThat(Workplace.names(place.base.failed()))
                .containsExactly(
                        "1__bad.jsonl", "1__bad.jsonl.report.json", "2__empty.jsonl", "2__empty.jsonl.report.json");
        assertThat(Files.readString(place.base.failed().resolve("1__bad.jsonl.report.json")))
                .contains("\"type\" : \"NoUsableRow\"", "\"line\" : 2", "\"attempts\" : 0");
        Claim claim = place.claim();
        assertThat(claim.number()).isEqualTo(1);
        assertThat(claim.queueSize()).isEqualTo(1);
    }

    @Test
    void a_file_that_vanishes_before_it_is_taken_was_never_there() throws IOException {
        place.observe(point -> {
            if (point == FaultPoint.TAKING_RECORDED) {
                delete(place.base.inbox().resolve("a.jsonl"));
            }
        });
        place.take("a.jsonl", "b.jsonl");
        assertThat(place.store.unsettled()).extracting(QueuedFile::name).containsExactly("b.jsonl");
    }

    @Test
    void a_link_put_in_the_place_of_a_file_at_the_last_moment_is_not_followed() throws IOException {
        Path outside = root.resolve("secret.jsonl");
        Files.writeString(outside, "secret\n");
        place.observe(point -> {
            if (point == FaultPoint.TAKING_RECORDED) {
                Path file = place.base.inbox().resolve("a.jsonl");
                delete(file);
                link(file, outside);
            }
        });
        place.take("a.jsonl");
        assertThat(place.store.find(1).orElseThrow().state()).isEqualTo(FileState.FAILED);
        assertThat(Files.readString(outside)).isEqualTo("secret\n");
    }

    @Test
    void an_inbox_that_was_deleted_is_made_again() throws IOException {
        Files.delete(place.base.inbox());
        assertThat(place.look().unsettled()).isFalse();
        place.take("a.jsonl");
        assertThat(place.claim().file().name()).isEqualTo("a.jsonl");
    }

    @Test
    void an_inbox_on_another_file_system_is_copied_from() throws IOException {
        Path shared = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(shared) && !sameStore(shared, root), "no second file system here");
        Path far = Files.createTempDirectory(shared, "stepwell-test");
        try {
            Files.delete(place.base.inbox());
            Files.createSymbolicLink(place.base.inbox(), far);
            place.take("a.jsonl", "b.jsonl");
            assertThat(Workplace.names(place.base.queue())).containsExactly("1__a.jsonl", "2__b.jsonl");
            assertThat(Workplace.names(far)).isEmpty();

            place.drop("c.jsonl", "row");
            place.store.beginTaking(List.of(new Candidate(
                            far.resolve("c.jsonl"),
                            Path.of("c.jsonl"),
                            4,
                            place.clock.instant().minusSeconds(60))
                    .arrival(9)));
            Files.copy(far.resolve("c.jsonl"), place.base.queue().resolve("3__c.jsonl"));
            place.restart();
            place.recover();
            assertThat(Workplace.names(far))
                    .describedAs("copied, so not taken twice")
                    .isEmpty();
            assertThat(place.store.counts().waitingFiles()).isEqualTo(3);
        } finally {
            try (var left = Files.list(far)) {
                left.forEach(InboxTest::delete);
            }
            Files.delete(far);
        }
    }

    private static boolean sameStore(Path a, Path b) throws IOException {
        FileStore store = Files.getFileStore(a);
        return store.equals(Files.getFileStore(b));
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
