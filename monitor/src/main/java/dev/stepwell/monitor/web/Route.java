package dev.stepwell.monitor.web;

/// One thing that the server can be asked for. Only who has the token gets this far.
///
/// @param method  `GET`, `POST`, …
/// @param path    below `/api/`, with `{name}` where a segment is a parameter
/// @param handler answers; may block, for each request has a thread of its own
public record Route(String method, String path, Handler handler) {
    /// @throws IllegalArgumentException if `path` would be open to who has no token
    public Route {
        if (!path.startsWith(ApiServer.PROTECTED)) {
            throw new IllegalArgumentException(path + " is not below " + ApiServer.PROTECTED);
        }
    }

    /// Answers a request.
    @FunctionalInterface
    public interface Handler {
        /// What `request` asks for, or why it cannot be.
        ///
        /// @throws BadRequestException if the request makes no sense, with what is wrong
        /// @throws InterruptedException if the server is closed while it waits
        ApiResponse answer(ApiRequest request) throws InterruptedException;
    }
}
