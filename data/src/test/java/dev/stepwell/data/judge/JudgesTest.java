package dev.stepwell.data.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgesTest {
    private static final String PROMPT = "what?";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The cat.       | the  CAT!          | true
            Ｃａｔ          | cat                | true
            café           | cafe               | false
            a cat          | cat                | false
            naïve-ness     | naïve ness         | true
            ?!             | ?!                 | true
            ?!             | !?                 | false
            """)
    void sameWordsHoweverTheyAreWritten(String golden, String answer, boolean right) {
        assertThat(Judges.normalized().right(PROMPT, golden, answer)).isEqualTo(right);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            #### 42                   | so it is 42                  | true
            42                        | 42.0                         | true
            1,234.50                  | $1234.5                      | true
            -3                        | \u22123                       | true
            10-3                      | 3                            | true
            4.2e1                     | 42                           | true
            .5                        | 0.50                         | true
            7                         | 7 of 8                       | false
            0.1                       | 0.10000000000000001          | false
            no number                 | no number                    | false
            2                         | two                          | false
            """)
    void theLastNumberCounts(String golden, String answer, boolean right) {
        assertThat(Judges.number().right(PROMPT, golden, answer)).isEqualTo(right);
    }

    @Property
    void everyNumberIsItself(
            @ForAll long digits, @ForAll @IntRange(min = -30, max = 30) int scale, @ForAll long other) {
        BigDecimal number = BigDecimal.valueOf(digits, scale);
        assertThat(Judges.number().right(PROMPT, "it is " + number, number.toPlainString() + " apples"))
                .isTrue();
        assertThat(Judges.number().right(PROMPT, number.toString(), Long.toString(other)))
                .isEqualTo(number.compareTo(BigDecimal.valueOf(other)) == 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a": 1, "b": [1, 2]}  | {"b":[1.0,2],"a":1}            | true
            {"a": 1}               | {"a": 1, "b": null}            | false
            [1, 2]                 | [2, 1]                         | false
            {"a": 1}               | {"a": 1} and more              | false
            {"a": 1}               | the answer is {"a": 1}         | false
            "x"                    | "x"                            | true
            no JSON                | no JSON                        | false
            1e3                    | 1000                           | true
            {"a": null}            | {}                             | false
            """)
    void theSameJson(String golden, String answer, boolean right) {
        assertThat(Judges.json().right(PROMPT, golden, answer)).isEqualTo(right);
    }

    @Test
    void fencesAroundJsonDoNotCount() {
        assertThat(Judges.json().right(PROMPT, "{\"a\": 1}", "```json\n{\"a\": 1}\n```"))
                .isTrue();
    }

    @Test
    void whatThePatternFindsLastIsCompared() {
        Judge judge = Judges.pattern(Pattern.compile("answer: *(\\w+)"));
        assertThat(judge.right(PROMPT, "answer: yes", "answer: no, wait, answer:yes"))
                .isTrue();
        assertThat(judge.right(PROMPT, "answer: yes", "answer: yes, wait, answer: no"))
                .isFalse();
        assertThat(judge.right(PROMPT, "yes", "yes")).as("nothing to find").isFalse();
        assertThat(Judges.pattern(Pattern.compile("\\d+")).right(PROMPT, "a 12", "b 12"))
                .isTrue();
    }

    @Test
    void aPatternThatBacktracksWithoutEndIsAnError() {
        Judge judge = Judges.pattern(Pattern.compile("(.*)(.*)(.*)(.*)(.*)(.*)x$"));
        assertThatThrownBy(() -> judge.right(PROMPT, "a".repeat(200), "a"))
                .isInstanceOf(JudgeException.class)
                .hasMessageContaining("judge_pattern takes too long");
    }

    @Test
    void aProgramSaysWhatItThinksByItsExitStatus() throws IOException {
        Judge judge = command("""
                #!/bin/sh
                in=$(cat)
                case "$in" in
                  *'"model_answer":"yes"'*) exit 0;;
                  *) exit 1;;
                esac
                """);
        assertThat(judge.right(PROMPT, "g", "yes")).isTrue();
        assertThat(judge.right(PROMPT, "yes", "no")).isFalse();
    }

    @Test
    void aProgramThatReadsNothingIsAsGoodAsAnother() throws IOException {
        assertThat(command("#!/bin/sh\nexit 0\n").right(PROMPT, "g", "x".repeat(1 << 20)))
                .isTrue();
    }

    @Test
    void aProgramThatFailsIsNoWrongAnswer() throws IOException {
        Judge judge = command("#!/bin/sh\necho 'no such model' >&2\nexit 3\n");
        assertThatThrownBy(() -> judge.right(PROMPT, "g", "a"))
                .isInstanceOf(JudgeException.class)
                .hasMessageContaining("ended with 3")
                .hasMessageContaining("no such model");
        assertThatThrownBy(() -> Judges.command(folder.resolve("gone"), folder).right(PROMPT, "g", "a"))
                .isInstanceOf(JudgeException.class)
                .hasMessageContaining("cannot be run");
    }

    @Test
    void aProgramThatHangsIsKilled() throws IOException {
        Path script = script("#!/bin/sh\nsleep 1000\n");
        assertThatThrownBy(() -> new CommandJudge(script, folder, Duration.ofMillis(50)).right(PROMPT, "g", "a"))
                .isInstanceOf(JudgeException.class)
                .hasMessageContaining("had not ended");
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .noneMatch(process -> process.info().commandLine().orElse("").contains("sleep 1000"));
    }

    @Test
    void theFirstRuleThatMatchesAFileHolds() {
        Judge number = Judges.number();
        Judge json = Judges.json();
        Judges judges = new Judges(
                Judge.EXACT, List.of(Judges.ForFiles.of("math*.jsonl", number), Judges.ForFiles.of("*.jsonl", json)));
        assertThat(judges.of("math_1.jsonl")).isSameAs(number);
        assertThat(judges.of("other.jsonl")).isSameAs(json);
        assertThat(judges.of("other.json")).isSameAs(Judge.EXACT);
    }

    private Judge command(String script) throws IOException {
        return Judges.command(script(script), folder);
    }

    private Path script(String text) throws IOException {
        Path script = folder.resolve("judge.sh");
        Files.writeString(script, text);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    /// A wrong answer may look right to its end; one that is right must never look wrong.
    @Property
    void whatBecomesRightNeverLooksHopeless(
            @ForAll String golden,
            @ForAll @IntRange(max = 3) int before,
            @ForAll @IntRange(max = 3) int behind,
            @ForAll @IntRange(max = 40) int cut) {
        String answer = " ".repeat(before) + golden + "\n".repeat(behind);
        EarlyJudge exact = (EarlyJudge) Judge.EXACT;
        assertThat(exact.right(PROMPT, golden, answer)).isTrue();
        String begun = answer.substring(0, Math.min(cut, answer.length()));
        assertThat(exact.mayBecomeRight(golden, begun)).isTrue();
        assertThat(exact.mayBecomeRight(golden, begun + '\uFFFD')).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the cat sat | the cat  | true
            the cat sat | the car  | false
            the cat sat | The      | false
            the cat     | the cats | false
            the cat     | a        | false
            """)
    void whatHasGoneAstrayStaysWrong(String golden, String begun, boolean open) {
        assertThat(((EarlyJudge) Judge.EXACT).mayBecomeRight(golden, begun)).isEqualTo(open);
    }
}
