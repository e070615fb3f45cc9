package dev.stepwell.app.daemon;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.DiskSpace;
import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.InboxDrop;
import dev.stepwell.core.queue.Priority;
import dev.stepwell.core.queue.TooLargeException;
import dev.stepwell.monitor.web.ApiRequest;
import dev.stepwell.monitor.web.ApiResponse;
import dev.stepwell.monitor.web.BadRequestException;
import dev.stepwell.monitor.web.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;

/// Writes files that are sent into the inbox, from where they are taken as if somebody had dropped them.
final class InboxUploads {
    private final BaseDirectory base;
    private final InboxDrop drop;
    private final long maxBytes;

    private InboxUploads(BaseDirectory base, long maxBytes) {
        this.base = base;
        this.drop = new InboxDrop(base);
        this.maxBytes = maxBytes;
    }

    static Uploads of(BaseDirectory base, long maxBytes) {
        return new Uploads(maxBytes, new InboxUploads(base, maxBytes)::take);
    }

    private ApiResponse take(ApiRequest request, OptionalLong length, InputStream content) {
        String name = request.query().getOrDefault("name", "");
        Priority priority = priority(request.query().getOrDefault("priority", Priority.NORMAL.word()));
        Optional<DeskAnswer.Refused> objection = InboxDrop.objection(name);
        if (objection.isPresent()) {
            throw new BadRequestException(
                    objection.get().problem() + ": " + objection.get().remedy());
        }
        try {
            Files.createDirectories(base.inbox());
            DiskSpace space = DiskSpace.under(base.inbox(), length.orElse(0));
            if (!space.suffices()) {
                return ApiResponse.error(507, "disk_full", space.shortage());
            }
            Path file = drop.receive(name, content, priority, maxBytes);
            return ApiResponse.of(
                    201,
                    JsonMapper.shared()
                            .createObjectNode()
                            .put("file", base.inbox().relativize(file).toString()));
        } catch (TooLargeException _) {
            return ApiResponse.error(
                    413,
                    "too_large",
                    "The file is larger than %d MB; web.max_upload_mb in config.json sets how large one may be."
                            .formatted(maxBytes >> 20));
        } catch (IOException e) {
            return failed(name, e);
        }
    }

    private static Priority priority(String word) {
        for (Priority priority : Priority.values()) {
            if (priority.word().equals(word.toLowerCase(Locale.ROOT))) {
                return priority;
            }
        }
        throw new BadRequestException("priority is none of high, normal, low");
    }

    /// A connection that broke has nobody to be told; a disk that is full has.
    private ApiResponse failed(String name, IOException e) {
        try {
            DiskSpace space = DiskSpace.under(base.inbox(), 1 << 20);
            if (!space.suffices()) {
                return ApiResponse.error(507, "disk_full", space.shortage());
            }
        } catch (IOException other) {
            e.addSuppressed(other);
        }
        throw new UncheckedIOException("the file %s could not be received".formatted(name), e);
    }
}
