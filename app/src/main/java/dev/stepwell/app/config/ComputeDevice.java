package dev.stepwell.app.config;

/// On what is computed.
public enum ComputeDevice {
    CPU,
    CUDA
}
