package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Str;

/// Strings that are put together with a separator, charged as they come.
final class Joining {
    private final StringBuilder joined = new StringBuilder();
    private final Budget budget;
    private final String separator;
    private boolean first = true;

    Joining(Budget budget, Str separator) {
        this.budget = budget;
        this.separator = separator.text();
    }

    void add(Str part) {
        int more = part.length() + (first ? 0 : separator.length());
        if ((long) joined.length() + more > budget.limits().valueChars()) {
            budget.chars((long) joined.length() + more);
        }
        budget.chars(more);
        if (!first) {
            joined.append(separator);
        }
        first = false;
        joined.append(part.text());
    }

    String text() {
        return joined.toString();
    }
}
