package dev.stepwell.core.progress;

import java.util.Arrays;

/// How long a step takes for the tokens in it, from the latest steps.
///
/// ```
///  work of a step  u_i = 1 − share + share · tokens_i / mean tokens            LinearShare of seconds and tokens
///  pace            p_i = min(seconds_i / u_i, 5 · median of the latest 63)     a step that hung counts little
///  for n steps     pace(n) = Σ w_i u_i p_i / Σ w_i u_i,   w_i = 2^(−age_i / h),   h = n within 16 … 512
/// ```
///
/// It looks back as far as it is asked to look ahead: what has slowed the last minute down will probably slow the next
/// one down, too, but says little of the next hour. How far it may be off is [Steadiness]'s to say, for stretches as
/// long as what is looked at, back or ahead, whichever is shorter; it grows by a quarter for each time that what is
/// ahead is twice as long as what lies back.
final class Pace {
    private static final int WINDOW = 1_024;
    private static final int LATEST = 63;
    private static final double HANGING = 5;
    private static final double SHORTEST_HALF_LIFE = 16;
    private static final double LONGEST_HALF_LIFE = 512;
    private static final double GROWTH = 0.25;

    private final double[] seconds = new double[WINDOW];
    private final double[] tokens = new double[WINDOW];
    private final LinearShare share = new LinearShare(0.9, 0.05, 1, 0.998);
    private final Steadiness steadiness = new Steadiness(0.06, 2, 0.9);
    private long added;

    void step(double itsSeconds, double itsTokens) {
        int place = (int) (added++ % WINDOW);
        seconds[place] = itsSeconds;
        tokens[place] = itsTokens;
        share.add(itsTokens, itsSeconds);
        double work = work(itsTokens);
        steadiness.add(Math.min(itsSeconds, HANGING * typical() * work), work);
    }

    /// Steps that were added, those that left the window included.
    long steps() {
        return added;
    }

    /// Mean tokens of a step so far, recent ones counting more; 1 where none has any.
    double meanTokens() {
        return share.isEmpty() ? 1 : share.meanX();
    }

    /// The work of a step of so many tokens; that of a step of mean tokens is 1.
    double work(double itsTokens) {
        return share.relative(itsTokens);
    }

    /// The share of a step's time that grows with its tokens.
    double tokenShare() {
        return share.share();
    }

    /// What is expected of the next `ahead` steps. At least one step must have been added.
    ///
    /// @param ahead at least 1
    Forecast next(double ahead) {
        double halfLife = Math.clamp(ahead, SHORTEST_HALF_LIFE, LONGEST_HALF_LIFE);
        double most = HANGING * typical();
        double fading = Math.pow(2, -1 / halfLife);
        double weight = 1;
        double sum = 0;
        double weights = 0;
        int window = (int) Math.min(added, WINDOW);
        for (int age = 0; age < window; age++) {
            double work = work(tokens[place(age)]);
            sum += weight * Math.min(seconds[place(age)], most * work);
            weights += weight * work;
            weight *= fading;
        }
        double back = Math.min(window, halfLife / Math.log(2));
        double grown = 1 + GROWTH * Math.max(0, Math.log(ahead / back) / Math.log(2));
        return new Forecast(sum / weights, grown * steadiness.error(Math.min(ahead, back)));
    }

    /// The median pace of the latest steps.
    private double typical() {
        double[] latest = new double[(int) Math.min(added, LATEST)];
        for (int age = 0; age < latest.length; age++) {
            latest[age] = seconds[place(age)] / work(tokens[place(age)]);
        }
        Arrays.sort(latest);
        return latest[latest.length / 2];
    }

    private int place(int age) {
        return (int) ((added - 1 - age) % WINDOW);
    }

    /// What is expected of the steps ahead.
    ///
    /// @param seconds for a step of mean tokens
    /// @param error   standard deviation of its logarithm, which is that of the relative error where it is small
    record Forecast(double seconds, double error) {}
}
