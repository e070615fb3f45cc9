package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusReading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Status files as a daemon writes them, with what a test changes.
final class Documents {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static final String TRAINING = """
            {
              "status": "training", "current_step": 208, "total_steps": 237, "epoch": 0, "loss": 0.234,
              "learning_rate": 0.0002, "timestamp": "2026-01-02T03:04:05Z", "batch_step": 89,
              "batch_total_steps": 118, "batch_number": 6, "batch_queue_size": 22,
              "current_file": "syllo_batch_autogen_06.jsonl", "current_prompt": "Tiles: pan\\nda",
              "golden_answer": "panda", "model_answer": "panda", "answer_matches": true, "total_evals": 9,
              "accuracy_percent": 55.5, "schema_version": 1, "heartbeat_at": "2026-01-02T03:04:05Z",
              "heartbeat_interval_s": 1.0, "phase": "training", "waiting_files": 16, "steps_per_sec": 11.8,
              "tokens_per_sec": 12083.2,
              "eta_file": {"seconds": 2.5, "low_seconds": 2.0, "high_seconds": 3.0, "finish_at": null},
              "eta_queue": {"seconds": 200, "low_seconds": 170, "high_seconds": 230, "finish_at": null},
              "active_alerts": []
            }""";

    private Documents() {}

    static StatusDocument training() {
        return with("status", "training");
    }

    /// The sample with the field `name` set to `value`.
    static StatusDocument with(String name, Object value) {
        return with(name, value, "phase", "training");
    }

    static StatusDocument with(String name, Object value, String otherName, Object otherValue) {
        return with(Map.of(name, value, otherName, otherValue));
    }

    /// The sample with these fields.
    static StatusDocument with(Map<String, ?> fields) {
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(TRAINING);
        fields.forEach(json::putPOJO);
        return parse(JsonMapper.shared().writeValueAsString(json));
    }

    static StatusDocument parse(String json) {
        return ((StatusReading.Present) StatusReader.parse(json.getBytes(StandardCharsets.UTF_8))).document();
    }
}
