package dev.stepwell.monitor.web;

import java.util.function.Supplier;

/// Something that anybody on this machine may read: it holds no secret, and changes nothing.
///
/// @param path        not below `/api/`
/// @param contentType of what is read
/// @param answer      asked for each request
public record Page(String path, String contentType, Supplier<Content> answer) {
    /// @throws IllegalArgumentException if `path` is among those that need the token
    public Page {
        if (path.startsWith(ApiServer.PROTECTED)) {
            throw new IllegalArgumentException(path + " is below " + ApiServer.PROTECTED);
        }
    }

    /// What is answered.
    ///
    /// @param status the HTTP status
    /// @param bytes  the body, not to be changed
    @SuppressWarnings("ArrayRecordComponent") // Sent as it is, compared by nobody.
    public record Content(int status, byte[] bytes) {}

    static Page fixed(String path, String contentType, byte[] bytes) {
        Content content = new Content(200, bytes);
        return new Page(path, contentType, () -> content);
    }
}
