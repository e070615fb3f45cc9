package dev.stepwell.app.config;

/// In which type is computed.
public enum ComputeType {
    F32,
    BF16
}
