package dev.stepwell.app.report;

import dev.stepwell.core.history.Curve;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// Curves over global steps, as inline SVG with labels beside it in HTML: the drawing is stretched to the width there
/// is, the words are not, so that both can be read on a phone and on paper.
///
/// @param title      what is drawn
/// @param unit       of the values, in words
/// @param first      global step at which the chart begins
/// @param last       where it ends
/// @param lines      curves; one without points is left out
/// @param boundaries where files begin
record LineChart(String title, String unit, long first, long last, List<Line> lines, List<Boundary> boundaries) {
    /// Points of a curve: more could not be told apart at the width of a page.
    static final int POINTS = 600;

    /// Points of a mean.
    private static final int MEANS = 120;

    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 260;
    private static final int TICKS_UP = 4;
    private static final int TICKS_ACROSS = 7;
    /// Between two labels of files, as a share of the width; the second on a phone.
    private static final double LEAST_GAP = 0.045;

    private static final double LEAST_GAP_ON_A_PHONE = 0.13;

    LineChart {
        lines = lines.stream().filter(line -> line.curve().size() > 0).toList();
        boundaries = List.copyOf(boundaries);
    }

    /// A curve.
    ///
    /// @param name for the legend
    record Line(String name, Curve curve, Kind kind) {
        /// Its class in the style sheet.
        private String style() {
            return kind == Kind.FAINT ? "faint" : "line";
        }
    }

    /// How a curve is drawn.
    enum Kind {
        /// As a line.
        PLAIN,
        /// As a line with a dot at each point, because there are few.
        DOTS,
        /// Faintly, behind its mean.
        FAINT
    }

    /// A curve that jumps from step to step, with its mean before it where there are many.
    static List<Line> withMean(String name, Curve curve) {
        Curve drawn = curve.downsampled(POINTS);
        return curve.size() <= 2 * MEANS
                ? List.of(new Line(name, drawn, Kind.PLAIN))
                : List.of(
                        new Line("Mean", Means.of(curve, MEANS), Kind.PLAIN), new Line("Each step", drawn, Kind.FAINT));
    }

    /// Where a file begins.
    ///
    /// @param step  its base step
    /// @param label in a few characters
    record Boundary(long step, String label) {}

    /// Whether there is anything to draw.
    boolean empty() {
        return lines.isEmpty();
    }

    void write(Html html) {
        double[] values = lines.stream()
                .flatMapToDouble(line -> DoubleStream.of(line.curve().values()))
                .toArray();
        Scale y = Scale.of(
                Arrays.stream(values).min().orElse(0),
                Arrays.stream(values).max().orElse(1),
                TICKS_UP);
        Scale x = Scale.exact((double) first, (double) last, TICKS_ACROSS);
        List<Boundary> within = boundaries.stream()
                // The first file of a chart begins a step before it.
                .filter(boundary -> boundary.step() >= first - 1 && boundary.step() < last)
                .map(boundary -> new Boundary(Math.max(first, boundary.step()), boundary.label()))
                .toList();
        html.element("figure", figure -> {
            figure.element("figcaption", caption -> {
                caption.element("b", title).text(", " + unit);
                if (lines.size() > 1) {
                    legend(caption);
                }
            });
            figure.element("div", plot -> plot(plot, x, y, within), "class", "plot");
            figure.element("p", facts(), "class", "facts");
        });
    }

    private void legend(Html caption) {
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            String style = line.style() + " l" + i;
            caption.element(
                    "span",
                    entry -> entry.element(
                                    "svg",
                                    svg -> svg.single("path", "class", style, "d", "M0 5H28"),
                                    "viewBox",
                                    "0 0 28 10",
                                    "aria-hidden",
                                    "true")
                            .text(line.name()),
                    "class",
                    "key");
        }
    }

    private void plot(Html plot, Scale x, Scale y, List<Boundary> within) {
        plot.element(
                "div",
                labels -> {
                    for (double tick : y.ticks()) {
                        labels.element("span", y.words(tick), "style", "bottom:" + percent(y.share(tick)));
                    }
                },
                "class",
                "y",
                "aria-hidden",
                "true");
        plot.element(
                "div",
                labels -> {
                    double before = -1;
                    double beforeOnAPhone = -1;
                    for (Boundary boundary : within) {
                        double share = x.share((double) boundary.step());
                        boolean onAPhone = beforeOnAPhone < 0 || share - beforeOnAPhone >= LEAST_GAP_ON_A_PHONE;
                        if ((before < 0 || share - before >= LEAST_GAP) && share <= 1 - LEAST_GAP / 2) {
                            labels.element(
                                    "span",
                                    boundary.label(),
                                    "class",
                                    onAPhone ? "few" : "more",
                                    "style",
                                    "left:" + percent(share));
                            before = share;
                            beforeOnAPhone = onAPhone ? share : beforeOnAPhone;
                        }
                    }
                },
                "class",
                "files",
                "aria-hidden",
                "true");
        plot.element(
                "svg",
                svg -> drawing(svg, x, y, within),
                "viewBox",
                "0 0 %d %d".formatted(WIDTH, HEIGHT),
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                "%s, %s, from step %,d to step %,d. %s".formatted(title, unit, first, last, facts()));
        plot.element(
                "div",
                labels -> {
                    for (double tick : x.ticks()) {
                        labels.element("span", x.words(tick), "style", "left:" + percent(x.share(tick)));
                    }
                },
                "class",
                "x",
                "aria-hidden",
                "true");
    }

    private void drawing(Html svg, Scale x, Scale y, List<Boundary> within) {
        StringBuilder grid = new StringBuilder();
        for (double tick : y.ticks()) {
            grid.append("M0 ").append(down(y, tick)).append("H").append(WIDTH);
        }
        svg.single("path", "class", "grid", "d", grid);
        StringBuilder files = new StringBuilder();
        for (Boundary boundary : within) {
            files.append("M")
                    .append(across(x, (double) boundary.step()))
                    .append(" 0V")
                    .append(HEIGHT);
        }
        if (!within.isEmpty()) {
            svg.single("path", "class", "boundary", "d", files);
        }
        for (int i = lines.size() - 1; i >= 0; i--) { // The first lies before the others.
            draw(svg, x, y, lines.get(i), "l" + i);
        }
    }

    private static void draw(Html svg, Scale x, Scale y, Line line, String colour) {
        StringBuilder path = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        Curve curve = line.curve();
        for (int i = 0; i < curve.size(); i++) {
            String at = across(x, (double) curve.steps()[i]) + " " + down(y, curve.values()[i]);
            path.append(i == 0 ? "M" : "L").append(at);
            // A line of no length has round ends, which are not stretched with the drawing.
            dots.append("M").append(at).append("h0");
        }
        svg.single("path", "class", line.style() + " " + colour, "d", path);
        if (line.kind() == Kind.DOTS || curve.size() == 1) {
            svg.single("path", "class", "dot " + colour, "d", dots);
        }
    }

    private static String across(Scale x, double step) {
        return number(x.share(step) * WIDTH);
    }

    private static String down(Scale y, double value) {
        return number((1 - y.share(value)) * HEIGHT);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String percent(double share) {
        return number(share * 100) + "%";
    }

    /// What the curves come to, for who does not see them.
    private String facts() {
        String facts = lines.stream()
                .filter(line -> line.kind() != Kind.FAINT)
                .map(line -> (lines.size() > 1 ? line.name() + ": " : "") + CurveFacts.of(line.curve()))
                .collect(Collectors.joining(" "));
        return facts.substring(0, 1).toUpperCase(Locale.ROOT) + facts.substring(1);
    }
}
