package dev.stepwell.app.doctor;

import dev.stepwell.app.text.Printable;

/// One thing that was looked at, in one line.
///
/// @param weight what it means for the user
/// @param line   what was seen
record Observation(Weight weight, String line) {
    enum Weight {
        /// As it should be.
        FINE("ok  "),
        /// Worth knowing, and nobody's fault.
        NOTE("note"),
        /// Not as it should be: somebody should act, or a start will.
        FINDING("FIND");

        private final String mark;

        Weight(String mark) {
            this.mark = mark;
        }
    }

    static Observation fine(String line) {
        return new Observation(Weight.FINE, line);
    }

    static Observation note(String line) {
        return new Observation(Weight.NOTE, line);
    }

    static Observation finding(String line) {
        return new Observation(Weight.FINDING, line);
    }

    boolean isFinding() {
        return weight == Weight.FINDING;
    }

    @Override
    public String toString() {
        return weight.mark + "  " + Printable.line(line);
    }
}
