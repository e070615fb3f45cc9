package dev.stepwell.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.daemon.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// What a daemon makes of [Coursework] when it is left alone.
final class Undisturbed {
    private Undisturbed() {}

    /// Trains it in a folder of its own below `folder`, in this process.
    static Map<String, String> model(Path folder) throws IOException {
        Workshop workshop = Coursework.in(folder.resolve("undisturbed"));
        Workshop.Ran ran = workshop.stepwell("run", "--once");
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return Coursework.model(workshop.root());
    }
}
