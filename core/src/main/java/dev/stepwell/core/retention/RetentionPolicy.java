package dev.stepwell.core.retention;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Decides what is kept: recent things up to a budget, then one a day up to a second one.
///
/// ```
///  newest ───────────────────────────────────────────────► oldest
///  ├── recent: all, until one does not fit ──┤
///                                            ├── of each day the newest, until one does not fit ──┤
/// ```
///
/// What is protected is kept wherever it stands. It uses up the budget of the part it stands in, and counts as
/// the one of its day; but it ends neither part. Each part ends at the first thing that does not fit, so that
/// nothing older is ever kept in the place of something newer.
///
/// Pure: looks at nothing but its arguments. Deciding again about what was kept keeps all of it.
///
/// @param recent budget of the first part
/// @param daily  budget of the second part
/// @param zone   in which days begin and end
public record RetentionPolicy(Budget recent, Budget daily, ZoneId zone) {

    /// Decides about all of `newestFirst`, in the same order.
    ///
    /// @param newestFirst in the order in which the things came about, newest first. Their times need not agree
    ///                    with it: a clock may have been set back.
    public List<Decision> decide(List<Item> newestFirst) {
        return new Walk().decide(newestFirst);
    }

    private final class Walk {
        private final Map<LocalDate, String> keptOfDay = new HashMap<>();
        private boolean stillRecent = true;
        private boolean stillDaily = true;
        private long recentBytes;
        private long dailyBytes;

        private List<Decision> decide(List<Item> items) {
            List<Decision> decisions = new ArrayList<>(items.size());
            for (Item item : items) {
                Decision.Verdict verdict = judge(item);
                Decision decision = new Decision(item, verdict);
                if (decision.keeps()) {
                    keptOfDay.putIfAbsent(dayOf(item), item.name());
                }
                decisions.add(decision);
            }
            return decisions;
        }

        private Decision.Verdict judge(Item item) {
            if (stillRecent && item.protection() == null && !recent.fits(recentBytes, item.bytes())) {
                stillRecent = false;
            }
            if (stillRecent) {
                recentBytes = plus(recentBytes, item.bytes());
                return item.protection() == null
                        ? new Decision.Recent(recent)
                        : new Decision.Protected(item.protection());
            }
            if (item.protection() != null) {
                dailyBytes = plus(dailyBytes, item.bytes());
                return new Decision.Protected(item.protection());
            }
            String another = keptOfDay.get(dayOf(item));
            if (another != null) {
                return new Decision.DayHasAnother(another);
            }
            if (!stillDaily || !daily.fits(dailyBytes, item.bytes())) {
                stillDaily = false;
                return new Decision.OverBudget(daily);
            }
            dailyBytes = plus(dailyBytes, item.bytes());
            return new Decision.Daily(daily);
        }

        private LocalDate dayOf(Item item) {
            return LocalDate.ofInstant(item.time(), zone);
        }
    }

    private static long plus(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
