package dev.stepwell.bench.eta;

import dev.stepwell.core.training.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// A drain that was not recorded but drawn, because it would take too long: the same one each time.
///
/// A step takes `(fixed + perToken · tokens) · e^noise`; the noise is one that each step has for itself (4 %), one
/// that lasts for some minutes (autoregressive, 3 %) and a drift (a random walk, 1 % in a hundred steps). Steps of a
/// file differ in their tokens by 12 %, files in their bytes for a token by 8 %.
final class MadeUpDrain {
    private static final double OWN_NOISE = 0.04;
    private static final double LASTING_NOISE = 0.03;
    private static final double MEMORY = 0.995;
    private static final double DRIFT = 0.001;

    private final Shape shape;
    private final RandomGenerator random;
    private final Drain.Builder drain = new Drain.Builder();
    private final List<DrainLine.Arrived> files = new ArrayList<>();
    private final List<int[]> tokens = new ArrayList<>();
    private double millis;
    private double lasting;
    private double drift;
    private int stepsDone;

    /// @param fixed       milliseconds of a step whatever its tokens
    /// @param perToken    milliseconds for each token more
    /// @param files       how many
    /// @param evalSteps   steps between two evaluations
    /// @param evalMillis  how long one takes
    /// @param saveSteps   steps between two checkpoints
    /// @param saveMillis  how long one takes
    /// @param validation  milliseconds of an evaluation before and after each file; 0 for none
    /// @param slowFrom    step of the drain from which all takes `slower` times as long
    /// @param stopAt      share of the longest file's steps after which another process goes on; 1: never
    /// @param lost        steps that the end of the process loses
    record Shape(
            double fixed,
            double perToken,
            int files,
            int evalSteps,
            double evalMillis,
            int saveSteps,
            double saveMillis,
            double validation,
            int slowFrom,
            double slower,
            double stopAt,
            int lost) {}

    private MadeUpDrain(Shape shape, long seed) {
        this.shape = shape;
        this.random = new SplittableRandom(seed);
    }

    /// All of them; as with those that were recorded, names end in `_a` where they were tuned on.
    static List<Drain> all() {
        return List.of(
                new MadeUpDrain(new Shape(150, 0.45, 14, 50, 1_500, 200, 2_000, 3_000, 1 << 30, 1, 1, 0), 1)
                        .made("hour_a"),
                new MadeUpDrain(new Shape(700, 0.15, 18, 25, 800, 100, 1_500, 5_000, 1_800, 1.15, 1, 0), 2)
                        .made("hour_b"),
                new MadeUpDrain(new Shape(100, 0.3, 6, 40, 500, 150, 800, 0, 1 << 30, 1, 0.9, 40), 3).made("resume_a"),
                new MadeUpDrain(new Shape(20, 0.6, 5, 100, 1_000, 120, 1_200, 0, 1 << 30, 1, 0.9, 0), 4)
                        .made("resume_b"));
    }

    private Drain made(String name) {
        draw();
        int longest = tokens.stream().mapToInt(steps -> steps.length).max().orElseThrow();
        boot(files);
        for (int i = 0; i < files.size(); i++) {
            int steps = tokens.get(i).length;
            if (steps < longest || shape.stopAt == 1) {
                train(i, 0, steps);
                continue;
            }
            int until = (int) (shape.stopAt * steps);
            train(i, 0, until);
            boot(files.subList(i, files.size()));
            train(i, until - shape.lost, steps);
        }
        say(new DrainLine.Over());
        return drain.named("made_up_" + name);
    }

    private void draw() {
        for (int i = 0; i < shape.files; i++) {
            int steps = (int) (40 * Math.exp(random.nextGaussian(1.4, 0.8)));
            double mean = 1_000 * Math.exp(random.nextGaussian(0, 0.5));
            int[] drawn = IntStream.range(0, steps)
                    .map(_ -> (int) (mean * Math.exp(random.nextGaussian(0, 0.12))))
                    .toArray();
            tokens.add(drawn);
            double bytesPerToken = 3.4 * Math.exp(random.nextGaussian(0, 0.08));
            files.add(new DrainLine.Arrived(
                    i + 1, Math.round(bytesPerToken * Arrays.stream(drawn).sum()), steps * 8L, steps, 0));
        }
    }

    private void boot(List<DrainLine.Arrived> waiting) {
        millis = 0;
        say(new DrainLine.Boot("never"));
        millis = 3_000;
        waiting.forEach(this::say);
    }

    private void train(int index, int done, int until) {
        int[] steps = tokens.get(index);
        int total = steps.length;
        say(new DrainLine.Claimed(files.get(index).file()));
        say(new DrainLine.Turned(Phase.PREPARING));
        millis += index == 0 || done > 0 ? 2_000 : 20;
        say(new DrainLine.Started(0, done, total));
        say(new DrainLine.Turned(Phase.TRAINING));
        say(new DrainLine.Tokens(Arrays.stream(steps).sum(), 0, 1));
        if (done == 0) {
            validate();
        }
        for (int step = done + 1; step <= until; step++) {
            step(steps[step - 1]);
            if (step % shape.evalSteps == 0) {
                evaluate(shape.evalMillis);
            }
            if (step % shape.saveSteps == 0 && step < total) {
                save();
            }
        }
        if (until == total) {
            validate();
            save();
            say(new DrainLine.Ended("Completed"));
            millis += 60;
        }
    }

    private void step(int its) {
        lasting = MEMORY * lasting + Math.sqrt(1 - MEMORY * MEMORY) * random.nextGaussian(0, LASTING_NOISE);
        drift += random.nextGaussian(0, DRIFT);
        stepsDone++;
        double slower = stepsDone > shape.slowFrom ? shape.slower : 1;
        double took = slower
                * (shape.fixed + shape.perToken * its)
                * Math.exp(lasting + drift + random.nextGaussian(0, OWN_NOISE));
        millis += took;
        say(new DrainLine.Step(took, its));
    }

    private void validate() {
        if (shape.validation > 0) {
            evaluate(shape.validation);
        }
    }

    private void evaluate(double mean) {
        double took = mean * Math.exp(random.nextGaussian(0, 0.1));
        say(new DrainLine.Turned(Phase.EVALUATING));
        millis += took;
        say(new DrainLine.Evaluated(took));
        say(new DrainLine.Turned(Phase.TRAINING));
    }

    private void save() {
        double took = shape.saveMillis * Math.exp(random.nextGaussian(0, 0.15));
        say(new DrainLine.Turned(Phase.SAVING));
        millis += took;
        say(new DrainLine.Saved(took));
        say(new DrainLine.Turned(Phase.TRAINING));
    }

    private void say(DrainLine line) {
        drain.add(millis, line);
    }
}
