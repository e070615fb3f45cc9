package dev.stepwell.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    @Test
    void wordsThatAreMissingAndWordsThatDoNotBelongAreFound() {
        Differences differences = Differences.of("It is Vienna, on the Danube.", "It is in Vienna on the Rhine.");

        assertThat(marked(differences.golden())).contains(",", "Danube").doesNotContain("Vienna", "Rhine");
        assertThat(marked(differences.answer())).contains("in", "Rhine").doesNotContain("Vienna", "Danube");
    }

    @Test
    void joinedWordsAreTheTextAgain() {
        String text = "  Größe:\n\t„zwei“ 漢字 e\u0301 👍🏽 — x_1\u0000";

        assertThat(String.join("", Differences.of(text, "").golden().words())).isEqualTo(text);
    }

    @Test
    void equalTextsHaveNoDifferencesAndEndlessOnesAreNotCompared() {
        String endless = "a ".repeat(Differences.MOST_WORDS);

        assertThat(marked(Differences.of("a b", "a b").golden())).isEmpty();
        assertThat(marked(Differences.of(endless, "b").golden())).isEmpty();
    }

    private static List<String> marked(Differences.Words words) {
        return words.others().stream().mapToObj(words.words()::get).toList();
    }
}
