package dev.stepwell.core.alerts;

/// What a [Detector] makes of a moment.
sealed interface Verdict {
    /// It is not so, or not any more.
    record Clear() implements Verdict {}

    /// Too little is known: what stood stands.
    record Unknown() implements Verdict {}

    /// It is so, or still.
    record Present(Finding finding) implements Verdict {}

    Verdict CLEAR = new Clear();
    Verdict UNKNOWN = new Unknown();
}
