package dev.stepwell.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusReading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StatusStreamTest {
    private static final Duration NOT_AT_ALL = Duration.ofNanos(1);
    private static final int TOLD_PER_SECOND = 24;

    private final StatusStream stream = new StatusStream("boot:1");

    /// Of the documents some tell of another phase than the one before; between two of them a watcher looks, or is cut
    /// off and comes back with the id of the last snapshot it had, or does neither.
    @Property(tries = 200)
    void whoComesBackIsToldEveryTransitionOnceAndTheNewestSnapshotLast(
            @ForAll @Size(max = 300) List<Boolean> transitions, @ForAll @Size(max = 300) List<Boolean> looks)
            throws InterruptedException {
        StatusStream offered = new StatusStream("boot");
        List<Long> told = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        String lastId = "";
        boolean saves = false;
        for (int i = 0; i < transitions.size(); i++) {
            saves ^= transitions.get(i);
            offered.offer(document(i, saves ? "saving" : "training", "[]"));
            if (i > 0 && transitions.get(i)) {
                expected.add((long) i);
            }
            if (i < looks.size() && looks.get(i)) {
                lastId = look(offered, lastId, i, told);
            }
        }
        if (!transitions.isEmpty()) {
            look(offered, lastId, transitions.size() - 1L, told);
        }
        assertThat(told).isEqualTo(expected);
    }

    private static String look(StatusStream stream, String lastId, long newest, List<Long> transitions)
            throws InterruptedException {
        List<StreamEvent> events =
                stream.comeBack(stream.seqOf(lastId)).next(NOT_AT_ALL).events();
        if (events.isEmpty()) {
            assertThat(stream.seqOf(lastId)).isEqualTo(newest);
            return lastId;
        }
        assertThat(events.getLast().type()).isEqualTo(StreamEvent.SNAPSHOT);
        assertThat(events.getLast().seq()).isEqualTo(newest);
        events.subList(0, events.size() - 1).forEach(event -> {
            assertThat(event.type()).isEqualTo(StreamEvent.TRANSITION);
            transitions.add(event.seq());
        });
        return stream.bootId() + ":" + events.getLast().seq();
    }

    @Test
    void alertsAreToldWhenTheyComeAndWhenTheyGo() throws InterruptedException {
        String alert = "[{\"type\": \"disk_full\", \"message\": \"no space\", \"step\": 3}]";
        stream.offer(document(0, "[]"));
        stream.offer(document(1, alert));
        stream.offer(document(2, alert));
        stream.offer(document(3, "[]"));

        assertThat(stream.comeBack(-1).next(NOT_AT_ALL).events())
                .extracting(StreamEvent::type, StreamEvent::seq)
                .containsExactly(tuple("alert", 1L), tuple("alert", 3L), tuple("snapshot", 3L));
    }

    @Test
    void anIdOfAnotherProcessOrNoneAtAllMeansThatNothingWasSeen() {
        assertThat(stream.seqOf("boot:1:17")).isEqualTo(17);
        for (String id : List.of("", "boot:2:17", "boot:1:", "boot:1:x", "17", ":", "boot:1:99999999999999999999")) {
            assertThat(stream.seqOf(id)).as(id).isEqualTo(-1);
        }
    }

    @Test
    void whatIsNotNewerThanWhatWasToldIsPassedOver() throws InterruptedException {
        stream.offer(document(5, "[]"));
        stream.offer(document(5, "[]"));
        stream.offer(document(4, "[]"));

        assertThat(stream.comeBack(-1).next(NOT_AT_ALL).events())
                .extracting(StreamEvent::seq)
                .containsExactly(5L);
    }

    /// A thousand watch, and ten documents a second come that are no change: each is told to as many as there are
    /// turns, and nobody is told again before everybody was.
    @Test
    void aThousandWatchersTakeTurns() throws InterruptedException {
        AtomicLong nanos = new AtomicLong();
        StatusStream crowded = crowded(nanos);
        crowded.offer(document(0, "[]"));
        List<StatusStream.Watch> all = crowd(crowded);
        int[] told = new int[1_000];
        int first = 0;
        for (int document = 1; document <= 10; document++) {
            nanos.addAndGet(100_000_000);
            crowded.offer(document(document, "[]"));
            for (int i = 0; i < 1_000; i++) {
                told[i] += all.get(i).next(NOT_AT_ALL).events().size();
            }
            first = document == 1 ? Arrays.stream(told).sum() : first;
        }

        assertThat(first).as("a second's turns had been saved").isEqualTo(TOLD_PER_SECOND);
        assertThat(Arrays.stream(told).sum()).isBetween(44, 45);
        assertThat(told).containsOnly(0, 1);
    }

    @Test
    void anotherStatusIsToldToAllOfThemAtOnceAndWhatFollowsRightBehindItTogether() throws InterruptedException {
        AtomicLong nanos = new AtomicLong();
        StatusStream crowded = crowded(nanos);
        crowded.offer(document(0, "[]"));
        List<StatusStream.Watch> all = crowd(crowded);
        nanos.addAndGet(StatusStream.TOLD_ALL_AGAIN.toNanos());
        crowded.offer(state(1, "paused"));
        assertThat(all).allSatisfy(watch -> assertThat(types(watch)).containsExactly("transition", "snapshot"));
        assertThat(all).allSatisfy(watch -> assertThat(types(watch)).isEmpty());

        crowded.offer(state(2, "idle"));
        nanos.addAndGet(StatusStream.TOLD_ALL_AGAIN.toNanos() - 1);
        crowded.offer(state(3, "training"));
        assertThat(all.stream().filter(watch -> !types(watch).isEmpty()))
                .as("whose turn it is anyway")
                .hasSizeLessThanOrEqualTo(2 * TOLD_PER_SECOND);
        nanos.addAndGet(1);
        crowded.offer(state(4, "training"));
        assertThat(all.subList(2 * TOLD_PER_SECOND, all.size()))
                .allSatisfy(watch -> assertThat(types(watch)).containsExactly("transition", "transition", "snapshot"));
    }

    @Test
    void ofPhasesACrowdHearsByTurns() throws InterruptedException {
        AtomicLong nanos = new AtomicLong();
        StatusStream crowded = crowded(nanos);
        crowded.offer(document(0, "[]"));
        List<StatusStream.Watch> all = crowd(crowded);
        nanos.addAndGet(StatusStream.TOLD_ALL_AGAIN.toNanos());
        crowded.offer(document(1, "saving", "[]"));
        crowded.offer(document(2, "training", "[]"));

        List<List<String>> told = all.stream()
                .map(StatusStreamTest::types)
                .filter(types -> !types.isEmpty())
                .toList();
        assertThat(told).hasSize(TOLD_PER_SECOND).containsOnly(List.of("transition", "transition", "snapshot"));
    }

    @Test
    void aFewAreToldOfEveryDocumentHoweverFastTheyCome() throws InterruptedException {
        stream.offer(document(0, "[]"));
        List<StatusStream.Watch> all = new ArrayList<>();
        for (int i = 0; i < StatusStream.ALWAYS_TOLD; i++) {
            all.add(stream.join());
        }
        for (int seq = 1; seq <= 500; seq++) {
            stream.offer(document(seq, "[]"));
            assertThat(all).allSatisfy(watch -> assertThat(types(watch)).containsExactly("snapshot"));
        }
    }

    @Test
    void whoIsNewHearsOfChangesFromNowOn() throws InterruptedException {
        stream.offer(document(0, "[]"));
        stream.offer(document(1, "saving", "[]"));
        try (StatusStream.Watch watch = stream.join()) {
            assertThat(types(watch)).containsExactly("snapshot");
            assertThat(types(watch)).isEmpty();
            stream.offer(document(2, "training", "[]"));
            assertThat(types(watch)).containsExactly("transition", "snapshot");
        }
    }

    private static List<String> types(StatusStream.Watch watch) {
        try {
            return watch.next(NOT_AT_ALL).events().stream()
                    .map(StreamEvent::type)
                    .toList();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static StatusStream crowded(AtomicLong nanos) {
        return new StatusStream("boot", new Turns(TOLD_PER_SECOND, nanos::get));
    }

    /// A thousand, who know what there is and wait.
    private static List<StatusStream.Watch> crowd(StatusStream stream) throws InterruptedException {
        List<StatusStream.Watch> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            all.add(stream.comeBack(-1));
            assertThat(all.get(i).next(NOT_AT_ALL).events()).isNotEmpty();
            assertThat(all.get(i).next(NOT_AT_ALL).events()).isEmpty();
        }
        return all;
    }

    @Test
    void aDocumentThatSaysTheSameOfTheStateIsNoChange() throws InterruptedException {
        stream.offer(document(0, "training", "[]"));
        stream.offer(document(1, "training", "[]"));
        stream.offer(document(2, "saving", "[]"));

        assertThat(stream.comeBack(-1).next(NOT_AT_ALL).events())
                .extracting(StreamEvent::type, StreamEvent::seq)
                .containsExactly(tuple("transition", 2L), tuple("snapshot", 2L));
    }

    @Test
    void theMoreWatchTheLongerEachMayHearNothing() {
        StatusStream crowded = crowded(new AtomicLong());
        List<StatusStream.Watch> all = new ArrayList<>();
        for (int i = 0; i < 36; i++) {
            all.add(crowded.comeBack(-1));
        }
        assertThat(crowded.signOfLife())
                .as("36 have had their turns of 24 a second")
                .isEqualTo(Duration.ofMillis(1_500));
        all.add(crowded.comeBack(-1));
        assertThat(crowded.signOfLife()).isEqualTo(Duration.ofSeconds(3));
        while (all.size() < 1_000) {
            all.add(crowded.comeBack(-1));
        }
        assertThat(crowded.signOfLife())
                .as("no more signs of life than turns")
                .isGreaterThan(Duration.ofMillis(1_000 * 1_000 / TOLD_PER_SECOND));
        while (all.size() < 3_000) {
            all.add(crowded.comeBack(-1));
        }
        assertThat(crowded.signOfLife()).as("proxies wait for a minute").isLessThan(Duration.ofSeconds(60));
        all.forEach(StatusStream.Watch::close);
        assertThat(crowded.signOfLife()).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void whoWaitsIsWokenByADocumentAndByTheEnd() throws Exception {
        stream.offer(document(0, "[]"));
        CompletableFuture<StatusStream.Batch> news = waiting(0);
        stream.offer(document(1, "[]"));
        assertThat(news.get(20, TimeUnit.SECONDS).open()).isTrue();
        CompletableFuture<StatusStream.Batch> end = waiting(1);
        stream.close();
        assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(new StatusStream.Batch(List.of(), false));
    }

    private CompletableFuture<StatusStream.Batch> waiting(long seen) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return stream.comeBack(seen).next(Duration.ofSeconds(20));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    static StatusDocument document(long seq, String alerts) {
        return document(seq, "training", alerts);
    }

    private static StatusDocument document(long seq, String phase, String alerts) {
        return document(seq, "training", phase, alerts);
    }

    private static StatusDocument state(long seq, String status) {
        return document(seq, status, "training", "[]");
    }

    private static StatusDocument document(long seq, String status, String phase, String alerts) {
        String json = """
                {"status": "%s", "phase": "%s", "schema_version": 1, "seq": %d, "boot_id": "boot", \
                "active_alerts": %s}""".formatted(status, phase, seq, alerts);
        return ((StatusReading.Present) StatusReader.parse(json.getBytes(StandardCharsets.UTF_8))).document();
    }
}
