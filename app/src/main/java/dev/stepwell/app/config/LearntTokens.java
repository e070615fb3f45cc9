package dev.stepwell.app.config;

/// Which tokens of a conversation are learnt.
public enum LearntTokens {
    ANSWERS,
    LAST_ANSWER,
    ALL
}
