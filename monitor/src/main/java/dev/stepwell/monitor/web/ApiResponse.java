package dev.stepwell.monitor.web;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An answer in JSON.
///
/// @param status the HTTP status
/// @param json   the body
public record ApiResponse(int status, String json) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public static ApiResponse of(int status, JsonNode body) {
        return new ApiResponse(status, body.toString());
    }

    /// A refusal: `{"error": …, "message": …}`.
    ///
    /// @param error   short name, in snake case
    /// @param message one sentence
    public static ApiResponse error(int status, String error, String message) {
        return of(status, JSON.createObjectNode().put("error", error).put("message", message));
    }
}
