package dev.stepwell.core.progress;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far the pace of some stretch was from the pace of the stretch before it, for stretches of 1, 2, 4, 8, … steps.
///
/// That is the error that was made whenever the next steps were expected to go like the last ones, looking as far
/// ahead as back. It holds whatever makes steps differ: noise, which evens out over longer stretches; noise that comes
/// in spells and does so later; drift, which does not.
///
/// ```
///  level 0   ├1┤├2┤├3┤├4┤├5┤├6┤├7┤├8┤
///  level 1   ├─1─┤├─2─┤├─3─┤├─4─┤        d of a pair of neighbours = ln(pace after / pace before)
///  level 2   ├───1───┤├───2───┤          error(level)² = (Σ d² + doubt·first²) / (pairs + doubt)
/// ```
///
/// Older pairs count less.
final class Steadiness {
    private final double first;
    private final double doubt;
    private final double memory;
    private final List<Level> levels = new ArrayList<>();

    /// @param first  the relative error that is assumed before anything is seen
    /// @param doubt  as if so many pairs had been seen with that
    /// @param memory how much a pair counts when one more has come
    Steadiness(double first, double doubt, double memory) {
        this.first = first;
        this.doubt = doubt;
        this.memory = memory;
    }

    /// A step of `work` took `seconds`; both positive, or it says nothing.
    void add(double seconds, double work) {
        if (seconds > 0 && work > 0) {
            add(new Stretch(seconds, work), 0);
        }
    }

    private void add(Stretch stretch, int at) {
        if (at == levels.size()) {
            levels.add(new Level());
        }
        Stretch both = levels.get(at).add(stretch, memory);
        if (both != null) {
            add(both, at + 1);
        }
    }

    /// The relative error to expect over `steps` steps, from stretches that long, or the longest ones of which there
    /// are two pairs.
    double error(double steps) {
        int at = Math.min((int) (Math.log(Math.max(1, steps)) / Math.log(2)), levels.size() - 1);
        while (at > 0 && levels.get(at).pairs < 2) {
            at--;
        }
        return at < 0 ? first : levels.get(at).error(first, doubt);
    }

    private record Stretch(double seconds, double work) {
        double pace() {
            return seconds / work;
        }

        Stretch and(Stretch next) {
            return new Stretch(seconds + next.seconds, work + next.work);
        }
    }

    private static final class Level {
        private @Nullable Stretch before;
        private boolean odd;
        private double squares;
        private double weights;
        private long pairs;

        /// @return this stretch and the one before it as one, of the next level, if they are its halves
        private @Nullable Stretch add(Stretch stretch, double memory) {
            Stretch joined = null;
            if (before != null) {
                double change = Math.log(stretch.pace() / before.pace());
                squares = memory * squares + change * change;
                weights = memory * weights + 1;
                pairs++;
                joined = odd ? before.and(stretch) : null;
            }
            odd = !odd;
            before = stretch;
            return joined;
        }

        private double error(double first, double doubt) {
            return Math.sqrt((squares + doubt * first * first) / (weights + doubt));
        }
    }
}
