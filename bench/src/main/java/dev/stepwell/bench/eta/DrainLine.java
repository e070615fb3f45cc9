package dev.stepwell.bench.eta;

import dev.stepwell.core.progress.ForeseenExam;
import dev.stepwell.core.training.Phase;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a line of a recorded drain says, after its time ([DrainTape] has the format).
sealed interface DrainLine {
    /// The words of the line, to be read by [#parse].
    String words();

    /// A process starts; times are counted from here.
    record Boot(String at) implements DrainLine {
        @Override
        public String words() {
            return "boot " + at;
        }
    }

    /// A file waits.
    ///
    /// @param tokens that it is expected to have; 0 if nobody knows
    record Arrived(long file, long bytes, long rows, long steps, long tokens) implements DrainLine {
        @Override
        public String words() {
            return "arrived %d %d %d %d %d".formatted(file, bytes, rows, steps, tokens);
        }
    }

    /// Its turn has come.
    record Claimed(long file) implements DrainLine {
        @Override
        public String words() {
            return "claimed " + file;
        }
    }

    /// Its rows are read.
    record Started(long baseStep, long done, long total) implements DrainLine {
        @Override
        public String words() {
            return "started %d %d %d".formatted(baseStep, done, total);
        }
    }

    /// Tokens and padding of one pass over it.
    record Tokens(long tokens, long padding, int passes) implements DrainLine {
        @Override
        public String words() {
            return "tokens %d %d %d".formatted(tokens, padding, passes);
        }
    }

    /// The training thread turned to something else.
    record Turned(Phase phase) implements DrainLine {
        @Override
        public String words() {
            return "phase " + phase;
        }
    }

    /// An optimizer step.
    record Step(double millis, int tokens) implements DrainLine {
        @Override
        public String words() {
            return "step %s %d".formatted(tenths(millis), tokens);
        }
    }

    /// An evaluation.
    record Evaluated(double millis) implements DrainLine {
        @Override
        public String words() {
            return "evaluated " + tenths(millis);
        }
    }

    /// An evaluation that the budget bounds, and what is foreseen after it.
    record Examined(double millis, ForeseenExam next) implements DrainLine {
        @Override
        public String words() {
            return "examined %s %s".formatted(tenths(millis), numbers(next));
        }
    }

    /// What will be asked.
    record Foreseen(ForeseenExam exam) implements DrainLine {
        @Override
        public String words() {
            return "foreseen " + numbers(exam);
        }
    }

    /// A checkpoint.
    record Saved(double millis) implements DrainLine {
        @Override
        public String words() {
            return "saved " + tenths(millis);
        }
    }

    /// Somebody asked for a pause.
    record Paused() implements DrainLine {
        @Override
        public String words() {
            return "paused";
        }
    }

    /// It is over.
    record Resumed() implements DrainLine {
        @Override
        public String words() {
            return "resumed";
        }
    }

    /// The trainer gave the file back.
    record Ended(String outcome) implements DrainLine {
        @Override
        public String words() {
            return "ended " + outcome;
        }
    }

    /// Nothing is left to do, or the process was told to stop.
    record Over() implements DrainLine {
        @Override
        public String words() {
            return "over";
        }
    }

    /// The share of all processors that other processes took.
    record Others(double share) implements DrainLine {
        @Override
        public String words() {
            return String.format(Locale.ROOT, "others %.2f", share);
        }
    }

    /// Reads what [#words] wrote.
    ///
    /// @throws IllegalArgumentException if it is no such line
    static DrainLine parse(String words) {
        String[] w = words.split(" ", -1);
        try {
            return switch (w[0]) {
                case "boot" -> new Boot(w[1]);
                case "arrived" ->
                    new Arrived(whole(w[1]), whole(w[2]), whole(w[3]), whole(w[4]), w.length > 5 ? whole(w[5]) : 0);
                case "claimed" -> new Claimed(whole(w[1]));
                case "started" -> new Started(whole(w[1]), whole(w[2]), whole(w[3]));
                case "tokens" -> new Tokens(whole(w[1]), whole(w[2]), Integer.parseInt(w[3]));
                case "phase" -> new Turned(Phase.valueOf(w[1]));
                case "step" -> new Step(Double.parseDouble(w[1]), Integer.parseInt(w[2]));
                case "evaluated" -> new Evaluated(Double.parseDouble(w[1]));
                case "examined" -> new Examined(Double.parseDouble(w[1]), foreseen(w, 2));
                case "foreseen" -> new Foreseen(foreseen(w, 1));
                case "saved" -> new Saved(Double.parseDouble(w[1]));
                case "paused" -> new Paused();
                case "resumed" -> new Resumed();
                case "ended" -> new Ended(w[1]);
                case "over" -> new Over();
                case "others" -> new Others(Double.parseDouble(w[1]));
                default -> throw new IllegalArgumentException("no line of a drain: " + words);
            };
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("cut short: " + words, e);
        }
    }

    private static String numbers(ForeseenExam exam) {
        String sets = exam.sets().stream()
                .map(rows ->
                        String.format(Locale.ROOT, " %.4f/%.4f%s", rows.least(), rows.all(), rows.yields() ? "+" : ""))
                .collect(Collectors.joining());
        return String.format(Locale.ROOT, "%.4f %.4f %.4f", exam.during(), exam.left(), exam.share()) + sets;
    }

    private static ForeseenExam foreseen(String[] words, int at) {
        if (words.length == at + 5 && words[at + 3].indexOf('/') < 0) {
            return foreseenInAll(words, at);
        }
        return new ForeseenExam(
                Arrays.stream(words, at + 3, words.length).map(DrainLine::rows).toList(),
                Double.parseDouble(words[at]),
                Double.parseDouble(words[at + 1]),
                Double.parseDouble(words[at + 2]));
    }

    private static ForeseenExam.Rows rows(String word) {
        int slash = word.indexOf('/');
        boolean yields = word.endsWith("+");
        return new ForeseenExam.Rows(
                Double.parseDouble(word.substring(0, slash)),
                Double.parseDouble(word.substring(slash + 1, word.length() - (yields ? 1 : 0))),
                yields);
    }

    /// In older recordings, `AFTER DURING LEFT SHARE LEAST`: of the sets they only say how long all take, and the first
    /// of them. They are taken to be alike.
    private static ForeseenExam foreseenInAll(String[] words, int at) {
        double[] numbers = Arrays.stream(words, at, at + 5)
                .mapToDouble(Double::parseDouble)
                .toArray();
        double after = numbers[0];
        double least = numbers[4];
        int sets = least > 0 ? (int) Math.max(1, Math.round(after / least)) : 1;
        return new ForeseenExam(
                after > 0
                        ? Collections.nCopies(sets, new ForeseenExam.Rows(after / sets, after / sets, false))
                        : List.of(),
                numbers[1],
                numbers[2],
                numbers[3]);
    }

    private static long whole(String word) {
        return Long.parseLong(word);
    }

    private static String tenths(double millis) {
        return String.format(Locale.ROOT, "%.1f", millis);
    }
}
