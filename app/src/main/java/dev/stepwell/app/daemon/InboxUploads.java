package dev.stepwell.app.daemon;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.DiskSpace;
import dev.stepwell.core.io.StorageFault;
import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.InboxDrop;
import dev.stepwell.core.queue.Priority;
import dev.stepwell.core.queue.TooLargeException;
import dev.stepwell.monitor.web.ApiRequest;
import dev.stepwell.monitor.web.ApiResponse;
import dev.stepwell.monitor.web.BadRequestException;
import dev.stepwell.monitor.web.Uploads;
import java.io.FilterInputStream;
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
        Counted counted = new Counted(content);
        try {
            Files.createDirectories(base.inbox());
            DiskSpace space = DiskSpace.under(base.inbox(), length.orElse(0));
            if (!space.suffices()) {
                return full(space);
            }
            Path file = drop.receive(name, counted, priority, maxBytes);
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
            return failed(name, Math.max(counted.bytes, length.orElse(0)), e);
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

    /// Whether a disk was full, the error says, and not what is free: what was written of the file is gone by now.
    ///
    /// @param needed bytes that the file has at least
    private ApiResponse failed(String name, long needed, IOException e) {
        if (StorageFault.of(e).orElse(null) == StorageFault.NO_SPACE) {
            try {
                return full(DiskSpace.under(base.inbox(), needed));
            } catch (IOException other) {
                e.addSuppressed(other);
            }
        }
        throw new UncheckedIOException("the file %s could not be received".formatted(name), e);
    }

    private static ApiResponse full(DiskSpace space) {
        return ApiResponse.error(507, "disk_full", space.lack() + " Make room there and send the file again.");
    }

    /// Knows how much came.
    private static final class Counted extends FilterInputStream {
        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int count = in.read(buffer, from, length);
            bytes += Math.max(0, count);
            return count;
        }
    }
}
