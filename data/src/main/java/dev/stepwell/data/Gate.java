package dev.stepwell.data;

/// Asked now and then during long work whether to go on with it. May wait before it answers.
///
/// @param <E> what asking may throw
@FunctionalInterface
public interface Gate<E extends Exception> {
    /// Never stands in the way.
    Gate<RuntimeException> OPEN = () -> true;

    /// Whether to go on; if not, the work is given up.
    boolean opens() throws E;
}
