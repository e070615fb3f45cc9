package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.Span;
import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Str;
import java.util.ArrayList;
import java.util.List;

/// The text that a template, a macro or a block writes, with what of it was generated.
final class Output {
    private final StringBuilder text = new StringBuilder();
    private final List<Span> generated = new ArrayList<>();
    private final Budget budget;
    private final int limit;

    private Output(Budget budget, int limit) {
        this.budget = budget;
        this.limit = limit;
    }

    /// The output of a whole template.
    static Output whole(Budget budget) {
        return new Output(budget, budget.limits().outputChars());
    }

    /// The output of a part that becomes a value.
    static Output part(Budget budget) {
        return new Output(budget, budget.limits().valueChars());
    }

    void write(String more) {
        grow(more.length());
        text.append(more);
    }

    void write(Str more) {
        grow(more.length());
        int start = text.length();
        text.append(more.text());
        for (Span span : more.generated()) {
            generated.add(span.shifted(start));
        }
    }

    int length() {
        return text.length();
    }

    /// Marks what was written from `start` on as generated, in place of what is marked inside of it.
    void markGenerated(int start) {
        generated.removeIf(span -> span.start() >= start);
        generated.add(new Span(start, text.length()));
    }

    List<Span> generated() {
        return generated;
    }

    String text() {
        return text.toString();
    }

    /// All of it as a value.
    Str toValue() {
        return generated.isEmpty() ? Str.of(text.toString()) : Str.generated(text.toString(), generated);
    }

    private void grow(int chars) {
        if (chars > limit - text.length()) {
            throw Fault.limit("the template writes more than the limit of " + limit + " chars");
        }
        budget.chars(chars);
    }
}
