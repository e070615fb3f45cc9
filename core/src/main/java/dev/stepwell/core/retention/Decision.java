package dev.stepwell.core.retention;

/// What becomes of one thing, and why.
public record Decision(Item item, Verdict verdict) {
    /// Kept or deleted, by which rule.
    public sealed interface Verdict {
        /// The reason, for people.
        String why();
    }

    /// It stays where it is.
    public sealed interface Keep extends Verdict {}

    /// Nothing may delete it.
    public record Protected(Protection by) implements Keep {
        @Override
        public String why() {
            return by.words();
        }
    }

    /// It is among the newest that fit the budget for recent ones.
    public record Recent(Budget budget) implements Keep {
        @Override
        public String why() {
            return budget.unlimited() ? "kept without a limit" : "recent: within " + budget;
        }
    }

    /// It is the newest of its day among those that are not recent any more.
    public record Daily(Budget budget) implements Keep {
        @Override
        public String why() {
            return budget.unlimited() ? "the one of its day" : "the one of its day: within " + budget;
        }
    }

    /// No rule keeps it.
    public sealed interface Delete extends Verdict {}

    /// It is not recent any more, and its day has another.
    public record DayHasAnother(String kept) implements Delete {
        @Override
        public String why() {
            return "not recent any more, and its day keeps " + kept;
        }
    }

    /// It is not recent any more, and the daily ones have used up their budget.
    public record OverBudget(Budget daily) implements Delete {
        @Override
        public String why() {
            return daily.equals(Budget.NOTHING)
                    ? "not recent any more"
                    : "not recent any more, and beyond the %s for one a day".formatted(daily);
        }
    }

    public boolean keeps() {
        return switch (verdict) {
            case Keep _ -> true;
            case Delete _ -> false;
        };
    }
}
