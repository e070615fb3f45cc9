package dev.stepwell.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.core.training.RowLedger;
import dev.stepwell.data.rows.HoldOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadAheadTest {
    @TempDir
    Path folder;

    private final List<Path> reads = Collections.synchronizedList(new ArrayList<>());
    private final DataReader counting = new DataReader() {
        @Override
        public TrainingData read(Path file) throws IOException {
            reads.add(file);
            int rows = Files.readAllLines(file).size();
            return new TrainingData(List.of(), List.of(), List.of(), new RowLedger(rows, 0, 0, 0, List.of()));
        }
    };
    private final ReadAhead ahead = new ReadAhead(counting, HoldOut.NONE);
    private Path one;
    private Path two;

    @BeforeEach
    void files() throws IOException {
        one = Files.writeString(folder.resolve("one.jsonl"), "a\n");
        two = Files.writeString(folder.resolve("two.jsonl"), "a\nb\n");
    }

    @Test
    void aPreparedFileIsReadOnce() throws IOException {
        ahead.prepare(one);
        ahead.prepare(one);

        assertThat(rows(ahead.read(one, HoldOut.NONE, Gate.OPEN))).isEqualTo(1);
        assertThat(reads).containsExactly(one);
    }

    @Test
    void anotherFileThanThePreparedOneIsReadAndWhatWasPreparedStays() throws IOException {
        ahead.prepare(one);

        assertThat(rows(ahead.read(two, HoldOut.NONE, Gate.OPEN))).isEqualTo(2);
        assertThat(rows(ahead.read(one, HoldOut.NONE, Gate.OPEN))).isEqualTo(1);
        assertThat(reads).containsExactly(one, two);
    }

    @Test
    void whatWasUsedIsReadAnew() throws IOException {
        ahead.prepare(one);
        ahead.read(one, HoldOut.NONE, Gate.OPEN);
        Files.writeString(one, "a\nb\nc\n");

        assertThat(rows(ahead.read(one, HoldOut.NONE, Gate.OPEN))).isEqualTo(3);
    }

    @Test
    void aFileThatCouldNotBePreparedFailsWhenItIsRead() {
        Path missing = folder.resolve("missing.jsonl");
        ahead.prepare(missing);

        assertThatThrownBy(() -> ahead.read(missing, HoldOut.NONE, Gate.OPEN)).isInstanceOf(IOException.class);
    }

    @Test
    void aFileThatCouldNotBePreparedIsReadWhereItNowCan() throws IOException {
        Path late = Files.createDirectory(folder.resolve("late.jsonl"));
        ahead.prepare(late);
        Files.delete(late);
        Files.writeString(late, "a\n");

        assertThat(rows(ahead.read(late, HoldOut.NONE, Gate.OPEN))).isEqualTo(1);
    }

    @Test
    void aFileThatHasChangedSinceIsReadAnew() throws IOException {
        ahead.prepare(one);
        Files.writeString(one, "a\nb\nc\n");

        assertThat(rows(ahead.read(one, HoldOut.NONE, Gate.OPEN))).isEqualTo(3);
    }

    @Test
    void aFileThatHasVanishedSinceCannotBeRead() throws IOException {
        ahead.prepare(one);
        Files.delete(one);

        assertThatThrownBy(() -> ahead.read(one, HoldOut.NONE, Gate.OPEN)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFileOfWhichOtherRowsAreHeldOutIsReadAgain() throws IOException {
        HoldOut other = new HoldOut(1, 10);
        List<HoldOut> asked = new ArrayList<>();
        DataReader holding = new DataReader() {
            @Override
            public TrainingData read(Path file) throws IOException {
                return counting.read(file);
            }

            @Override
            public TrainingData read(Path file, HoldOut holdOut, Gate<RuntimeException> gate) throws IOException {
                asked.add(holdOut);
                return counting.read(file);
            }
        };
        ReadAhead configured = new ReadAhead(holding, other);
        configured.prepare(one);
        configured.read(one, other, Gate.OPEN);
        assertThat(asked).containsExactly(other);

        configured.prepare(two);
        configured.read(two, HoldOut.NONE, Gate.OPEN);
        assertThat(asked).containsExactly(other, other, HoldOut.NONE);
    }

    @Test
    void aLargeFileIsNotPrepared() throws IOException {
        try (var file = new java.io.RandomAccessFile(one.toFile(), "rw")) {
            file.setLength((64L << 20) + 1);
        }

        ahead.prepare(one);

        assertThat(reads).isEmpty();
    }

    @Test
    void aFileThatIsBeingPreparedIsWaitedFor() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ReadAhead slow = new ReadAhead(slow(begun, mayEnd), HoldOut.NONE);
        Thread preparing = Thread.ofPlatform().start(() -> slow.prepare(two));
        begun.await();

        TrainingData data = slow.read(two, HoldOut.NONE, () -> {
            mayEnd.countDown();
            return true;
        });

        assertThat(rows(data)).isEqualTo(2);
        assertThat(reads).containsExactly(two);
        preparing.join();
    }

    @Test
    void aGateThatDoesNotOpenEndsTheWaiting() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ReadAhead slow = new ReadAhead(slow(begun, mayEnd), HoldOut.NONE);
        Thread preparing = Thread.ofPlatform().start(() -> slow.prepare(two));
        begun.await();

        assertThat(slow.read(two, HoldOut.NONE, () -> false)).isNull();
        mayEnd.countDown();
        preparing.join();
    }

    private DataReader slow(CountDownLatch begun, CountDownLatch mayEnd) {
        return file -> {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return counting.read(file);
        };
    }

    private static long rows(@Nullable TrainingData data) {
        assertThat(data).isNotNull();
        return data.ledger().rows();
    }
}
