package dev.stepwell.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.training.Preview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class OutletTest {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");

    private final StatusBoard board = new StatusBoard();

    @TempDir
    Path folder;

    @Test
    void whatCannotBeWrittenIsAnAlertUntilItCanAndThenItIsThere() throws IOException {
        Path inTheWay = Files.createDirectory(file());
        Outlet outlet = new Outlet(new InferenceLog(folder, ZoneOffset.UTC, 14), board);
        outlet.add(previewed(1, "p"));
        outlet.write();
        outlet.add(previewed(2, "p"));
        outlet.write();
        assertThat(board.latest().standing()).singleElement().satisfies(alert -> {
            assertThat(alert.type()).isEqualTo("inference_log_unwritable");
            assertThat(alert.message()).contains(folder.toString(), "waits in memory; training goes on");
        });

        Files.delete(inTheWay);
        outlet.write();
        outlet.close();

        assertThat(board.latest().standing()).isEmpty();
        assertThat(steps()).containsExactly(1L, 2L);
    }

    @Test
    void memoryIsBoundedAndTheOldestGoFirst() throws IOException {
        Path inTheWay = Files.createDirectory(file());
        Outlet outlet = new Outlet(new InferenceLog(folder, ZoneOffset.UTC, 14), board);
        String long_ = "x".repeat(1 << 19);
        int count = 3 * (int) (Outlet.MAX_WAITING_BYTES / (2 << 19));
        for (int i = 1; i <= count; i++) {
            outlet.add(previewed(i, long_));
            if (i % 7 == 0) {
                outlet.write();
            }
        }
        Files.delete(inTheWay);
        outlet.close();

        List<Long> steps = steps();
        assertThat(steps.size() * (2L << 19)).isLessThanOrEqualTo(Outlet.MAX_WAITING_BYTES);
        assertThat(steps).hasSizeGreaterThan(count / 4).endsWith((long) count);
        assertThat(steps).isSorted();
    }

    @Test
    void aDiskThatHangsHoldsUpNobodyWhoMeasures() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch freed = new CountDownLatch(1);
        List<Measured> written = new ArrayList<>();
        Outlet outlet = new Outlet(
                new Sink() {
                    @Override
                    public String alertType() {
                        return "hanging";
                    }

                    @Override
                    public Path place() {
                        return folder;
                    }

                    @Override
                    public int write(List<Measured> batch) throws IOException {
                        hanging.countDown();
                        try {
                            freed.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                        written.addAll(batch);
                        return batch.size();
                    }

                    @Override
                    public void close() {}
                },
                board);
        outlet.add(previewed(1, "p"));
        Thread writer = Thread.ofPlatform().start(outlet::write);
        assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
        for (int i = 2; i <= 5_000; i++) {
            outlet.add(previewed(i, "p"));
        }
        assertThat(writer.isAlive()).isTrue();
        freed.countDown();
        writer.join();
        assertThat(written).hasSize(5_000);
    }

    @Test
    void aMistakeInOneMeasurementEndsNothing() {
        List<Measured> written = new ArrayList<>();
        Outlet outlet = new Outlet(
                new Sink() {
                    @Override
                    public String alertType() {
                        return "mistaken";
                    }

                    @Override
                    public Path place() {
                        return folder;
                    }

                    @Override
                    public int write(List<Measured> batch) {
                        if (batch.size() == 1) {
                            throw new IllegalStateException("no text has one letter");
                        }
                        written.addAll(batch);
                        return batch.size();
                    }

                    @Override
                    public void close() {}
                },
                board);
        outlet.add(previewed(1, "p"));
        outlet.write();
        assertThat(board.latest().standing())
                .singleElement()
                .extracting(Alert::message)
                .asString()
                .contains("no text has one letter");
        outlet.add(previewed(2, "p"));
        outlet.add(previewed(3, "p"));
        outlet.write();
        assertThat(written).hasSize(2);
        assertThat(board.latest().standing()).isEmpty();
    }

    private Path file() {
        return folder.resolve("inference_20260131.log");
    }

    private List<Long> steps() throws IOException {
        return Files.readAllLines(file()).stream()
                .map(line -> JsonMapper.shared().readTree(line).get("step").asLong())
                .toList();
    }

    private static Measured previewed(long step, String prompt) {
        return new Measured.Previewed(new Preview(step, null, prompt, "4", "4", true), 50, AT);
    }
}
