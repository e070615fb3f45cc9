package dev.stepwell.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.history.HistoryReader;
import dev.stepwell.core.history.RunHistory;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    private static final Story.Telling TELLING =
            new Story.Telling("tutor", "1.2.3", Instant.parse("2026-03-03T08:00:00Z"));

    @TempDir
    Path root;

    @Test
    void aReportTellsTheWholeLife() throws IOException {
        String page = report(new ExampleLife(10, 50, "").in(root));

        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("<title>Training report: tutor</title>")
                .contains("<h1>tutor</h1>")
                .contains("steps 1 to 500")
                .contains("<dt>Attempts completed</dt><dd>9 of 10</dd>", "<dt>Rows trained</dt><dd>2,000</dd>")
                .contains("Loss", "tokens in a second", "cross-entropy in nats", "right answers in percent")
                .contains("lesson_01.jsonl", "lesson_10.jsonl", "NonFiniteLoss: The loss was NaN.")
                .contains("slow_disk", "Move the base directory to a faster disk.")
                .contains("<td>stopped</td>");
    }

    @Test
    void theMatrixSaysInWordsWhatWasForgotten() throws IOException {
        String page = report(new ExampleLife(3, 10, "").in(root));

        assertThat(page)
                .containsPattern("<th scope=\"row\"><b>#3</b> <span>lesson_03.jsonl</span></th>"
                        + "<td class=\"other\"[^>]*><b>80 %</b><small>0.54</small></td>" // The fixed set.
                        + "<td class=\"other\"[^>]*><b>75 %</b><small>0.65<i class=\"lost\">▼23</i></small></td>");
    }

    @Test
    void aReportOfAFileIsAboutItAlone() throws IOException {
        BaseDirectory base = new ExampleLife(5, 20, "").in(root);
        try (HistoryReader reader = HistoryReader.open(base.history())) {
            String page = ReportPage.of(Story.ofFile(base, reader, 3, TELLING), ZoneOffset.UTC);

            assertThat(page)
                    .contains("<h1>lesson_03.jsonl</h1>", "Training report of a file", "steps 41 to 60")
                    .contains("<dt>Attempts completed</dt><dd>1 of 1</dd>")
                    .doesNotContain("Runs of the daemon");
        }
    }

    @Test
    void aPageMakesNoRequestAndRunsNothing() throws IOException {
        String page = report(new ExampleLife(4, 20, "").in(root));

        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContain("<script", "http://", "https://", "url(", "@import", "src=", "href=");
    }

    @Test
    void whatComesFromDataIsTextWhereverItStands() throws IOException {
        String hostile =
                "</td></style></title><script>alert(1)</script><img src=x onerror=alert(1)>\"' &amp; \u202e\u001b[2J\u0000";
        String page = report(new ExampleLife(8, 20, hostile).in(root));

        // Whatever the data says, the page has the elements that it has without it.
        assertThat(elements(page)).isEqualTo(elements(report(new ExampleLife(8, 20, "").in(root.resolve("tame")))));
        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;amp;", "\\u202e", "\\u001b[2J")
                .doesNotContain("\u202e", "\u001b", "\u0000");
    }

    private static List<String> elements(String page) {
        return Pattern.compile("</?[a-zA-Z][a-z0-9]*")
                .matcher(page)
                .results()
                .map(match -> match.group())
                .toList();
    }

    @Test
    void aLifeOfStepsAloneIsToldToo() throws IOException {
        BaseDirectory base = new BaseDirectory(root);
        base.create();
        try (RunHistory history = ExampleLife.open(base, "one", ExampleLife.START)) {
            history.step(1, new StepCompleted(1, 0, 2.5, 1e-4, 1, 10, 1_000_000_000), ExampleLife.START);
        }

        assertThat(report(base)).contains("steps 1 to 1", "First 2.50, last 2.50");
    }

    @Test
    void stepsThatAreLostAreSaid() throws IOException {
        BaseDirectory base = new ExampleLife(3, 20, "").in(root);
        Instant later = ExampleLife.START.plusSeconds(90_000);
        try (RunHistory history = ExampleLife.open(base, "of an older checkpoint", later)) {
            history.step(51, new StepCompleted(1, 0, 2.5, 1e-4, 1, 10, 1_000_000_000), later.plusSeconds(1));
        }

        assertThat(report(base)).contains("steps from 51 on are lost").doesNotContain("steps from 61");
    }

    private static String report(BaseDirectory base) throws IOException {
        try (HistoryReader reader = HistoryReader.open(base.history())) {
            return ReportPage.of(Story.of(base, reader, TELLING), ZoneOffset.UTC);
        }
    }
}
