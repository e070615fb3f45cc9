package dev.stepwell.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.data.KeptRows.Kept;
import dev.stepwell.data.ValidationSet.Part;
import dev.stepwell.data.chat.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldOutRowsTest {
    @TempDir
    private Path directory;

    @Test
    void theNewestFileIsAskedFirst() throws IOException {
        HeldOutRows rows = rows();
        assertThat(rows.parts()).isEmpty();
        rows.put(new Kept(2, "b.jsonl", ids(20, 3)));
        rows.put(new Kept(10, "c.jsonl", ids(30, 1)));
        rows.put(new Kept(1, "a.jsonl", ids(10, 2)));

        assertThat(asked(rows))
                .containsExactly("c.jsonl 30", "b.jsonl 20", "b.jsonl 21", "b.jsonl 22", "a.jsonl 10", "a.jsonl 11");
        assertThat(asked(rows())).as("another process").isEqualTo(asked(rows));
        assertThat(rows.parts()).as("nothing has changed").isEqualTo(rows.parts());
    }

    @Test
    void noMoreRowsAreAskedThanThereMayBe() throws IOException {
        HeldOutRows rows = rows();
        for (int file = 1; file <= 4; file++) {
            rows.put(new Kept(file, file + ".jsonl", ids(0, 2_500)));
        }
        assertThat(rows.parts()).extracting(Part::file).containsExactly("4.jsonl", "3.jsonl", "2.jsonl", "1.jsonl");
        assertThat(rows.parts()).extracting(part -> part.rows().size()).containsExactly(2_500, 2_500, 2_500, 692);
        rows.put(new Kept(5, "5.jsonl", ids(0, 2_500)));
        assertThat(rows.parts()).extracting(part -> part.rows().size()).containsExactly(2_500, 2_500, 2_500, 692);
    }

    @Test
    void aFileThatIsBegunAnewHasOtherRowsOrNone() throws IOException {
        HeldOutRows rows = rows();
        rows.put(new Kept(1, "a.jsonl", ids(10, 2)));
        assertThat(asked(rows)).hasSize(2);
        rows.put(new Kept(1, "a.jsonl", ids(50, 1)));
        assertThat(asked(rows)).containsExactly("a.jsonl 50");
        rows.put(new Kept(1, "a.jsonl", List.of()));
        assertThat(asked(rows)).isEmpty();
        assertThat(directory.resolve("held_out/1.json")).doesNotExist();
    }

    @Test
    void whatIsDeletedByHandIsNotAskedAnyMore() throws IOException {
        HeldOutRows rows = rows();
        rows.put(new Kept(1, "a.jsonl", ids(10, 2)));
        rows.put(new Kept(2, "b.jsonl", ids(20, 1)));
        assertThat(asked(rows)).hasSize(3);
        Files.delete(directory.resolve("held_out/1.json"));
        assertThat(asked(rows)).containsExactly("b.jsonl 20");
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        HeldOutRows rows = rows();
        Files.createDirectories(directory.resolve("held_out"));
        Files.writeString(directory.resolve("held_out/7.json"), "{");
        assertThatThrownBy(rows::parts).isInstanceOf(IOException.class).hasMessageContaining("7.json");
    }

    @Test
    void theyComeAfterThoseOfAnotherSet() throws IOException {
        HeldOutRows rows = rows();
        rows.put(new Kept(1, "a.jsonl", ids(10, 1)));
        ValidationSet folder = () -> List.of(new Part("v.jsonl", ids(5, 2)));
        assertThat(asked(folder.then(rows))).containsExactly("v.jsonl 5", "v.jsonl 6", "a.jsonl 10");
    }

    private HeldOutRows rows() {
        return new HeldOutRows(new KeptRows(directory.resolve("held_out")));
    }

    private static List<String> asked(ValidationSet set) throws IOException {
        return set.parts().stream()
                .flatMap(part -> part.rows().stream()
                        .map(row -> part.file() + " " + row.example().ids()[0]))
                .toList();
    }

    private static List<ExamRow> ids(int first, int count) {
        BitSet targets = new BitSet();
        targets.set(1);
        return IntStream.range(first, first + count)
                .mapToObj(id -> new ExamRow(new Example(new int[] {id, 1}, targets), null))
                .toList();
    }
}
