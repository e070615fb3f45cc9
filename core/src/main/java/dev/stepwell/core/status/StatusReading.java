package dev.stepwell.core.status;

/// What reading a status file came to.
public sealed interface StatusReading {
    /// A status, by this version or by the original.
    record Present(StatusDocument document) implements StatusReading {}

    /// There is no file: no daemon ever ran here.
    record Missing() implements StatusReading {}

    /// There is a file and it cannot be read; `reason` says why, in one line.
    record Unreadable(String reason) implements StatusReading {}

    /// The file is something else than a status; `reason` says what was found, in one line.
    record Foreign(String reason) implements StatusReading {}

    /// The file is by a version that means other things by its fields.
    ///
    /// @param found     its `schema_version`
    /// @param supported the newest this reader understands
    record UnsupportedVersion(long found, int supported) implements StatusReading {}
}
