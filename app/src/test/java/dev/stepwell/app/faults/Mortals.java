package dev.stepwell.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.daemon.Workshop;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts daemons in a base directory that are killed, one after another, and one that is not.
final class Mortals {
    private static final long PATIENCE_SECONDS = 120;
    private static final int KILLED = 128 + 9;

    private final Workshop workshop;
    private final Path log;
    private int starts;
    private int kills;

    /// @param log gets what the processes write, for who looks into a failure
    Mortals(Workshop workshop, Path log) {
        this.workshop = workshop;
        this.log = log;
    }

    /// Starts a daemon that drains the queue, and returns when it has met its death, or its end before that.
    ///
    /// @return whether it was killed
    boolean dies(Death death) throws IOException, InterruptedException {
        boolean killed = switch (death) {
            case Death.At(String point, int nth) -> ended(start(point, nth)) == KILLED;
            case Death.After(var time) -> {
                Process process = start("NEVER", 1);
                if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                    assertThat(process.exitValue()).as(tail()).isZero();
                    yield false;
                }
                process.destroyForcibly();
                yield ended(process) == KILLED;
            }
        };
        if (killed) {
            kills++;
        }
        return killed;
    }

    /// Lets a daemon drain the queue undisturbed.
    void finishes() throws IOException, InterruptedException {
        assertThat(ended(start("NEVER", 1))).as(tail()).isZero();
    }

    int starts() {
        return starts;
    }

    int kills() {
        return kills;
    }

    private Process start(String point, int nth) throws IOException {
        starts++;
        return new ProcessBuilder(workshop.command(
                        MortalMain.class,
                        List.of("-XX:TieredStopAtLevel=1"),
                        point,
                        Integer.toString(nth),
                        "run",
                        "--once"))
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .redirectError(Redirect.appendTo(log.toFile()))
                .start();
    }

    private int ended(Process process) throws InterruptedException, IOException {
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("ended within two minutes:%n%s", tail()).isTrue();
        int code = process.exitValue();
        assertThat(code).as(tail()).isIn(0, KILLED);
        return code;
    }

    private String tail() throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }
}
