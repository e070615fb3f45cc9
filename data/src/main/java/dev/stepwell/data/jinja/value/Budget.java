package dev.stepwell.data.jinja.value;

import dev.stepwell.data.jinja.Limits;

/// What a rendering has used of its [Limits]; for one thread.
public final class Budget {
    private static final int CHARS_A_STEP = 5;
    private static final int CHARS_AN_ELEMENT = 8;

    private final Limits limits;
    private long steps;
    private long allocation;
    private int depth;

    /// Nothing used yet.
    public Budget(Limits limits) {
        this.limits = limits;
        this.steps = limits.steps();
        this.allocation = limits.allocation();
    }

    /// The limits that are kept.
    public Limits limits() {
        return limits;
    }

    /// One step more.
    public void step() {
        if (--steps < 0) {
            throw exhausted();
        }
    }

    /// So many steps more.
    public void steps(long count) {
        steps -= count;
        if (steps < 0) {
            throw exhausted();
        }
    }

    /// Chars that are looked at.
    public void read(long chars) {
        steps(1 + (chars >> CHARS_A_STEP));
    }

    /// A string of so many chars is searched for another: at worst, every char of one is held against each of the
    /// other.
    public void search(long chars, long sought) {
        steps(1 + (chars >> CHARS_A_STEP) * (1 + (sought >> 3)));
    }

    /// A string of so many chars is about to be made.
    public void chars(long chars) {
        if (chars > limits.valueChars()) {
            throw Fault.limit("a string of " + chars + " chars is longer than the limit of " + limits.valueChars());
        }
        steps(1 + (chars >> CHARS_A_STEP));
        allocate(chars);
    }

    /// A collection of so many elements is about to be made.
    public void items(long items) {
        if (items > limits.valueItems()) {
            throw Fault.limit(
                    "a collection of " + items + " elements is larger than the limit of " + limits.valueItems());
        }
        steps(1 + (items >> 2));
        allocate(items * CHARS_AN_ELEMENT);
    }

    /// An integer of so many bits is about to be made.
    public void bits(long bits) {
        if (bits > limits.integerBits()) {
            throw Fault.limit("an integer of " + bits + " bits is larger than the limit of " + limits.integerBits());
        }
        steps(1 + (bits >> CHARS_A_STEP));
    }

    /// So many levels of the tree begin to be run; to be followed by [#leave].
    public void enter(int levels) {
        depth += levels;
        if (depth > limits.depth()) {
            depth -= levels;
            throw Fault.limit("calls are nested deeper than the limit of " + limits.depth() + " levels");
        }
    }

    /// The end of what was entered.
    public void leave(int levels) {
        depth -= levels;
    }

    private void allocate(long chars) {
        allocation -= chars;
        if (allocation < 0) {
            throw Fault.limit("more than the limit of " + limits.allocation() + " chars were made on the way");
        }
    }

    private Fault exhausted() {
        return Fault.limit("the template takes more than the limit of " + limits.steps() + " steps");
    }
}
