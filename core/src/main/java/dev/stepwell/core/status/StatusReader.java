package dev.stepwell.core.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads status files, whoever wrote them. Every way in which that can go wrong is a [StatusReading].
public final class StatusReader {
    /// A status file is some tens of kilobytes; beyond this it is something else and not worth the memory.
    private static final long MAX_BYTES = 16L << 20;

    /// Fields of the original whose shape nobody wrote down.
    private static final List<String> OPEN = List.of(
            "recent_examples",
            "train_loss_history",
            "accuracy_history",
            "streaming_ce",
            "loss_variance",
            "token_entropy",
            "loss_trend",
            "tokens_per_sec_avg",
            "tokens_per_sec_baseline",
            "throughput_trend",
            "gradient_norm",
            "lora_stats",
            "lora_summary",
            "active_alerts",
            "alert_summary");

    private StatusReader() {}

    /// Reads `file` once.
    public static StatusReading read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                return new StatusReading.Foreign("larger than %d bytes".formatted(MAX_BYTES));
            }
            return parse(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return new StatusReading.Missing();
        } catch (IOException e) {
            return new StatusReading.Unreadable(e.toString());
        }
    }

    /// What `json` says.
    public static StatusReading parse(byte[] json) {
        JsonNode tree;
        try {
            tree = StatusJson.tree(json);
        } catch (JacksonException e) {
            return new StatusReading.Foreign("not JSON: " + e.getOriginalMessage());
        }
        if (!(tree instanceof ObjectNode fields)) {
            return new StatusReading.Foreign("JSON, but not an object");
        }
        if (!fields.path("status").isString()) {
            return new StatusReading.Foreign("JSON, but its \"status\" is not a text");
        }
        JsonNode version = fields.path("schema_version");
        if (version.isMissingNode() || version.isNull()) {
            keepWhatIsUnderstood(fields);
        } else if (!version.isIntegralNumber()) {
            return new StatusReading.Foreign("its \"schema_version\" is not a whole number");
        } else if (version.asLong() != StatusDocument.SCHEMA_VERSION) {
            return new StatusReading.UnsupportedVersion(version.asLong(), StatusDocument.SCHEMA_VERSION);
        }
        try {
            return new StatusReading.Present(StatusJson.document(fields));
        } catch (JacksonException e) {
            return new StatusReading.Foreign(e.getOriginalMessage());
        }
    }

    /// The original left open what some of its fields hold and wrote times without a zone, which name no moment.
    private static void keepWhatIsUnderstood(ObjectNode fields) {
        for (String name : OPEN) {
            ObjectNode alone = fields.objectNode();
            alone.set(name, fields.path(name).isMissingNode() ? fields.nullNode() : fields.get(name));
            if (!readable(alone)) {
                fields.putNull(name);
            }
        }
        JsonNode timestamp = fields.path("timestamp");
        if (!timestamp.isString() || !hasZone(timestamp.asString())) {
            fields.putNull("timestamp");
        }
    }

    private static boolean readable(ObjectNode field) {
        try {
            StatusJson.document(field);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static boolean hasZone(String time) {
        try {
            OffsetDateTime.parse(time);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
