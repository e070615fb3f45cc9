package dev.stepwell.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTextTest {
    private static final String TRAINING = """
            {
              "status": "training", "current_step": 208, "total_steps": 237, "loss": 0.25, "learning_rate": 0.0002,
              "batch_step": 89, "batch_total_steps": 118, "batch_number": 6, "batch_queue_size": 22,
              "total_evals": 9, "total_correct": 5, "schema_version": 1, "seq": 3,
              "heartbeat_at": "2026-01-02T03:04:05.250Z", "waiting_files": 16, "steps_per_sec": 11.5, "tokens_per_sec": 2048.0, "gradient_norm": 0.5,
              "fixed_eval_em": 0.75, "fixed_eval_ce": 1.5, "fixed_eval_ece": 0.125, "fixed_eval_step": 200,
              "eta_queue": {"seconds": 9.0, "low_seconds": 8.0, "high_seconds": 12.0, "finish_at": null},
              "eta_file": {"seconds": 2.5, "low_seconds": 2.0, "high_seconds": 3.0, "finish_at": null},
              "active_alerts": [{"type": "disk_full", "message": "no \\"space\\"", "step": null},
                {"type": "loss_spike", "severity": "warning", "message": "m", "step": 3}],
              "machine": {"cpu_percent": 50.0, "memory_used_bytes": 4096, "memory_total_bytes": 8192,
                "process_memory_bytes": 2048, "disk_free_bytes": 512, "disk_total_bytes": 1024, "gpus": [
                  {"index": 0, "name": "NVIDIA H200", "busy_percent": 75.0, "memory_used_bytes": 16,
                   "memory_total_bytes": 32, "temperature_celsius": 61.0, "power_watts": null}]}
            }""";
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(\\{[^}]*})? (\\S+)");

    /// What has happened no time yet is known: 0 times.
    private static final Pattern COUNTED = Pattern.compile("stepwell_(tokens|rows|step|evaluation|save)_");

    @Test
    void aTrainingDaemonIsAsTheStatusSays() {
        assertThat(samples(TRAINING))
                .contains(
                        "stepwell_file_steps 89.0",
                        "stepwell_file_planned_steps 118.0",
                        "stepwell_queue_file_number 6.0",
                        "stepwell_queue_files 22.0",
                        "stepwell_queue_waiting_files 16.0",
                        "stepwell_model_step 208.0",
                        "stepwell_model_planned_step 237.0",
                        "stepwell_training_loss 0.25",
                        "stepwell_training_learning_rate 2.0E-4",
                        "stepwell_training_steps_per_second 11.5",
                        "stepwell_file_remaining_seconds{estimate=\"expected\"} 2.5",
                        "stepwell_file_remaining_seconds{estimate=\"low\"} 2.0",
                        "stepwell_file_remaining_seconds{estimate=\"high\"} 3.0",
                        "stepwell_previews_total 9.0",
                        "stepwell_previews_right_total 5.0",
                        "stepwell_validation_exact_match_ratio 0.75",
                        "stepwell_validation_loss 1.5",
                        "stepwell_validation_calibration_error_ratio 0.125",
                        "stepwell_validation_model_step 200.0",
                        "stepwell_alerts{severity=\"unknown\",type=\"disk_full\"} 1.0",
                        "stepwell_alerts{severity=\"warning\",type=\"loss_spike\"} 1.0",
                        "stepwell_heartbeat_timestamp_seconds 1.76732304525E9",
                        "stepwell_state{state=\"training\"} 1.0",
                        "stepwell_state{state=\"crashed\"} 0.0",
                        "stepwell_machine_cpu_ratio 0.5",
                        "stepwell_machine_memory_used_bytes 4096.0",
                        "stepwell_machine_memory_size_bytes 8192.0",
                        "stepwell_machine_disk_free_bytes 512.0",
                        "stepwell_machine_disk_size_bytes 1024.0",
                        "stepwell_gpu_info{gpu=\"0\",name=\"NVIDIA H200\"} 1",
                        "stepwell_gpu_busy_ratio{gpu=\"0\"} 0.75",
                        "stepwell_gpu_memory_used_bytes{gpu=\"0\"} 16.0",
                        "stepwell_gpu_temperature_celsius{gpu=\"0\"} 61.0",
                        "stepwell_build_info{version=\"1.2.3\"} 1")
                .anyMatch(line -> line.startsWith("stepwell_file_progress_ratio 0.754"))
                .noneMatch(line -> line.startsWith("stepwell_gpu_power_watts"))
                .anyMatch(line -> line.startsWith("process_resident_memory_bytes "));
    }

    @Test
    void theQueueAndTheWorkAreCounted() {
        WorkMetrics work = new WorkMetrics();
        work.stepTook(Duration.ofMillis(20), 1_000);
        work.stepTook(Duration.ofMillis(300), 234);
        work.evaluationTook(Duration.ofSeconds(2));
        work.saveTook(Duration.ofMillis(70), Instant.parse("2026-01-02T03:04:05.500Z"));
        QueueNumbers queue = new QueueNumbers(Map.of("high", 2L), Map.of("completed", 7L, "failed", 1L), 4_200, 13);

        assertThat(lines(new MetricsText(() -> parsed(TRAINING), () -> queue, work, "1.2.3")))
                .contains(
                        "stepwell_queue_depth_files{priority=\"high\"} 2.0",
                        "stepwell_files_total{outcome=\"completed\"} 7.0",
                        "stepwell_files_total{outcome=\"failed\"} 1.0",
                        "stepwell_rows_trained_total 4200.0",
                        "stepwell_rows_rejected_total 13.0",
                        "stepwell_tokens_trained_total 1234.0",
                        "stepwell_step_duration_seconds_bucket{le=\"0.01\"} 0",
                        "stepwell_step_duration_seconds_bucket{le=\"0.025\"} 1",
                        "stepwell_step_duration_seconds_bucket{le=\"+Inf\"} 2",
                        "stepwell_evaluation_duration_seconds_count 1",
                        "stepwell_save_duration_seconds_sum 0.07",
                        "stepwell_checkpoint_timestamp_seconds 1.7673230455E9");
    }

    /// Every name in the dashboard and the rules is one that is really exposed.
    @ParameterizedTest
    @ValueSource(strings = {"grafana.json", "alerts.yml"})
    void whatIsShippedForMonitoringAsksForWhatThereIs(String file) throws IOException {
        WorkMetrics work = new WorkMetrics();
        work.saveTook(Duration.ZERO, Instant.EPOCH);
        QueueNumbers queue = new QueueNumbers(Map.of("high", 2L), Map.of("completed", 7L), 1, 1);
        String exposed = String.join("\n", lines(new MetricsText(() -> parsed(TRAINING), () -> queue, work, "1.2.3")));
        Matcher names = Pattern.compile("(stepwell|process)_[a-z_]+")
                .matcher(Files.readString(Path.of("../docs/monitoring").resolve(file)));

        List<String> missing = names.results()
                .map(MatchResult::group)
                .distinct()
                .filter(name -> !exposed.contains(name.replaceAll("_(bucket|sum|count|total)$", "")))
                .toList();

        assertThat(missing).isEmpty();
        assertThat(exposed).contains("# TYPE stepwell_file_steps gauge");
    }

    private static MetricsText metrics(String json) {
        return new MetricsText(
                () -> parsed(json), () -> new QueueNumbers(Map.of(), Map.of(), 0, 0), new WorkMetrics(), "1.2.3");
    }

    private static List<String> lines(MetricsText metrics) {
        return text(metrics.write("")).lines().toList();
    }

    @Test
    void whatIsUnknownHasNoSample() {
        List<String> samples = samples("{\"status\": \"idle\", \"schema_version\": 1, \"seq\": 1}");

        assertThat(samples.stream()
                        .filter(line -> line.startsWith("stepwell_"))
                        .filter(line -> !COUNTED.matcher(line).lookingAt()))
                .hasSize(1 + DaemonState.values().length)
                .allMatch(line -> line.startsWith("stepwell_state{") || line.startsWith("stepwell_build_info{"));
    }

    @Test
    void aScraperGetsTheFormatThatItAsksFor() {
        MetricsText metrics = metrics(TRAINING);

        MetricsText.Written open = metrics.write("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.type()).startsWith("application/openmetrics-text");
        assertThat(text(open)).endsWith("# EOF\n");
        MetricsText.Written old = metrics.write("");
        assertThat(old.type()).startsWith("text/plain; version=0.0.4");
        assertThat(text(old)).doesNotContain("# EOF").contains("# TYPE stepwell_training_loss gauge");
    }

    private static List<String> samples(String json) {
        String text = text(metrics(json).write(""));
        List<String> lines = text.lines().filter(line -> !line.startsWith("#")).toList();
        assertThat(lines).allMatch(line -> SAMPLE.matcher(line).matches());
        return lines;
    }

    private static String text(MetricsText.Written written) {
        return new String(written.bytes(), StandardCharsets.UTF_8);
    }

    private static StatusDocument parsed(String json) {
        return ((StatusReading.Present) StatusReader.parse(json.getBytes(StandardCharsets.UTF_8))).document();
    }
}
