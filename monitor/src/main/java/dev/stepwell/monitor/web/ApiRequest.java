package dev.stepwell.monitor.web;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A request that may be answered.
///
/// @param path  the parameters in its path, decoded
/// @param query the parameters after `?`, decoded; of one given twice, the first
/// @param body  what was sent; a missing node if nothing was
/// @param browser whether a browser's session asks, and not who can read the daemon's own token
public record ApiRequest(Map<String, String> path, Map<String, String> query, JsonNode body, boolean browser) {
    public ApiRequest {
        path = Map.copyOf(path);
        query = Map.copyOf(query);
    }

    /// The query parameter `name` as a truth value.
    ///
    /// @throws BadRequestException if it is neither `true` nor `false`
    public boolean flag(String name, boolean otherwise) {
        String value = query.get(name);
        if (value == null) {
            return otherwise;
        }
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadRequestException(name + " is neither true nor false");
        };
    }

    /// The query parameter `name` as a whole number.
    ///
    /// @throws BadRequestException if it is none, or outside `min` to `max`
    public long whole(String name, long otherwise, long min, long max) {
        String text = query.get(name);
        if (text == null) {
            return otherwise;
        }
        return parsed(text)
                .filter(value -> value >= min && value <= max)
                .orElseThrow(() ->
                        new BadRequestException("%s is not a whole number from %d to %d".formatted(name, min, max)));
    }

    private static Optional<Long> parsed(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
