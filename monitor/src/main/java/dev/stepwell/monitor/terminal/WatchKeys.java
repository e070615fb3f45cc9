package dev.stepwell.monitor.terminal;

import dev.stepwell.core.control.Command;
import dev.stepwell.monitor.terminal.Style.Tone;
import org.jspecify.annotations.Nullable;

/// The keys of the full screen and what they ask for.
enum WatchKeys {
    PAUSE('p', "pause", "Pause the training? (y/n)", Command.PAUSE),
    RESUME('r', "resume", "Resume the training? (y/n)", Command.RESUME),
    SKIP('s', "skip", "Skip the rest of this file? (y/n)", Command.SKIP),
    STOP('x', "stop", "Stop the daemon? It goes on at the next start. (y/n)", Command.STOP);

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

    String question() {
        return question;
    }

    Command command() {
        return command;
    }

    /// The one of this key, or null.
    static @Nullable WatchKeys of(int key) {
        for (WatchKeys one : values()) {
            if (one.key == key) {
                return one;
            }
        }
        return null;
    }

    /// All of them in a line; closer together where `width` is small.
    static Line line(boolean commands, int width) {
        Line wide = line(commands, "  ");
        return wide.width() <= width ? wide : line(commands, " ");
    }

    private static Line line(boolean commands, String between) {
        Line line = Line.of(" ");
        for (WatchKeys one : commands ? values() : new WatchKeys[0]) {
            line.add(String.valueOf(one.key), Tone.BOLD).add(" " + one.word + between, Tone.DIM);
        }
        return line.add("q", Tone.BOLD).add(" quit", Tone.DIM);
    }
}
