package dev.stepwell.torch.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.data.ExamRow;
import dev.stepwell.data.chat.Example;
import dev.stepwell.data.judge.Judges;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AskedTest {
    private final List<Asked> first = rows(1, 300);
    private final List<Asked> second = rows(2, 100);
    private final List<Asked> both = joined(first, second);

    @Test
    void theFirstRowsAreOfAllFilesInTheirShares() {
        List<Asked> asked = Asked.shuffled(both);

        assertThat(asked).containsExactlyInAnyOrderElementsOf(both);
        // Of 100 drawn from 300 and 100, 25 ± 3.75 are of the second.
        assertThat(asked.subList(0, 100)).filteredOn(second::contains).hasSizeBetween(10, 40);
    }

    @Test
    void theOrderIsThatOfTheRowsHoweverTheyCome() {
        List<Asked> otherwise = new ArrayList<>(both);
        Collections.shuffle(otherwise, new Random(1));
        assertThat(Asked.shuffled(otherwise)).isEqualTo(Asked.shuffled(both));
    }

    @Test
    void whereRowsComeTheOthersKeepTheirOrder() {
        assertThat(Asked.shuffled(both)).filteredOn(first::contains).isEqualTo(Asked.shuffled(first));
    }

    @Test
    void neitherOfTwoKindsWaitsForTheOther() {
        assertThat(Asked.byTurns(first.subList(0, 3), second.subList(0, 1)))
                .containsExactly(first.get(0), second.get(0), first.get(1), first.get(2));
        assertThat(Asked.byTurns(List.of(), second)).isEqualTo(second);
    }

    private static List<Asked> rows(int file, int count) {
        BitSet targets = new BitSet();
        targets.set(2);
        return Asked.all(
                IntStream.range(0, count)
                        .mapToObj(i -> new ExamRow(new Example(new int[] {file, i, 7}, targets), null))
                        .toList(),
                Judges.EXACT.of("any"));
    }

    private static List<Asked> joined(List<Asked> some, List<Asked> others) {
        List<Asked> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }
}
