package dev.stepwell.app.report;

import dev.stepwell.core.history.Curve;
import dev.stepwell.core.history.PastAlert;
import dev.stepwell.core.history.RunRecord;
import dev.stepwell.core.queue.AttemptEnd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A [Story] as one HTML page that needs nothing else: no script, no request, no file beside it. Its content policy
/// forbids all of them. In the reader's light or dark, and in light on paper.
public final class ReportPage {
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private final Story story;
    private final Figures figures;

    private ReportPage(Story story, ZoneId zone) {
        this.story = story;
        this.figures = new Figures(zone);
    }

    /// The page.
    ///
    /// @param zone in which times are shown
    public static String of(Story story, ZoneId zone) {
        ReportPage page = new ReportPage(story, zone);
        return Html.page(html -> html.element("html", page::document, "lang", "en"));
    }

    private void document(Html html) {
        html.element(
                "head",
                head -> head.single("meta", "charset", "utf-8")
                        .single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                        .single("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
                        .single("meta", "name", "color-scheme", "content", "light dark")
                        .single("meta", "name", "robots", "content", "noindex")
                        .element("title", "Training report: " + subject())
                        .style(css()));
        html.element("body", body -> {
            body.element("header", this::header);
            body.element("main", this::sections);
            body.element(
                    "footer",
                    "Made by Stepwell %s on %s, %s."
                            .formatted(story.version(), figures.time(story.madeAt()), figures.zone()));
        });
    }

    private String subject() {
        return story.file().isPresent() ? story.life().files().getFirst().name() : story.model();
    }

    private void header(Html html) {
        html.element("p", story.file().isPresent() ? "Training report of a file" : "Training report", "class", "kind");
        html.element("h1", subject());
        Curve loss = story.loss();
        String steps = loss.size() == 0
                ? "No step was measured."
                : "Model %s, steps %,d to %,d, %s to %s."
                        .formatted(
                                story.model(),
                                loss.steps()[0],
                                loss.steps()[loss.size() - 1],
                                figures.time(at(loss.at()[0])),
                                figures.time(at(loss.at()[loss.size() - 1])));
        html.element("p", steps, "class", "when");
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    private void sections(Html html) {
        html.element("section", this::summary, "class", "summary", "aria-label", "Summary");
        charts(html);
        MatrixTable matrix = new MatrixTable(story.matrix());
        if (!matrix.empty()) {
            section(html, "What was kept and what was forgotten", matrix::write);
        }
        if (!story.life().files().isEmpty()) {
            section(html, story.file().isPresent() ? "Attempts" : "Files", this::files);
        }
        PreviewList previews = new PreviewList(story.previews(), figures);
        if (!previews.empty()) {
            section(html, "Previews", previews::write);
        }
        if (!story.refused().isEmpty()) {
            section(html, "Rows that were refused", this::refused);
        }
        section(html, "Alerts", this::alerts);
        if (!story.life().runs().isEmpty()) {
            section(html, "Runs of the daemon", this::runs);
        }
    }

    private static void section(Html html, String title, Consumer<Html> content) {
        html.element("section", section -> {
            section.element("h2", title);
            content.accept(section);
        });
    }

    private void summary(Html html) {
        List<Learnt> files = story.life().files();
        long completed = files.stream().filter(Learnt::completed).count();
        Duration took =
                files.stream().map(Learnt::took).filter(Objects::nonNull).reduce(Duration.ZERO, Duration::plus);
        html.element("dl", list -> {
            fact(list, "Attempts completed", "%,d of %,d".formatted(completed, files.size()));
            fact(list, "Rows trained", "%,d".formatted(story.rowsTrained()));
            fact(list, "Rows refused", "%,d".formatted(story.rowsRefused()));
            if (story.loss().size() > 0) {
                double[] loss = story.loss().values();
                fact(list, "Loss", Figures.change(loss[0], loss[loss.length - 1]));
            }
            Scores fixed = new Scores(story.evaluations());
            if (fixed.first() != null && fixed.last() != null) {
                fact(list, "Fixed set, cross-entropy", Figures.crossEntropies(fixed.first(), fixed.last()));
                fact(list, "Fixed set, right", Figures.percent(fixed.first()) + " → " + Figures.percent(fixed.last()));
            }
            fact(list, "Time on files", Figures.duration(took));
            fact(list, "Alerts", alertsInWords());
        });
    }

    private String alertsInWords() {
        long all = story.life().alerts().size();
        long standing = story.life().alerts().stream()
                .filter(alert -> alert.until() == null)
                .count();
        return all == 0
                ? "none"
                : standing == 0 ? "%,d, all over".formatted(all) : "%,d, %,d of them now".formatted(all, standing);
    }

    private static void fact(Html list, String name, String value) {
        list.element("div", pair -> pair.element("dt", name).element("dd", value));
    }

    private void charts(Html html) {
        Curve loss = story.loss();
        if (loss.size() == 0) {
            return;
        }
        long first = loss.steps()[0];
        long last = loss.steps()[loss.size() - 1];
        List<LineChart.Boundary> files = boundaries();
        Scores scores = new Scores(story.evaluations());
        List<LineChart> charts = List.of(
                new LineChart(
                        "Loss", "nats for each target token", first, last, LineChart.withMean("loss", loss), files),
                new LineChart(
                        "Speed", "tokens in a second", first, last, LineChart.withMean("speed", story.speed()), files),
                new LineChart("Evaluations", "cross-entropy in nats", first, last, scores.crossEntropies(), files),
                new LineChart("Evaluations", "right answers in percent", first, last, scores.rightAnswers(), files));
        section(html, "Curves", section -> {
            charts.stream().filter(chart -> !chart.empty()).forEach(chart -> chart.write(section));
            section.element(
                    "p",
                    "Across: global steps. Dashed lines are where files begin, with their numbers above.",
                    "class",
                    "note");
        });
    }

    private List<LineChart.Boundary> boundaries() {
        List<LineChart.Boundary> boundaries = new ArrayList<>();
        for (Learnt file : story.life().files()) {
            Long kept = file.history().stepsKept();
            if (kept == null || kept > 0) {
                boundaries.add(new LineChart.Boundary(file.history().attempt().baseStep(), "#" + file.id()));
            }
        }
        return boundaries;
    }

    private void files(Html html) {
        boolean running = story.life().running();
        table(
                html,
                List.of("#", "File", "!Rows trained", "!Refused", "!Steps", "Loss", "Fixed set", "!Took", "Outcome"),
                story.life().files(),
                (row, file) -> {
                    AttemptEnd end = file.history().end();
                    AttemptEnd.Rows rows = file.rows();
                    row.element("td", Long.toString(file.id()));
                    row.element(
                            "th",
                            name -> {
                                name.text(file.name());
                                if (file.history().attempt().number() > 1) {
                                    name.element(
                                            "small",
                                            "attempt "
                                                    + file.history().attempt().number());
                                }
                                if (rows != null && rows.heldOut() > 0) {
                                    name.element("small", Figures.heldOut(rows.heldOut()));
                                }
                            },
                            "scope",
                            "row");
                    number(row, Figures.count(rows == null ? null : rows.trained()));
                    number(row, Figures.count(rows == null ? null : rows.rejected()));
                    number(row, Figures.count(file.history().stepsKept()));
                    row.element("td", end == null ? Figures.UNKNOWN : Figures.change(end.firstLoss(), end.lastLoss()));
                    row.element("td", Figures.crossEntropies(file.before(), file.after()));
                    number(row, Figures.duration(file.took()));
                    row.element("td", outcome -> {
                        outcome.text(file.outcome(running));
                        if (end != null && end.error() != null) {
                            outcome.element(
                                    "small",
                                    end.error().type() + ": " + end.error().message());
                        }
                        Long lost = file.history().lostFrom();
                        if (lost != null) {
                            outcome.element(
                                    "small", "steps from %,d on are lost: the weights went back".formatted(lost));
                        }
                    });
                });
        html.element(
                "p",
                "Loss: of the first and the last step. Fixed set: its cross-entropy before and after. Took: stops included.",
                "class",
                "note");
    }

    private void refused(Html html) {
        for (RefusedRows file : story.refused()) {
            html.element("h3", "#%d %s".formatted(file.fileId(), file.file()));
            table(html, List.of("!Line", "!Column", "Reason"), file.rows(), (row, refused) -> {
                number(row, "%,d".formatted(refused.line()));
                number(row, refused.column() == 0 ? Figures.UNKNOWN : "%,d".formatted(refused.column()));
                row.element("td", refused.reason());
            });
            if (file.more() > 0) {
                html.element("p", "… and %,d more.".formatted(file.more()), "class", "note");
            }
        }
    }

    private void alerts(Html html) {
        List<PastAlert> alerts = story.life().alerts();
        if (alerts.isEmpty()) {
            html.element("p", "There were none.", "class", "note");
            return;
        }
        html.element(
                "ul", list -> alerts.forEach(past -> list.element("li", item -> alert(item, past))), "class", "alerts");
        leftOut(html, alerts.size(), story.life().counts().alerts());
    }

    private void alert(Html html, PastAlert past) {
        var alert = past.alert();
        html.element("b", alert.message());
        String severity = alert.severity() == null ? "" : alert.severity().word() + ", ";
        String until = past.until() == null ? "stands" : "to " + figures.time(past.until());
        String step = alert.step() == null ? "" : "; step " + Figures.count(alert.step());
        small(html, "%s%s; %s %s%s".formatted(severity, alert.type(), figures.time(alert.since()), until, step));
        small(html, alert.evidence());
        small(html, alert.remedy());
    }

    private static void small(Html html, @Nullable String text) {
        if (text != null) {
            html.element("small", text);
        }
    }

    private void runs(Html html) {
        List<RunRecord> runs = story.life().runs();
        table(html, List.of("Started", "Ended", "How", "Version"), runs, (row, run) -> {
            boolean now = story.life().running() && run.equals(runs.getLast());
            row.element("td", figures.time(run.startedAt()));
            row.element("td", figures.time(run.endedAt()));
            row.element("td", how -> {
                how.text(run.ending() != null ? run.ending().word() : now ? "running" : "gone without a word");
                if (run.failure() != null) {
                    how.element(
                            "small", run.failure().type() + ": " + run.failure().message());
                }
            });
            row.element("td", run.version() == null ? Figures.UNKNOWN : run.version());
        });
        leftOut(html, runs.size(), story.life().counts().runs());
    }

    private static void leftOut(Html html, int shown, int all) {
        if (shown < all) {
            html.element("p", "The newest %,d of %,d.".formatted(shown, all), "class", "note");
        }
    }

    @FunctionalInterface
    private interface Row<T> {
        void write(Html row, T of);
    }

    /// @param headings those that begin with `!` are over numbers
    private static <T> void table(Html html, List<String> headings, List<T> rows, Row<T> cells) {
        html.element(
                "div",
                scroll -> scroll.element("table", table -> {
                    table.element(
                            "thead",
                            head -> head.element("tr", row -> {
                                for (String heading : headings) {
                                    if (heading.startsWith("!")) {
                                        row.element("th", heading.substring(1), "scope", "col", "class", "n");
                                    } else {
                                        row.element("th", heading, "scope", "col");
                                    }
                                }
                            }));
                    table.element(
                            "tbody", body -> rows.forEach(each -> body.element("tr", row -> cells.write(row, each))));
                }),
                "class",
                "scroll",
                "tabindex",
                "0");
    }

    private static void number(Html row, String text) {
        row.element("td", text, "class", "n");
    }

    private static String css() {
        try (InputStream in = Objects.requireNonNull(ReportPage.class.getResourceAsStream("report.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the style sheet of the program cannot be read", e);
        }
    }
}
