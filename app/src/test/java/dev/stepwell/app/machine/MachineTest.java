package dev.stepwell.app.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stepwell.core.status.MachineFigures;
import dev.stepwell.core.status.MachineFigures.Gpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    @TempDir
    Path folder;

    @Test
    void thisMachineIsLookedAtAgainAndAgainUntilClosed() throws InterruptedException {
        LinkedBlockingQueue<MachineFigures> heard = new LinkedBlockingQueue<>();
        try (MachineWatch _ = MachineWatch.start(folder, heard::add)) {
            heard.poll(30, TimeUnit.SECONDS);
            MachineFigures second = heard.poll(30, TimeUnit.SECONDS);

            assertThat(second).isNotNull();
            assertThat(second.cpuPercent()).isBetween(0.0, 100.0);
            assertThat(second.processMemoryBytes())
                    .isBetween(10L << 20, second.memoryTotalBytes())
                    .isLessThanOrEqualTo(second.memoryUsedBytes());
            assertThat(second.memoryUsedBytes()).isLessThan(second.memoryTotalBytes());
            assertThat(second.diskFreeBytes()).isBetween(1L, second.diskTotalBytes());
        }
    }

    @Test
    void whatCannotBeLookedAtAnyMoreIsUnknownAndNotWhatItWas() throws InterruptedException {
        LinkedBlockingQueue<MachineFigures> heard = new LinkedBlockingQueue<>();
        try (MachineWatch _ = new MachineWatch(
                () -> {
                    throw new IllegalStateException("a test");
                },
                heard::add)) {
            assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(MachineFigures.UNKNOWN);
        }
    }

    @Test
    void theDiskOfAFolderThatIsGoneIsUnknownAndTheRestIsNot() {
        MachineFigures figures = new Sensors(folder.resolve("gone"), new NvidiaSmi("no-such-program")).look();

        assertThat(figures.diskFreeBytes()).isNull();
        assertThat(figures.memoryTotalBytes()).isPositive();
        assertThat(figures.gpus()).isEmpty();
    }

    @Test
    void aLineOfTheToolIsAGpuAndWhatItDoesNotKnowIsNull() {
        assertThat(NvidiaSmi.gpu("0, NVIDIA H100 80GB HBM3, 97, 40536, 81559, 61, 612.45"))
                .contains(new Gpu(0, "NVIDIA H100 80GB HBM3", 97.0, 40_536L << 20, 81_559L << 20, 61.0, 612.45));
        assertThat(NvidiaSmi.gpu("1, NVIDIA GeForce GT 710, [N/A], 4, 978, 38, [Not Supported]"))
                .contains(new Gpu(1, "NVIDIA GeForce GT 710", null, 4L << 20, 978L << 20, 38.0, null));
        assertThat(NvidiaSmi.gpu("No devices were found")).isEmpty();
    }

    @Test
    void aToolThatFailsOrSaysSomethingElseMeansNoGpuAndIsAskedAgain() throws IOException {
        Path tool = folder.resolve("tool");
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "needs scripts");
        NvidiaSmi smi = new NvidiaSmi(tool.toString());
        script(tool, "echo 'Failed to initialize NVML: Driver/library version mismatch'; exit 18");
        assertThat(smi.read()).isEmpty();

        script(tool, "echo '0, NVIDIA H200, 3, 10, 143771, 30, 75.1'; echo '1, NVIDIA H200, 4, 10, 143771, 30, 75.1'");
        assertThat(smi.read()).extracting(Gpu::busyPercent).containsExactly(3.0, 4.0);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
