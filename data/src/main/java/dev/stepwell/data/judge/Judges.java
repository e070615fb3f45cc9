package dev.stepwell.data.judge;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Which judge answers to which rows have.
///
/// @param usual   where no rule says otherwise
/// @param byFiles the first that matches holds
public record Judges(Judge usual, List<ForFiles> byFiles) {
    /// Every answer has to be exact.
    public static final Judges EXACT = new Judges(Judge.EXACT, List.of());

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public Judges {
        byFiles = List.copyOf(byFiles);
    }

    /// Files whose answers have a judge of their own.
    ///
    /// @param glob  of names, as Java's file systems know it
    public record ForFiles(PathMatcher glob, Judge judge) {
        /// The rule for files of such names.
        ///
        /// @throws java.util.regex.PatternSyntaxException if `glob` is none
        public static ForFiles of(String glob, Judge judge) {
            return new ForFiles(FileSystems.getDefault().getPathMatcher("glob:" + glob), judge);
        }
    }

    /// The judge of the rows of a file.
    ///
    /// @param name of the file, without folders
    public Judge of(String name) {
        Path path = Path.of(name.replace('\0', '_'));
        return byFiles.stream()
                .filter(rule -> rule.glob().matches(path))
                .map(ForFiles::judge)
                .findFirst()
                .orElse(usual);
    }

    /// The same words, however they are written.
    public static Judge normalized() {
        return new NormalizedJudge();
    }

    /// The same JSON.
    public static Judge json() {
        return new JsonJudge();
    }

    /// The same number at the end.
    public static Judge number() {
        return new NumberJudge();
    }

    /// What `pattern` finds last is the same.
    public static Judge pattern(Pattern pattern) {
        return new PatternJudge(pattern);
    }

    /// What a program says.
    ///
    /// @param folder in which it runs
    public static Judge command(Path program, Path folder) {
        return new CommandJudge(program, folder, PATIENCE);
    }
}
