package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Value;

/// Strings that are marked as safe for HTML: what `safe` and `escape` return. Whatever is added to one is escaped,
/// even where nothing else is.
final class Markups {
    private Markups() {}

    /// `left + right`.
    static Str concat(Budget budget, Str left, Str right) {
        boolean markup = left.isMarkup() || right.isMarkup();
        return markup
                ? Str.concat(budget, escape(budget, left), escape(budget, right), true)
                : Str.concat(budget, left, right, false);
    }

    /// The value as a string that is safe.
    static Str escape(Budget budget, Value value) {
        Str text = Repr.str(budget, value);
        if (text.isMarkup()) {
            return text;
        }
        String plain = text.text();
        StringBuilder escaped = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char next = plain.charAt(i);
            switch (next) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&#34;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(next);
            }
        }
        budget.chars(escaped.length());
        return Str.of(escaped.toString(), true);
    }
}
