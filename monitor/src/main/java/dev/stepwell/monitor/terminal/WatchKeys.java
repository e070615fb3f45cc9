package dev.stepwell.monitor.terminal;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.status.Liveness.Verdict;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReading;
import dev.stepwell.monitor.terminal.Style.Tone;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// The keys of the full screen and what they ask for.
enum WatchKeys {
    PAUSE('p', "pause", "Pause the training?", Command.PAUSE),
    RESUME('r', "resume", "Resume the training?", Command.RESUME),
    SKIP('s', "skip", "Skip the rest of %s? What it has taught stays.", Command.SKIP),
    STOP('x', "stop", "Stop the daemon? It goes on at the next start.", Command.STOP);

    private final char key;
    private final String word;
    private final String question;
    private final Command command;

    WatchKeys(char key, String word, String question, Command command) {
        this.key = key;
        this.word = word;
        this.question = question;
        this.command = command;
    }

    /// What to ask before it is done.
    String question(String file) {
        return question.formatted(file) + " (y/n)";
    }

    Command command() {
        return command;
    }

    boolean is(int pressed) {
        return pressed == key || pressed == Character.toUpperCase(key);
    }

    /// Those that make sense for what is seen; none where commands cannot be given.
    static List<WatchKeys> offered(Sight sight, Instant now) {
        if (sight.locked() != null
                || !sight.live(now)
                || !(sight.reading() instanceof StatusReading.Present(StatusDocument document))) {
            return List.of();
        }
        Verdict verdict = sight.liveness(now).verdict();
        return Arrays.stream(values())
                .filter(key -> switch (key) {
                    case PAUSE -> verdict != Verdict.PAUSED;
                    case RESUME -> verdict == Verdict.PAUSED;
                    case SKIP -> verdict != Verdict.IDLE && document.file().currentFile() != null;
                    case STOP -> true;
                })
                .toList();
    }

    /// `offered` and the one to quit, in a line; closer together where `width` is small.
    static Line line(List<WatchKeys> offered, int width) {
        Line wide = line(offered, "  ");
        return wide.width() <= width ? wide : line(offered, " ");
    }

    private static Line line(List<WatchKeys> offered, String between) {
        Line line = Line.of(" ");
        for (WatchKeys one : offered) {
            line.add(String.valueOf(one.key), Tone.BOLD).add(" " + one.word + between, Tone.DIM);
        }
        return line.add("q", Tone.BOLD).add(" quit", Tone.DIM);
    }
}
