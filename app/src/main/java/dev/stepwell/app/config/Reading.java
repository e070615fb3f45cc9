package dev.stepwell.app.config;

/// What came of reading one value.
sealed interface Reading<T> {
    /// The value is in the domain.
    record Accepted<T>(T value) implements Reading<T> {}

    /// The value is not.
    ///
    /// @param why what is wrong with the value, to follow it: `0 is out of range`
    record Refused<T>(String why) implements Reading<T> {}
}
