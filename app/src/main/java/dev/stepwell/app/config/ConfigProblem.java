package dev.stepwell.app.config;

/// One thing that is wrong in a configuration file.
///
/// @param line    where, from 1; 0 if no single line is at fault
/// @param message what, with the key, its value, and what is allowed
public record ConfigProblem(long line, String message) {
    @Override
    public String toString() {
        return line == 0 ? message : "line %d: %s".formatted(line, message);
    }
}
