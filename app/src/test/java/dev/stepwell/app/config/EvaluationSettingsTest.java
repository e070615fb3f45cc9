package dev.stepwell.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.data.JsonlDataReader;
import dev.stepwell.data.KeptRows;
import dev.stepwell.data.chat.RowTokenizer;
import dev.stepwell.data.chat.TrainOn;
import dev.stepwell.data.judge.Judges;
import dev.stepwell.data.rows.FieldMapping;
import dev.stepwell.data.tokens.DefaultTokenizer;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import dev.stepwell.torch.evaluation.EvaluationConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationSettingsTest {
    private static final Path ROOT = Path.of("base").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void everyKeyReachesWhatItIsFor() throws IOException {
        EvaluationConfig evaluation = evaluation("""
                {"eval_budget_percent": 20, "eval_max_tokens": 7, "kept_rows": 3}
                """);
        assertThat(evaluation.share()).isEqualTo(0.2);
        assertThat(evaluation.maxTokens()).isEqualTo(7);
        assertThat(evaluation.keptRows()).isEqualTo(3);
        assertThat(evaluation.heldOut()).isNotNull();
        assertThat(evaluation.kept()).isEqualTo(new KeptRows(folder.resolve("kept")));
        assertThat(Objects.requireNonNull(evaluation.validation()).parts()).isEmpty();
    }

    @Test
    void unlessSaidOtherwiseAnswersAreExactAndATwentiethOfTheTimeIsTheirs() throws IOException {
        EvaluationConfig evaluation = evaluation("{}");
        assertThat(evaluation.share()).isEqualTo(0.05);
        assertThat(evaluation.judges()).isEqualTo(Judges.EXACT);
    }

    @Test
    void filesHaveTheJudgeThatIsNamedForThem() {
        Judges judges = judges("""
                {"judge": "normalized", "judge_files": "math*.jsonl = number; tools_*=json; *.q=pattern",
                 "judge_pattern": "<(.)>"}
                """);
        assertThat(judges.of("math_2.jsonl").right("", "so 1", "1.0")).isTrue();
        assertThat(judges.of("tools_2.jsonl").right("", "[1]", "[ 1 ]")).isTrue();
        assertThat(judges.of("x.q").right("", "<a>", "b <a> c")).isTrue();
        assertThat(judges.of("other.jsonl").right("", "A b", "a B!")).isTrue();
        assertThat(judges.of("other.jsonl").right("", "so 1", "1.0")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"judge": "pattern"}                                        | judge_pattern is null
            {"judge": "command"}                                        | judge_command is null
            {"judge_files": "a*=command"}                               | judge_command is null
            {"judge_files": "a*=fair"}                                  | judge_files has "a*=fair"
            {"judge_files": "number"}                                   | judge_files has "number"
            {"judge_files": "[a=number"}                                | [a is no pattern
            {"judge_pattern": "(a"}                                     | (a is no pattern
            """)
    void judgesThatCannotBeAreRefusedByName(String json, String why) {
        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> ConfigParser.parse(json, "config.json"));
        assertThat(refused).hasMessageContaining(why);
    }

    private EvaluationConfig evaluation(String json) throws IOException {
        try (HuggingFaceBpeTokenizer tokenizer = HuggingFaceBpeTokenizer.open(DefaultTokenizer.install(folder))) {
            JsonlDataReader reader = new JsonlDataReader(
                    new RowTokenizer(tokenizer, Optional.empty(), TrainOn.ANSWERS, 64), FieldMapping.NONE);
            return EvaluationSettings.from(ConfigParser.parse(json, "config.json"), new BaseDirectory(folder), reader);
        }
    }

    private static Judges judges(String json) {
        return EvaluationSettings.judges(ConfigParser.parse(json, "config.json"), ROOT);
    }
}
