package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.cli.Operations.WatchRequest;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusReading;
import dev.stepwell.monitor.terminal.Contact;
import dev.stepwell.monitor.terminal.Sight;
import dev.stepwell.monitor.web.ApiServer;
import dev.stepwell.monitor.web.DaemonFile;
import dev.stepwell.monitor.web.Entrance;
import dev.stepwell.monitor.web.Sessions;
import dev.stepwell.monitor.web.Site;
import dev.stepwell.monitor.web.StatusStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A watcher of real servers, which come and go.
class WatchedUrlTest {
    private static final String TOKEN = DaemonFile.newToken();
    private final Instant slowClock = Instant.now().minus(Duration.ofHours(3));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private int port;

    @BeforeEach
    void port() throws Exception {
        port = Workshop.freePort();
    }

    @Test
    void aDaemonIsFollowedLostAndFoundAgain() throws Exception {
        try (WatchedUrl watched = watched()) {
            assertThat(watched.next().contact()).isInstanceOf(Contact.Sought.class);
            await(
                    watched,
                    sight -> sight.contact() instanceof Contact.Lost(String why, Instant since)
                            && why.equals("nothing listens there")
                            && since == null);

            StatusStream stream = new StatusStream("first");
            try (ApiServer _ = serve(stream)) {
                stream.offer(document("first", 1));
                await(watched, sight -> step(sight) == 1 && sight.contact() instanceof Contact.Kept);
                stream.offer(document("first", 2));
                await(watched, sight -> step(sight) == 2);
                stream.close();
            }
            Sight lost = await(watched, sight -> sight.contact() instanceof Contact.Lost);
            assertThat(step(lost)).isEqualTo(2);
            assertThat(((Contact.Lost) lost.contact()).since()).isNotNull();

            // Another process, whose numbers begin anew.
            StatusStream next = new StatusStream("second");
            try (ApiServer _ = serve(next)) {
                // It is there, but what was seen is of the one before.
                assertThat(step(await(watched, sight -> sight.contact() instanceof Contact.Sought)))
                        .isEqualTo(2);
                next.offer(document("second", 1));
                await(watched, sight -> step(sight) == 1 && sight.contact() instanceof Contact.Kept);
                next.close();
            }
        }
    }

    @Test
    void aClockThatIsWrongMakesNoDaemonGone() throws Exception {
        StatusStream stream = new StatusStream("slow");
        try (ApiServer _ = serve(stream);
                WatchedUrl watched = watched()) {
            stream.offer(document("slow", 1));
            Sight sight = await(watched, seen -> seen.contact() instanceof Contact.Kept);
            assertThat(Duration.between(slowClock, Instant.now().plus(sight.ahead())))
                    .isLessThan(Duration.ofMinutes(10));
            stream.close();
        }
    }

    @Test
    void aServerWithoutAStatusIsNoDaemonThatNeverStarted() throws Exception {
        StatusStream stream = new StatusStream("young");
        try (ApiServer _ = serve(stream);
                WatchedUrl watched = watched()) {
            watched.next();
            assertThat(watched.next().contact()).isInstanceOf(Contact.Sought.class); // It has sent a heartbeat.
            stream.offer(document("young", 1));
            await(watched, sight -> sight.contact() instanceof Contact.Kept);
            stream.close();
        }
    }

    private WatchedUrl watched() {
        return new WatchedUrl(
                new WatchRequest.Url(
                        URI.create("http://127.0.0.1:%d/".formatted(port)),
                        Optional.empty(),
                        Optional.of(TOKEN),
                        Optional.empty()),
                Optional.empty(),
                InstantSource.system());
    }

    private ApiServer serve(StatusStream stream) throws Exception {
        BaseDirectory base = new BaseDirectory(folder);
        Files.createDirectories(base.run());
        return ApiServer.start(
                new Site(List.of(), List.of(), new Site.Viewed(Sessions.open(base, InstantSource.system()), stream)),
                Entrance.loopback(port, TOKEN));
    }

    private StatusDocument document(String bootId, int seq) {
        String json = """
                {"status": "training", "schema_version": 1, "boot_id": "%s", "seq": %d, "current_step": %d,
                 "heartbeat_at": "%s", "heartbeat_interval_s": 1.0, "active_alerts": []}
                """.formatted(bootId, seq, seq, slowClock);
        return ((StatusReading.Present) StatusReader.parse(json.getBytes(StandardCharsets.UTF_8))).document();
    }

    private static long step(Sight sight) {
        return sight.reading() instanceof StatusReading.Present(StatusDocument document)
                        && document.cumulative().currentStep() != null
                ? document.cumulative().currentStep()
                : -1;
    }

    private static Sight await(WatchedUrl watched, Predicate<Sight> wanted) throws InterruptedException {
        Sight seen = watched.next();
        for (int looks = 0; !wanted.test(seen); looks++) {
            assertThat(looks).as("%s", seen).isLessThan(100);
            seen = watched.next();
        }
        return seen;
    }
}
