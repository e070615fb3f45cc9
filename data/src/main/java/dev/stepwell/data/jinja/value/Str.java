package dev.stepwell.data.jinja.value;

import dev.stepwell.data.jinja.Span;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A string. Long sums of strings are put together only when someone looks at them, so that a template may add to a
/// text in a loop. Positions are code points in Python and chars in Java: [#isPlain] says whether that is the same.
public final class Str implements Value {
    /// The empty string.
    public static final Str EMPTY = of("");

    private static final int WORTH_A_ROPE = 256;
    private static final int NODE = 64;
    private static final int UNKNOWN = -1;

    private final int length;
    private final boolean markup;
    private final List<Span> generated;
    private @Nullable String text;
    private @Nullable Str left;
    private @Nullable Str right;
    private @Nullable Budget budget;
    private int points = UNKNOWN;

    private Str(
            int length,
            boolean markup,
            List<Span> generated,
            @Nullable String text,
            @Nullable Str left,
            @Nullable Str right,
            @Nullable Budget budget) {
        this.length = length;
        this.markup = markup;
        this.generated = generated;
        this.text = text;
        this.left = left;
        this.right = right;
        this.budget = budget;
    }

    /// A string with this text.
    public static Str of(String text) {
        return new Str(text.length(), false, List.of(), text, null, null, null);
    }

    /// A string that is marked as safe for HTML, or not.
    public static Str of(String text, boolean markup) {
        return new Str(text.length(), markup, List.of(), text, null, null, null);
    }

    /// A string that knows which of it `generation` blocks wrote.
    public static Str generated(String text, List<Span> spans) {
        return new Str(text.length(), false, List.copyOf(spans), text, null, null, null);
    }

    /// One string after the other; the budget is charged.
    public static Str concat(Budget budget, Str left, Str right, boolean markup) {
        if (left.length == 0 && right.markup == markup) {
            return right;
        }
        if (right.length == 0 && left.markup == markup) {
            return left;
        }
        long length = (long) left.length + right.length;
        if (length <= WORTH_A_ROPE || left.length == 0 || right.length == 0) {
            budget.chars(length);
            return of(left.text() + right.text(), markup);
        }
        if (length > budget.limits().valueChars()) {
            budget.chars(length);
        }
        budget.chars(NODE);
        return new Str((int) length, markup, List.of(), null, left, right, budget);
    }

    /// Its text.
    public String text() {
        String known = text;
        if (known == null) {
            if (budget != null) {
                budget.chars(length);
            }
            StringBuilder builder = new StringBuilder(length);
            append(builder);
            known = builder.toString();
            text = known;
            left = null;
            right = null;
            budget = null;
        }
        return known;
    }

    /// Its length in chars.
    public int length() {
        return length;
    }

    /// Its length in code points.
    public int points() {
        if (points == UNKNOWN) {
            points = text().codePointCount(0, length);
        }
        return points;
    }

    /// Whether every code point is one char.
    public boolean isPlain() {
        return points() == length;
    }

    /// Whether it is marked as safe for HTML: adding to it escapes what is added.
    public boolean isMarkup() {
        return markup;
    }

    /// What `generation` blocks wrote of it, if it is exactly what a macro or a block made.
    public List<Span> generated() {
        return generated;
    }

    /// Another text with the same mark.
    public Str with(String other) {
        return of(other, markup);
    }

    @Override
    public String type() {
        return markup ? "Markup" : "str";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Str string && length == string.length && text().equals(string.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }

    private void append(StringBuilder builder) {
        Deque<Str> open = new ArrayDeque<>();
        open.push(this);
        while (!open.isEmpty()) {
            Str next = open.pop();
            if (next.text != null) {
                builder.append(next.text);
            } else if (next.left != null && next.right != null) {
                open.push(next.right);
                open.push(next.left);
            }
        }
    }
}
