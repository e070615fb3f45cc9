package dev.stepwell.app.config;

import java.util.Map;

/// A configuration that holds together: every key has a value of its domain, and no two contradict each other.
/// Immutable.
public final class Config {
    private static final Config DEFAULTS = new Config(Map.of());

    private final Map<ConfigKey<?>, Object> given;

    /// @param given values by key, each accepted by the key's domain; a key that is missing has its default
    Config(Map<ConfigKey<?>, Object> given) {
        this.given = Map.copyOf(given);
    }

    /// What an empty file means.
    public static Config defaults() {
        return DEFAULTS;
    }

    /// The value of `key`.
    @SuppressWarnings("unchecked") // Only ConfigParser fills the map, with what the key's own domain accepted.
    public <T> T get(ConfigKey<T> key) {
        Object value = given.get(key);
        return value == null ? key.defaultValue() : (T) value;
    }

    /// The value of a key whose range lies within `int`.
    int getInt(ConfigKey<Long> key) {
        return Math.toIntExact(get(key));
    }
}
