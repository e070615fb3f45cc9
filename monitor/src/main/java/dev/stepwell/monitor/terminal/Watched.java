package dev.stepwell.monitor.terminal;

import dev.stepwell.core.control.Command;
import java.io.IOException;

/// A daemon that somebody watches, near or far.
public interface Watched extends AutoCloseable {
    /// Where it is, to be shown.
    String place();

    /// What is seen next. Returns at once the first time, then when there is something new to be seen, and after some
    /// seconds at most. For one thread.
    ///
    /// @throws RuntimeException if there will never be anything to be seen, for a reason that the user can change
    Sight next() throws InterruptedException;

    /// Asks for `command` and gives the answer, or why there is none, in a sentence. From any thread.
    String ask(Command command) throws InterruptedException;

    @Override
    void close() throws IOException;
}
