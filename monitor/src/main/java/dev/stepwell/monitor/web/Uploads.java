package dev.stepwell.monitor.web;

import java.io.InputStream;
import java.util.OptionalLong;

/// Where files go that somebody sends: `POST /api/v1/files?name=NAME&priority=PRIORITY`, the body being the file.
///
/// @param maxBytes the largest that is taken
/// @param handler  takes one
public record Uploads(long maxBytes, Handler handler) {
    static final String PATH = "/api/v1/files";
    /// So many at a time.
    static final int AT_ONCE = 4;

    /// Takes a file.
    @FunctionalInterface
    public interface Handler {
        /// Reads `content` to its end, or says why not.
        ///
        /// @param length how many bytes will come; empty if the sender does not say
        /// @throws BadRequestException if the request makes no sense, with what is wrong
        ApiResponse take(ApiRequest request, OptionalLong length, InputStream content);
    }
}
