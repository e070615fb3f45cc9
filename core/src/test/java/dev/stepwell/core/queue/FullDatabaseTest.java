package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stepwell.core.io.StorageFault;
import dev.stepwell.testing.SmallDisk;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SQLite on a real disk that is full to the last byte.
class FullDatabaseTest {
    @TempDir
    private Path folder;

    @Test
    void a_change_that_does_not_fit_is_undone_as_a_whole_and_can_be_made_when_there_is_space() throws Exception {
        try (SmallDisk disk = SmallDisk.on(folder.resolve("disk"), "size=4m")) {
            try (Workplace place = new Workplace(disk.root())) {
                place.take("a.jsonl", "b.jsonl");
                Claim claim = place.claim();
                QueueCounts before = place.store.counts();
                List<QueuedFile> files = place.store.unsettled();
                disk.fill();

                Throwable refused = catchThrowable(() -> place.store.beginTaking(arrivals(5_000)));
                assertThat(StorageFault.of(refused)).contains(StorageFault.NO_SPACE);
                assertThat(place.store.counts()).isEqualTo(before);
                assertThat(place.store.unsettled()).isEqualTo(files);

                disk.free();
                place.store.interrupt(claim.file());
                assertThat(place.store.beginTaking(arrivals(50))).hasSize(50);
                assertThat(place.store.unsettled()).hasSize(52);
            }
            try (Connection connection = DriverManager.getConnection(
                            "jdbc:sqlite:" + disk.root().resolve("stepwell.db"));
                    var statement = connection.createStatement();
                    var check = statement.executeQuery("PRAGMA integrity_check")) {
                assertThat(check.getString(1)).isEqualTo("ok");
            }
        }
    }

    private static List<Arrival> arrivals(int count) {
        List<Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "file_%05d.jsonl".formatted(i);
            arrivals.add(new Arrival(name, name, 10, Instant.EPOCH, Priority.NORMAL, 2));
        }
        return arrivals;
    }
}
