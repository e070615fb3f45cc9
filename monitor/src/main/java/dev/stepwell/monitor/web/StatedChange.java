package dev.stepwell.monitor.web;

import dev.stepwell.core.status.StatusDocument;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What is told of a change of state, and without which there is none: a document that differs in nothing of it may
/// have been published for something else that happened.
record StatedChange(
        @Nullable String status,
        @Nullable String phase,
        @Nullable String file,
        @Nullable String error) {
    static StatedChange of(StatusDocument document) {
        return new StatedChange(
                document.status(),
                document.derived().phase(),
                document.file().currentFile(),
                document.error().errorMessage());
    }

    /// Whether nobody should wait for a turn to hear of it. Phases and files come and go while all is well.
    boolean isUrgentAfter(StatedChange before) {
        return !Objects.equals(status, before.status) || !Objects.equals(error, before.error);
    }

    /// @param document in which it is stated
    String json(long seq, StatusDocument document) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("seq", seq)
                .put("at", String.valueOf(document.timestamp()))
                .put("status", status)
                .put("phase", phase)
                .put("current_file", file)
                .put("current_step", document.cumulative().currentStep())
                .put("error_message", error)
                .toString();
    }
}
