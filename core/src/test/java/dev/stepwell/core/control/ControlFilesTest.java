package dev.stepwell.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.training.StepControl.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlFilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final StatusBoard board = new StatusBoard();
    private final Control control = new Control(board);
    private final CountDownLatch signalled = new CountDownLatch(1);

    @BeforeEach
    void listen() {
        control.onSignal(signalled::countDown);
    }

    @Test
    void what_is_there_at_start_is_removed_and_not_obeyed() throws IOException {
        Files.createDirectories(folder.resolve("control"));
        Path stale = Files.createFile(folder.resolve("control").resolve(".stop"));
        Path other = Files.createFile(folder.resolve(".pause"));
        try (ControlFiles _ = ControlFiles.watch(new BaseDirectory(folder), control)) {
            assertThat(stale).doesNotExist();
            assertThat(other).doesNotExist();
        }
        assertThat(control.signal()).isEqualTo(Signal.CONTINUE);
    }

    @RepeatedTest(20)
    void a_stop_that_was_obeyed_leaves_no_file_behind() throws Exception {
        Path stop = folder.resolve(".stop");
        try (ControlFiles _ = ControlFiles.watch(new BaseDirectory(folder), control)) {
            Files.createFile(stop);
            assertThat(signalled.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(control.stopRequested()).isTrue();
            assertThat(stop).exists(); // It has not taken effect.
            board.state(DaemonState.STOPPED);
            control.ended(false);
        }
        assertThat(stop).doesNotExist();
    }

    @Test
    void a_folder_or_a_link_of_that_name_is_no_command() throws IOException {
        try (ControlFiles _ = ControlFiles.watch(new BaseDirectory(folder), control)) {
            Files.createDirectory(folder.resolve(".stop"));
            Files.createSymbolicLink(folder.resolve(".pause"), folder);
        } // Closing looks once more.
        assertThat(signalled.getCount()).isOne();
        assertThat(folder.resolve(".stop")).exists();
    }
}
