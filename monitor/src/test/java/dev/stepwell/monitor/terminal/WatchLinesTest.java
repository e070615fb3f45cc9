package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.status.Liveness.Verdict;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReading;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchLinesTest {
    private static final Contact LOST = new Contact.Lost("nothing listens there", Documents.NOW);
    private final StringWriter written = new StringWriter();

    @Test
    void eachChangeIsALineWithItsTimeUntilTheDaemonHasEnded() throws InterruptedException {
        StatusDocument stopped = Documents.with("status", "stopped");
        Verdict end = print(
                Style.PLAIN,
                new Sight(new StatusReading.Missing(), new Contact.Sought(), Duration.ZERO, List.of(), null),
                sight(Documents.training(), new Contact.Kept()),
                sight(Documents.training(), new Contact.Kept()),
                sight(Documents.training(), LOST),
                sight(Documents.training(), LOST),
                sight(Documents.training(), new Contact.Kept()),
                sight(stopped, new Contact.Kept()));

        assertThat(end).isEqualTo(Verdict.STOPPED);
        assertThat(written.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("2026-01-02T03:04:05Z Training: syllo_batch_autogen_06"),
                        line -> assertThat(line)
                                .isEqualTo("2026-01-02T03:04:05Z Connection lost: nothing listens there"),
                        line -> assertThat(line).startsWith("2026-01-02T03:04:05Z Training: syllo_batch_autogen_06"),
                        line -> assertThat(line).startsWith("2026-01-02T03:04:05Z Stopped: syllo_batch_autogen_06"));
    }

    @Test
    void aLossIsNoEndWhateverWasSeenLast() throws InterruptedException {
        StatusDocument stopped = Documents.with("status", "stopped");
        assertThat(print(
                        Style.PLAIN,
                        sight(stopped, LOST),
                        sight(Documents.training(), new Contact.Kept()),
                        sight(Documents.with("status", "completed"), new Contact.Kept())))
                .isEqualTo(Verdict.COMPLETED);
    }

    @Test
    void aDaemonThatIsSilentIsSaidToBeGoneAndWaitedForAWhile() throws InterruptedException {
        assertThat(print(
                        Style.PLAIN,
                        silent(Duration.ofSeconds(6)),
                        silent(Duration.ZERO),
                        silent(Duration.ofSeconds(6)),
                        silent(Duration.ofSeconds(31))))
                .isEqualTo(Verdict.GONE);
        assertThat(written.toString().lines().map(line -> line.replaceAll("\\S+ (\\w+): .*", "$1")))
                .containsExactly("Gone", "Training", "Gone");
    }

    private static Sight silent(Duration silence) {
        return new Sight(new StatusReading.Present(Documents.training()), new Contact.Kept(), silence, List.of(), null);
    }

    @Test
    void asciiIsEnough() throws InterruptedException {
        print(
                new Style(false, false),
                sight(Documents.with("current_file", "日本.jsonl"), new Contact.Kept()),
                sight(Documents.with("status", "stopped"), new Contact.Kept()));
        assertThat(written.toString())
                .contains("Training: ????.jsonl, ", "(2m 50s-3m 50s)")
                .isASCII();
    }

    private Verdict print(Style style, Sight... sights) throws InterruptedException {
        try (SeenBefore watched = new SeenBefore(List.of(sights))) {
            return new WatchLines(watched, () -> Documents.NOW, style, new PrintWriter(written))
                    .print()
                    .verdict();
        }
    }

    private static Sight sight(StatusDocument document, Contact contact) {
        return new Sight(new StatusReading.Present(document), contact, Duration.ZERO, List.of(), null);
    }
}
