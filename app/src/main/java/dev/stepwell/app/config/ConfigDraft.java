package dev.stepwell.app.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Values for some keys of a configuration that is to be written.
public final class ConfigDraft {
    private final Map<ConfigKey<?>, Object> values = new LinkedHashMap<>();

    /// Gives a key a value, in the place of its default.
    ///
    /// @return this
    public <T> ConfigDraft set(ConfigKey<T> key, T value) {
        values.put(key, value);
        return this;
    }

    /// The value of `key`.
    @SuppressWarnings("unchecked") // Only set() fills the map.
    public <T> T get(ConfigKey<T> key) {
        Object value = values.get(key);
        return value == null ? key.defaultValue() : (T) value;
    }

    /// The value of `key` as an object that Jackson writes; empty for `null`.
    <T> Optional<Object> asJson(ConfigKey<T> key) {
        return key.asJson(get(key));
    }
}
