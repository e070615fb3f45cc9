package dev.stepwell.app.config;

/// What of a model is trained.
public enum Method {
    /// All weights.
    FULL,
    /// An adapter of low rank beside weights that stay as they are.
    LORA
}
