package dev.stepwell.core.alerts;

import dev.stepwell.core.alerts.Replay.Curve;
import dev.stepwell.core.signals.Noise;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Losses as training gives them, from fixed seeds.
final class Curves {
    private Curves() {}

    /// Falls from `from` to `to` and stays there, with noise that is a share of the loss and skewed as losses
    /// are.
    static Curve healthy(double from, double to, double steps, double noise, long seed) {
        Noise random = new Noise(seed, 0.2);
        return i -> (to + (from - to) * Math.exp(-i / steps)) * Math.exp(noise * random.next());
    }

    /// Stays where it is, with such noise.
    static Curve level(double loss, double noise, long seed) {
        return healthy(loss, loss, 1, noise, seed);
    }

    /// A step of a real run.
    record Recorded(long batchStep, double loss, int tokens, double seconds) {}

    /// The steps of a real run: a model of the default size, from scratch, over a file of 100 rows, again and
    /// again.
    static List<Recorded> recorded() {
        List<Recorded> steps = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Curves.class.getResourceAsStream("recorded.csv")), StandardCharsets.UTF_8))) {
            lines.readLine(); // Names of columns.
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                steps.add(new Recorded(
                        Long.parseLong(cells[0]),
                        Double.parseDouble(cells[1]),
                        Integer.parseInt(cells[2]),
                        Double.parseDouble(cells[3])));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return steps;
    }
}
