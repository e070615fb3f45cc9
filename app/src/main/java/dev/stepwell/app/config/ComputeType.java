package dev.stepwell.app.config;

/// In which type is computed.
enum ComputeType {
    F32,
    BF16
}
