package dev.stepwell.monitor.terminal;

import dev.stepwell.core.control.Command;

/// A daemon that somebody watches, near or far.
public interface Watched extends AutoCloseable {
    /// Where it is, to be shown.
    String place();

    /// What can be seen now. Takes two seconds at most.
    Sight look() throws InterruptedException;

    /// Asks for `command` and gives the answer, or why there is none, in a sentence.
    String ask(Command command) throws InterruptedException;

    @Override
    void close();
}
