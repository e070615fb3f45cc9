package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a status file as fast as it can, from a thread of its own, and keeps every version it sees; then judges them
/// by the published schema and by the invariants of the progress model.
public final class StatusWitness {
    private static final long PAUSE_NANOS = 1_000_000;
    private static final Path SCHEMA = Path.of("..", "docs", "training_status.schema.json");

    private final Path file;
    private final Thread thread = Thread.ofPlatform().name("witness").unstarted(this::watch);
    private final List<String> versions = new ArrayList<>();
    private long reads;
    private volatile boolean done;
    private volatile @Nullable Throwable failure;

    /// Work to be watched.
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private StatusWitness(Path file) {
        this.file = file;
    }

    /// What was seen.
    ///
    /// @param versions those that differ, in order, all found to be right
    /// @param reads    how often the file was read
    public record Seen(List<JsonNode> versions, long reads) {}

    /// Does `work` while watching `file`.
    ///
    /// @return the versions seen, in order, all found to be right
    public static List<JsonNode> during(Path file, Work work) throws Exception {
        return watching(file, work).versions();
    }

    /// The same, with how often it was read.
    public static Seen watching(Path file, Work work) throws Exception {
        StatusWitness witness = new StatusWitness(file);
        witness.thread.start();
        try {
            work.run();
        } finally {
            witness.done = true;
            witness.thread.join();
        }
        return new Seen(witness.judged(), witness.reads);
    }

    private void watch() {
        try {
            String last = "";
            boolean finalLook = false;
            while (!finalLook) {
                finalLook = done;
                String now = read();
                if (!now.equals(last)) {
                    versions.add(now);
                    last = now;
                }
                reads++;
                LockSupport.parkNanos(PAUSE_NANOS); // The other processes need the processor too.
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private String read() throws IOException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException _) { // Before the first version only; the judgement needs at least one.
            return "";
        }
    }

    private List<JsonNode> judged() throws IOException {
        assertThat(failure).isNull();
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA, StandardCharsets.UTF_8), InputFormat.JSON);
        List<JsonNode> judged = new ArrayList<>();
        for (String version : versions) {
            if (!version.isEmpty()) {
                assertThat(schema.validate(version, InputFormat.JSON))
                        .as(version)
                        .isEmpty();
                judged.add(JsonMapper.shared().readTree(version));
            }
        }
        assertThat(judged).isNotEmpty();
        for (int i = 0; i < judged.size(); i++) {
            alone(judged.get(i));
            if (i > 0) {
                together(judged.get(i - 1), judged.get(i));
            }
        }
        return judged;
    }

    private static void alone(JsonNode status) {
        if (status.get("batch_step").isNull()) {
            return;
        }
        long step = status.get("batch_step").asLong();
        long total = status.get("batch_total_steps").asLong();
        long base = status.get("base_step").asLong();
        long n = status.get("batch_number").asLong();
        long m = status.get("batch_queue_size").asLong();
        assertThat(step).as("%s", status).isBetween(0L, total);
        assertThat(status.get("current_step").asLong()).isEqualTo(base + step);
        assertThat(status.get("total_steps").asLong()).isEqualTo(base + total);
        assertThat(n).isBetween(1L, m);
        assertThat(status.get("file_percent").asLong()).isEqualTo(Math.floorDiv(step * 100, total));
        assertThat(status.get("queue_percent").asLong()).isEqualTo(Math.floorDiv(n * 100, m));
        assertThat(status.get("current_file").isString()).isTrue();
    }

    /// Two versions, one after the other, of one process and one drain.
    private static void together(JsonNode before, JsonNode after) {
        if (!before.get("boot_id").equals(after.get("boot_id"))) {
            return;
        }
        assertThat(after.get("seq").asLong()).isGreaterThan(before.get("seq").asLong());
        if (!before.get("current_step").isNull()) {
            assertThat(after.get("current_step").asLong())
                    .as("%s\nthen\n%s", before, after)
                    .isGreaterThanOrEqualTo(before.get("current_step").asLong());
        }
        if (before.get("batch_number").isNull()) {
            return;
        }
        long n = before.get("batch_number").asLong();
        assertThat(after.get("batch_number").asLong()).isGreaterThanOrEqualTo(n);
        assertThat(after.get("batch_queue_size").asLong())
                .isGreaterThanOrEqualTo(before.get("batch_queue_size").asLong());
        if (after.get("batch_number").asLong() == n) {
            assertThat(after.get("current_step").asLong()
                            - after.get("batch_step").asLong())
                    .isEqualTo(before.get("current_step").asLong()
                            - before.get("batch_step").asLong());
            assertThat(after.get("current_file")).isEqualTo(before.get("current_file"));
        }
    }
}
