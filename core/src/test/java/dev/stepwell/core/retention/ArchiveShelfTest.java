package dev.stepwell.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveShelfTest {
    @TempDir
    private Path root;

    private BaseDirectory base;

    @BeforeEach
    void make() throws IOException {
        base = new BaseDirectory(root);
        base.create();
    }

    @Test
    void a_file_and_its_report_are_one_thing_and_came_when_the_report_was_written() throws IOException {
        archived("1__a.jsonl", "2026-03-01T10:00:00Z");
        archived("2__b.jsonl", "2026-03-02T10:00:00Z");
        Files.writeString(base.archive().resolve(".3__c.jsonl.report.json.tmp"), "half");

        List<Item> items = new ArchiveShelf(base).newestFirst();
        assertThat(items).extracting(Item::name).containsExactly("2__b.jsonl", "1__a.jsonl");
        assertThat(items).extracting(Item::bytes).containsOnly(10L + 2L);
        assertThat(items.getLast().time()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
    }

    @Test
    void what_is_not_kept_goes_together_with_its_report() throws IOException {
        archived("1__a.jsonl", "2026-03-01T10:00:00Z");
        archived("2__b.jsonl", "2026-03-02T10:00:00Z");
        Retention.Done done = retention(12, 0).apply();
        assertThat(done.deleted()).extracting(d -> d.item().name()).containsExactly("1__a.jsonl");
        assertThat(done.bytes()).isEqualTo(12);
        assertThat(done.failed()).isEmpty();
        assertThat(names()).containsExactlyInAnyOrder("2__b.jsonl", "2__b.jsonl.report.json");
    }

    @Test
    void a_plan_changes_nothing() throws IOException {
        archived("1__a.jsonl", "2026-03-01T10:00:00Z");
        assertThat(retention(0, 0).plan()).noneMatch(Decision::keeps);
        assertThat(names()).hasSize(2);
    }

    @Test
    void a_report_whose_file_is_still_on_its_way_is_left_alone() throws IOException {
        archived("1__a.jsonl", "2026-03-01T10:00:00Z");
        Files.move(base.archive().resolve("1__a.jsonl"), base.queue().resolve("1__a.jsonl"));
        assertThat(retention(0, 0).apply().deleted()).isEmpty();
        assertThat(names()).containsExactly("1__a.jsonl.report.json");
        assertThat(new ArchiveShelf(base).newestFirst())
                .extracting(Item::protection)
                .containsExactly(Protection.BEING_WRITTEN);
    }

    @Test
    void what_a_crash_half_way_left_is_deleted_the_next_time() throws IOException {
        archived("1__a.jsonl", "2026-03-01T10:00:00Z");
        Files.delete(base.archive().resolve("1__a.jsonl"));
        assertThat(retention(0, 0).apply().deleted()).hasSize(1);
        assertThat(names()).isEmpty();
    }

    private Retention retention(long recent, long daily) {
        return new Retention(
                "archive/",
                new ArchiveShelf(base),
                new RetentionPolicy(new Budget(recent), new Budget(daily), ZoneOffset.UTC),
                "");
    }

    private void archived(String name, String at) throws IOException {
        Files.writeString(base.archive().resolve(name), "0123456789");
        Path report = Files.writeString(base.archive().resolve(name + ".report.json"), "{}");
        Files.setLastModifiedTime(report, FileTime.from(Instant.parse(at)));
    }

    private List<String> names() throws IOException {
        try (var entries = Files.list(base.archive())) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
