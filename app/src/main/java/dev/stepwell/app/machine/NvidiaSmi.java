package dev.stepwell.app.machine;

import dev.stepwell.core.status.MachineFigures.Gpu;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks NVIDIA's own tool about the GPUs. Where there is no such tool there is no such GPU, and it is not asked again.
/// For one thread.
final class NvidiaSmi {
    private static final Logger LOG = LoggerFactory.getLogger(NvidiaSmi.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long MIB = 1 << 20;
    private static final List<String> FIELDS =
            List.of("index", "name", "utilization.gpu", "memory.used", "memory.total", "temperature.gpu", "power.draw");

    private final String program;
    private boolean absent;
    private boolean failing;

    /// @param program its name or path
    NvidiaSmi(String program) {
        this.program = program;
    }

    /// The GPUs in the driver's order; none where they are not known at present.
    List<Gpu> read() {
        if (absent) {
            return List.of();
        }
        Process process;
        try {
            process = new ProcessBuilder(
                            program, "--query-gpu=" + String.join(",", FIELDS), "--format=csv,noheader,nounits")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException _) {
            absent = true;
            return List.of();
        }
        try {
            return answer(process);
        } finally {
            process.destroyForcibly();
        }
    }

    private List<Gpu> answer(Process process) {
        try {
            process.getOutputStream().close();
            // It says less than a pipe holds: it ends whether it is read or not.
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return failed("no answer within %d s".formatted(PATIENCE.toSeconds()));
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                return failed(said.strip());
            }
            failing = false;
            return said.lines().map(NvidiaSmi::gpu).flatMap(Optional::stream).toList();
        } catch (IOException e) {
            return failed(String.valueOf(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /// Said once until it works again: a driver that is updated fails until the next start of the machine.
    private List<Gpu> failed(String why) {
        if (!failing) {
            failing = true;
            LOG.warn("{} does not say how the GPUs are: {}", program, why);
        }
        return List.of();
    }

    /// A line of its answer; empty if it is none.
    static Optional<Gpu> gpu(String line) {
        String[] values = line.split(",", -1);
        if (values.length != FIELDS.size() || number(values[0]) == null) {
            return Optional.empty();
        }
        return Optional.of(new Gpu(
                Integer.parseInt(values[0].strip()),
                values[1].strip(),
                number(values[2]),
                bytes(values[3]),
                bytes(values[4]),
                number(values[5]),
                number(values[6])));
    }

    private static @Nullable Long bytes(String mebibytes) {
        Double number = number(mebibytes);
        return number == null ? null : (Long) (Math.round(number) * MIB);
    }

    /// Null for `[N/A]`, `[Not Supported]` and whatever else stands for a number that there is not.
    private static @Nullable Double number(String text) {
        try {
            return Double.valueOf(text.strip());
        } catch (NumberFormatException _) {
            return null;
        }
    }
}
