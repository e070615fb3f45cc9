package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CellsTest {
    @Test
    void wideCharactersTakeTwoCellsAndCombiningMarksNone() {
        assertThat(Cells.width("abc")).isEqualTo(3);
        assertThat(Cells.width("日本")).isEqualTo(4);
        assertThat(Cells.width("e\u0301")).isEqualTo(1);
    }

    @Test
    void aNameIsShortenedInItsMiddle() {
        assertThat(Cells.fitMiddle("syllo_batch_autogen_06.jsonl", 15, "…")).isEqualTo("syllo_b…6.jsonl");
        assertThat(Cells.fitMiddle("short", 15, "…")).isEqualTo("short");
        assertThat(Cells.fitMiddle("日本語日本語", 7, "…")).isEqualTo("日…語");
    }

    @Test
    void controlsAndDirectionMarksLoseTheirPower() {
        assertThat(Cells.neutral("a\u001B[31mb\u0007\u202Ec\uD83D")).isEqualTo("a\uFFFD[31mb\uFFFD\uFFFDc\uFFFD");
        assertThat(Cells.neutral("a\r\n\tb")).isEqualTo("a   b");
    }

    @Test
    void asciiHasAQuestionMarkForEachCellOfWhatItCannotShow() {
        assertThat(Cells.ascii("a日é e\u0301 ✓")).isEqualTo("a??? e ?");
    }

    @Test
    void aTextIsWrappedAtItsBlanksAndEndsWithAnEllipsisWhereItIsCut() {
        assertThat(Cells.wrap("one two three four five", 9, 3, "…")).containsExactly("one two", "three", "four five");
        assertThat(Cells.wrap("one two three four five", 9, 2, "…")).containsExactly("one two", "three fo…");
        assertThat(Cells.wrap("1234567890 12", 4, 5, "…")).containsExactly("1234", "5678", "90", "12");
        assertThat(Cells.wrap("", 4, 5, "…")).containsExactly("");
        assertThat(Cells.wrap("日本", 1, 5, "…")).containsExactly("…");
    }

    @Property
    void whatIsWrappedFitsAndLosesNothingButBlanks(
            @ForAll String text, @ForAll @IntRange(min = 2, max = 40) int cells) {
        String safe = Cells.neutral(text);

        List<String> lines = Cells.wrap(safe, cells, Integer.MAX_VALUE, "…");

        assertThat(lines).allMatch(line -> Cells.width(line) <= cells);
        assertThat(String.join("", lines).replace(" ", "")).isEqualTo(safe.replace(" ", ""));
    }

    @Property
    void whatIsFittedFits(@ForAll String text, @ForAll @IntRange(min = 0, max = 40) int cells) {
        String safe = Cells.neutral(text);

        assertThat(Cells.width(Cells.fit(safe, cells, "..."))).isLessThanOrEqualTo(cells);
        assertThat(Cells.width(Cells.fitMiddle(safe, cells, "…"))).isLessThanOrEqualTo(cells);
    }
}
