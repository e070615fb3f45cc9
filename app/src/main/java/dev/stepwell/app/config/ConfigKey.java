package dev.stepwell.app.config;

import java.util.Optional;

/// One key of `config.json`: everything that validation, the file with the defaults, the messages and the
/// documentation say about it comes from here.
///
/// @param name         with dots where objects nest: `model.hidden_size`
/// @param domain       which values it may have
/// @param defaultValue what holds where the key is missing; in the domain
/// @param unit         what the number counts; empty if it counts nothing
/// @param meaning      one line
/// @param <T>          what its value is in Java
public record ConfigKey<T>(String name, Domain<T> domain, T defaultValue, String unit, String meaning) {
    static ConfigKey<Long> whole(String name, long value, long min, long max, String unit, String meaning) {
        return new ConfigKey<>(name, new Domain.Whole(min, max), value, unit, meaning);
    }

    /// A number from `min` to `max`, both included.
    static ConfigKey<Double> real(String name, double value, double min, double max, String unit, String meaning) {
        return new ConfigKey<>(name, new Domain.Real(min, false, max), value, unit, meaning);
    }

    /// A number above `bound` and up to `max`.
    static ConfigKey<Double> above(String name, double value, double bound, double max, String unit, String meaning) {
        return new ConfigKey<>(name, new Domain.Real(bound, true, max), value, unit, meaning);
    }

    /// The default as an object that Jackson writes; empty for `null`.
    Optional<Object> defaultAsJson() {
        return asJson(defaultValue);
    }

    /// A value as an object that Jackson writes; empty for `null`.
    Optional<Object> asJson(T value) {
        return domain.toJson(value);
    }
}
