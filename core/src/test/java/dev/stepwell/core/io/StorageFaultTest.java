package dev.stepwell.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageFaultTest {
    @TempDir
    private Path folder;

    @Test
    void what_a_full_disk_throws_is_a_want_of_space() throws IOException {
        try (SmallDisk disk = SmallDisk.on(folder.resolve("disk"), "size=64k")) {
            disk.fill();
            assertThat(faultOf(() -> AtomicFiles.write(disk.root().resolve("x"), new byte[10_000])))
                    .contains(StorageFault.NO_SPACE);
            assertThat(DiskSpace.under(disk.root(), 1).suffices()).isFalse();
            assertThat(DiskSpace.under(disk.root(), 1).shortage()).contains("1 B are needed and 0 B are free");
        }
    }

    @Test
    void what_a_read_only_disk_throws_is_a_want_of_permission() throws IOException {
        try (SmallDisk disk = SmallDisk.on(folder.resolve("disk"), "size=64k,ro")) {
            assertThat(faultOf(() -> Files.writeString(disk.root().resolve("x"), "x")))
                    .contains(StorageFault.NOT_PERMITTED);
        }
    }

    @Test
    void a_disk_without_inodes_is_full_though_it_has_space() throws IOException {
        try (SmallDisk disk = SmallDisk.on(folder.resolve("disk"), "size=1m,nr_inodes=2")) {
            Files.writeString(disk.root().resolve("x"), "x");
            assertThat(faultOf(() -> Files.writeString(disk.root().resolve("y"), "y")))
                    .contains(StorageFault.NO_SPACE);
            assertThat(DiskSpace.under(disk.root(), 1).shortage()).contains("inodes");
        }
    }

    @Test
    void causes_are_looked_through_and_anything_else_is_no_fault_of_the_disk() {
        assertThat(StorageFault.of(new IllegalStateException(new SQLException("full", "", 13))))
                .contains(StorageFault.NO_SPACE);
        assertThat(StorageFault.of(new SQLException("extended code of a failed write", "", 10 | 3 << 8)))
                .contains(StorageFault.DEVICE);
        assertThat(StorageFault.of(new AccessDeniedException("x"))).contains(StorageFault.NOT_PERMITTED);
        assertThat(StorageFault.of(new FileSystemException("x", null, "Disk quota exceeded")))
                .contains(StorageFault.NO_SPACE);
        assertThat(StorageFault.of(new NoSuchFileException("x"))).isEmpty();
        assertThat(StorageFault.of(new IllegalStateException("no space left"))).isEmpty();
        assertThat(StorageFault.of(null)).isEmpty();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Optional<StorageFault> faultOf(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            return StorageFault.of(e);
        }
        return Optional.empty();
    }
}
