package dev.stepwell.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/// Makes the start of many processes cheaper: one run is recorded in an archive of loaded classes, which the others
/// use. Such an archive needs jars, where a build in progress has folders.
final class FastStart {
    private FastStart() {}

    /// The options by which a process starts fast, after one run of [Coursework] has been recorded below `folder`.
    static List<String> recorded(Path folder) throws IOException, InterruptedException {
        String classPath = jars(folder);
        Path archive = folder.resolve("start.aot");
        new Mortals(
                        Coursework.in(folder.resolve("recorded")),
                        folder.resolve("recorded.log"),
                        List.of("-cp", classPath, "-XX:AOTCacheOutput=" + archive))
                .finishes();
        assertThat(archive).isRegularFile();
        return List.of("-cp", classPath, "-XX:AOTCache=" + archive, "-Xlog:disable");
    }

    private static String jars(Path folder) throws IOException {
        ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(entry))) {
                Path made = folder.resolve("part-" + entries.size() + ".jar");
                assertThat(jar.run(System.out, System.err, "--create", "--file", made.toString(), "-C", entry, "."))
                        .isZero();
                entries.add(made.toString());
            } else if (Files.exists(Path.of(entry))) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }
}
