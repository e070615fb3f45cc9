package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.torch.testing.ShortOfMemoryMain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Processes whose memory the system itself limits: what fails is libtorch's own allocation.
@EnabledOnOs(OS.LINUX)
class ShortOfMemoryTest {
    @TempDir
    private Path directory;

    @Test
    void withTooLittleMemoryForABatchItIsHalvedBeforeTheFirstStepAndWhatIsLearntIsTheSame()
            throws IOException, InterruptedException {
        List<String> plenty = run("plenty", 0, 8, 2);
        List<String> tight = run("tight", 150 << 20, 8, 2);

        assertThat(plenty).contains("completed 4").noneMatch(line -> line.startsWith("halved"));
        assertThat(tight)
                .contains("halved 8 4", "completed 4")
                .anyMatch(line -> line.contains("out of memory with 8 rows in a micro-batch; going on with 4"));
        assertThat(tight.lastIndexOf(last(tight, "halved")))
                .as("the warm-up finds it")
                .isLessThan(tight.indexOf(first(tight, "loss")));
        assertThat(losses(tight)).hasSize(2).containsExactly(losses(plenty), within(1e-5));
    }

    @Test
    void whereNotEvenOneRowFitsTheFileFailsByName() throws IOException, InterruptedException {
        assertThat(run("none", 24 << 20, 2, 1)).contains("halved 2 1", "failed OutOfMemory");
    }

    /// What the process said, its log included.
    private List<String> run(String model, long room, int rows, int threads) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-Dorg.bytedeco.javacpp.maxBytes=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ShortOfMemoryMain.class.getName(),
                        directory.resolve(model).toString(),
                        Long.toString(room),
                        Integer.toString(rows),
                        Integer.toString(threads))
                .redirectErrorStream(true);
        // An arena more for each thread would take more address space than what is to be short.
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        // What is freed is to be there for all: reading a checkpoint maps it, which needs address space too.
        builder.environment().put("MALLOC_MMAP_THRESHOLD_", Integer.toString(256 << 10));
        Process process = builder.start();
        List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as(String.join("\n", output)).isZero();
        return output;
    }

    private static double[] losses(List<String> output) {
        return output.stream()
                .filter(line -> line.startsWith("loss "))
                .mapToDouble(line -> Double.parseDouble(line.substring("loss ".length())))
                .toArray();
    }

    private static String first(List<String> output, String start) {
        return output.stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    private static String last(List<String> output, String start) {
        return output.stream()
                .filter(line -> line.startsWith(start))
                .reduce((_, later) -> later)
                .orElseThrow();
    }
}
