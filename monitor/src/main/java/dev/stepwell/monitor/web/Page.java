package dev.stepwell.monitor.web;

import java.util.function.Function;

/// Something that anybody on this machine may read: it holds no secret, and changes nothing.
///
/// @param path    not below `/api/`
/// @param telling whether it tells of training, so that who comes from elsewhere needs the token for it
/// @param answer  asked for each request, with what it says it accepts
public record Page(String path, boolean telling, Function<String, Content> answer) {
    /// @throws IllegalArgumentException if `path` is among those that need the token
    public Page {
        if (path.startsWith(ApiServer.PROTECTED)) {
            throw new IllegalArgumentException(path + " is below " + ApiServer.PROTECTED);
        }
    }

    /// What is answered.
    ///
    /// @param status the HTTP status
    /// @param type   of the content
    /// @param bytes  the body, not to be changed
    @SuppressWarnings("ArrayRecordComponent") // Sent as it is, compared by nobody.
    public record Content(int status, String type, byte[] bytes) {}

    static Page fixed(String path, String type, byte[] bytes) {
        Content content = new Content(200, type, bytes);
        return new Page(path, false, _ -> content);
    }
}
