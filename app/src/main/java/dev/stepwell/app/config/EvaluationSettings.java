package dev.stepwell.app.config;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.data.HeldOutRows;
import dev.stepwell.data.JsonlDataReader;
import dev.stepwell.data.KeptRows;
import dev.stepwell.data.ValidationFolder;
import dev.stepwell.data.judge.Judge;
import dev.stepwell.data.judge.Judges;
import dev.stepwell.torch.evaluation.EvaluationConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What the configuration says of asking the model, in the terms of those who ask it.
public final class EvaluationSettings {
    /// Those that have to go together.
    static final List<ConfigKey<?>> KEYS =
            List.of(ConfigKeys.JUDGE, ConfigKeys.JUDGE_FILES, ConfigKeys.JUDGE_PATTERN, ConfigKeys.JUDGE_COMMAND);

    private EvaluationSettings() {}

    /// What is asked.
    ///
    /// @param reader of the files in `validation/`, of which all rows are asked
    public static EvaluationConfig from(Config config, BaseDirectory base, JsonlDataReader reader) {
        HeldOutRows heldOut = new HeldOutRows(new KeptRows(base.heldOut()));
        return new EvaluationConfig(
                new ValidationFolder(base.validation(), reader).then(heldOut),
                heldOut,
                new KeptRows(base.kept()),
                config.getInt(ConfigKeys.KEPT_ROWS),
                judges(config, base.root()),
                config.get(ConfigKeys.EVAL_BUDGET) / 100,
                config.getInt(ConfigKeys.EVAL_MAX_TOKENS));
    }

    /// Who judges which answers.
    ///
    /// @param root base directory, from which a relative path leads, and in which a command runs
    static Judges judges(Config config, Path root) {
        List<Judges.ForFiles> rules = new ArrayList<>();
        for (Entry entry : entries(config.get(ConfigKeys.JUDGE_FILES))) {
            rules.add(Judges.ForFiles.of(entry.glob(), judge(entry.kind(), config, root)));
        }
        return new Judges(judge(config.get(ConfigKeys.JUDGE), config, root), rules);
    }

    private static Judge judge(JudgeKind kind, Config config, Path root) {
        return switch (kind) {
            case EXACT -> Judge.EXACT;
            case NORMALIZED -> Judges.normalized();
            case JSON -> Judges.json();
            case NUMBER -> Judges.number();
            case PATTERN ->
                Judges.pattern(
                        Pattern.compile(config.get(ConfigKeys.JUDGE_PATTERN).orElseThrow()));
            case COMMAND ->
                Judges.command(root.resolve(config.get(ConfigKeys.JUDGE_COMMAND).orElseThrow()), root);
        };
    }

    /// What is wrong with the judges, if anything.
    static Optional<String> contradiction(Config config) {
        List<JudgeKind> kinds = new ArrayList<>(List.of(config.get(ConfigKeys.JUDGE)));
        try {
            for (Entry entry : entries(config.get(ConfigKeys.JUDGE_FILES))) {
                kinds.add(entry.kind());
                Judges.ForFiles.of(entry.glob(), Judge.EXACT);
            }
            config.get(ConfigKeys.JUDGE_PATTERN).ifPresent(Pattern::compile);
        } catch (PatternSyntaxException e) {
            return Optional.of("%s is no pattern: %s near index %d"
                    .formatted(e.getPattern(), e.getDescription(), Math.max(0, e.getIndex())));
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        if (kinds.contains(JudgeKind.PATTERN)
                && config.get(ConfigKeys.JUDGE_PATTERN).isEmpty()) {
            return Optional.of("a judge is \"pattern\", but judge_pattern is null: give the pattern there");
        }
        return kinds.contains(JudgeKind.COMMAND)
                        && config.get(ConfigKeys.JUDGE_COMMAND).isEmpty()
                ? Optional.of("a judge is \"command\", but judge_command is null: name the program there")
                : Optional.empty();
    }

    private record Entry(String glob, JudgeKind kind) {}

    /// @throws IllegalArgumentException if an entry is not understood
    private static List<Entry> entries(Optional<String> text) {
        return text.stream()
                .flatMap(all -> Arrays.stream(all.split(";", -1)))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(EvaluationSettings::entry)
                .toList();
    }

    private static Entry entry(String text) {
        int equals = text.lastIndexOf('=');
        String word = equals < 0 ? "" : text.substring(equals + 1).strip();
        for (JudgeKind kind : JudgeKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return new Entry(text.substring(0, equals).strip(), kind);
            }
        }
        throw new IllegalArgumentException(
                "judge_files has \"%s\": write NAMES=JUDGE with a semicolon between two, such as \"math*.jsonl=number\""
                        .formatted(text));
    }
}
