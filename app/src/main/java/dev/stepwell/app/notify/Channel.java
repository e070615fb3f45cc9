package dev.stepwell.app.notify;

/// A way to tell people. For one thread at a time.
interface Channel extends AutoCloseable {
    /// What it is, in a word.
    String name();

    /// Whom it reaches, fit for a log: no secret is in it.
    String place();

    /// Type of the alert that stands while it fails.
    String alertType();

    /// What a person can do where it fails.
    String remedy();

    /// Sends `notice`, within a bounded time.
    ///
    /// @param missed notices before it that never arrived
    /// @param tries  how often it was sent before
    /// @throws InterruptedException if the thread is interrupted meanwhile; whether it arrived is not known
    Outcome send(Notice notice, int missed, int tries) throws InterruptedException;

    @Override
    default void close() {}
}
