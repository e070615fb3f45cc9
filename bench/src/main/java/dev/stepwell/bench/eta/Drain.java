package dev.stepwell.bench.eta;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A drain as it was recorded or made up, over one process or several.
///
/// @param name    of the recording
/// @param entries in their order
record Drain(String name, List<Entry> entries) {
    static final String SUFFIX = ".drain";

    Drain {
        entries = List.copyOf(entries);
    }

    /// What happened, and when.
    ///
    /// @param millis since the process started
    /// @param active milliseconds of work on files until then, in all processes: without pauses, and without
    ///               what lies between the end of a process and the first file of the next
    record Entry(double millis, double active, DrainLine line) {}

    /// Reads a recording.
    ///
    /// @throws IllegalArgumentException if a line cannot be read
    static Drain read(Path file) throws IOException {
        Builder drain = new Builder();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("boot ")) {
                drain.add(0, DrainLine.parse(line));
            } else if (!line.startsWith("#")) {
                int space = line.indexOf(' ');
                drain.add(Double.parseDouble(line.substring(0, space)), DrainLine.parse(line.substring(space + 1)));
            }
        }
        return drain.named(file.getFileName().toString().replace(SUFFIX, ""));
    }

    /// Puts lines one after the other, and counts the time of work.
    static final class Builder {
        private final List<Entry> entries = new ArrayList<>();
        private boolean working;
        private double before;
        private double active;

        Builder add(double millis, DrainLine line) {
            if (working && !(line instanceof DrainLine.Boot)) {
                active += millis - before;
            }
            before = millis;
            working = switch (line) {
                case DrainLine.Claimed _, DrainLine.Resumed _ -> true;
                case DrainLine.Boot _, DrainLine.Paused _, DrainLine.Over _ -> false;
                case DrainLine.Arrived _,
                        DrainLine.Started _,
                        DrainLine.Tokens _,
                        DrainLine.Turned _,
                        DrainLine.Step _,
                        DrainLine.Evaluated _,
                        DrainLine.Examined _,
                        DrainLine.Foreseen _,
                        DrainLine.Saved _,
                        DrainLine.Ended _,
                        DrainLine.Others _ -> working;
            };
            entries.add(new Entry(millis, active, line));
            return this;
        }

        Drain named(String name) {
            return new Drain(name, entries);
        }
    }
}
