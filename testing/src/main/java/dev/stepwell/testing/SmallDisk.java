package dev.stepwell.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// A real file system of a few megabytes, to be filled: a tmpfs, which only root can mount.
public final class SmallDisk implements AutoCloseable {
    private final Path root;

    private SmallDisk(Path root) {
        this.root = root;
    }

    /// Mounts one on `folder`, which is made. The test is skipped where that is not permitted.
    ///
    /// @param options such as `size=2m`, or `ro` for one that nobody can write to
    public static SmallDisk on(Path folder, String options) throws IOException {
        Files.createDirectories(folder);
        Assumptions.assumeTrue(
                ran("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()),
                "a small file system can only be mounted by root on Linux");
        return new SmallDisk(folder);
    }

    public Path root() {
        return root;
    }

    /// Leaves not a byte.
    public void fill() throws IOException {
        byte[] block = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(ballast())) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (root.toFile().getUsableSpace() > 0) {
                throw full;
            }
        }
    }

    /// Takes away what [#fill] put there.
    public void free() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() {
        return root.resolve("ballast");
    }

    @Override
    public void close() throws IOException {
        if (!ran("umount", "--lazy", root.toString())) {
            throw new IOException("unmounting " + root + " failed");
        }
    }

    private static boolean ran(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 && said.isEmpty();
        } catch (IOException _) { // There is no such command here.
            return false;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
