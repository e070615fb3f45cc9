package dev.stepwell.monitor.web;

import io.helidon.http.media.ReadableEntity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Reads what a request brought along.
final class JsonBodies {
    private JsonBodies() {}

    /// The body.
    ///
    /// @param deadlines for how long it may take
    /// @return a missing node if nothing was sent
    /// @throws BadRequestException if it is not JSON, or larger than `maxBytes`
    static JsonNode read(ReadableEntity entity, int maxBytes, Deadlines deadlines) {
        if (!entity.hasEntity()) {
            return MissingNode.getInstance();
        }
        byte[] bytes;
        try (InputStream in = deadlines.paced(entity.inputStream())) {
            bytes = in.readNBytes(maxBytes + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("the body could not be read", e);
        }
        if (bytes.length > maxBytes) {
            throw new BadRequestException("the body is larger than %d bytes".formatted(maxBytes));
        }
        if (bytes.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JsonMapper.shared().readTree(bytes);
        } catch (JacksonException e) {
            throw new BadRequestException("the body is not JSON: " + e.getOriginalMessage());
        }
    }
}
