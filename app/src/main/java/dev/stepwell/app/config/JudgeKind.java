package dev.stepwell.app.config;

/// How answers are judged.
public enum JudgeKind {
    EXACT,
    NORMALIZED,
    JSON,
    NUMBER,
    PATTERN,
    COMMAND
}
