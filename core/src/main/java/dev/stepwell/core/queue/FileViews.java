package dev.stepwell.core.queue;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// The queue as people look at it. Reads only.
final class FileViews {
    private static final String SUMMARY = "SELECT f.*, o.name AS original_name, o.arrived_at AS original_arrived_at,"
            + " (SELECT count(*) FROM attempt a WHERE a.file_id = f.id) AS attempts,"
            + " (SELECT sum(max(0, ended_at - began_at)) FROM attempt a WHERE a.file_id = f.id) AS took,"
            + " (SELECT first_loss FROM attempt a WHERE a.file_id = f.id AND first_loss IS NOT NULL"
            + "  ORDER BY a.id LIMIT 1) AS first_loss,"
            + " (SELECT last_loss FROM attempt a WHERE a.file_id = f.id AND last_loss IS NOT NULL"
            + "  ORDER BY a.id DESC LIMIT 1) AS last_loss,"
            + " (SELECT max(l.trained) FROM attempt a JOIN row_ledger l ON l.attempt_id = a.id"
            + "  WHERE a.file_id = f.id) AS trained"
            + " FROM file f LEFT JOIN file o ON o.id = f.duplicate_of";
    /// Each file with its group in a listing, and its place among those of its state.
    private static final String PLACED = """
            (SELECT id AS placed_id,
                    CASE state WHEN 'training' THEN 0 WHEN 'interrupted' THEN 1 WHEN 'held' THEN 2 WHEN 'waiting' THEN 3
                               WHEN 'taking' THEN 4 ELSE 5 END AS in_group,
                    row_number() OVER (PARTITION BY state ORDER BY -settled_at, CASE WHEN turn IS NULL THEN -id END,
                                       turn, ready_at, priority, arrival_group, natural_key, id) AS place
             FROM file WHERE\s""";
    private static final String ORDER = " ORDER BY p.in_group, CASE p.in_group WHEN 5 THEN -f.settled_at END,"
            + " CASE p.in_group WHEN 5 THEN -f.id END, p.place";
    private static final Pattern CHECKPOINT = Pattern.compile("checkpoint-(\\d{1,18})");

    private final BaseDirectory base;
    private final Handle handle;

    FileViews(BaseDirectory base, Handle handle) {
        this.base = base;
        this.handle = handle;
    }

    /// How many files there are of each state.
    Map<FileState, Long> counts() {
        Map<FileState, Long> counts = new EnumMap<>(FileState.class);
        handle.createQuery("SELECT state, count(*) AS files FROM file GROUP BY state")
                .map((rs, _) -> counts.put(FileState.of(rs.getString("state")), rs.getLong("files")))
                .list();
        return counts;
    }

    QueueTotals totals() {
        Map<Priority, Long> waiting = new EnumMap<>(Priority.class);
        handle.createQuery("SELECT priority, count(*) AS files FROM file WHERE state = 'waiting' GROUP BY priority")
                .map((rs, _) -> waiting.put(Priority.ofRank(rs.getInt("priority")), rs.getLong("files")))
                .list();
        long trained = handle.createQuery("""
                SELECT coalesce(sum(trained), 0) FROM row_ledger WHERE attempt_id IN
                  (SELECT max(l.attempt_id) FROM row_ledger l JOIN attempt a ON a.id = l.attempt_id GROUP BY a.file_id)""").mapTo(long.class).one();
        long rejected = handle.createQuery("SELECT coalesce(sum(rejected), 0) FROM file")
                .mapTo(long.class)
                .one();
        return new QueueTotals(waiting, counts(), trained, rejected);
    }

    /// Files as they are asked for, in the order of [DeskAnswer.Listing].
    List<FileSummary> list(DeskRequest.ListFiles request) {
        String states = request.states().isEmpty()
                ? "1"
                : request.states().stream()
                        .map(state -> "'" + state.word() + "'")
                        .collect(Collectors.joining(", ", "state IN (", ")"));
        String limit = request.limit() > 0 ? " WHERE p.place <= " + request.limit() : "";
        return handle.createQuery(SUMMARY + " JOIN " + PLACED + states + ") p ON p.placed_id = f.id" + limit + ORDER)
                .map(FileViews::summary)
                .list();
    }

    Optional<FileSummary> find(long id) {
        return handle.createQuery(SUMMARY + " WHERE f.id = :id")
                .bind("id", id)
                .map(FileViews::summary)
                .findOne();
    }

    /// Files of that name, as dropped or on disk, newest first.
    List<FileSummary> named(String name, int limit) {
        return handle.createQuery(
                        SUMMARY + " WHERE f.name = :name OR f.stored_name = :name ORDER BY f.id DESC LIMIT :limit")
                .bind("name", name)
                .bind("limit", limit)
                .map(FileViews::summary)
                .list();
    }

    /// @throws IOException if the folder of the checkpoints cannot be read
    FileDetails details(FileSummary summary) throws IOException {
        QueuedFile file = handle.createQuery("SELECT * FROM file WHERE id = :id")
                .bind("id", summary.id())
                .map(QueueRows::file)
                .one();
        List<AttemptRecord> attempts = AttemptStatements.all(handle, file.id());
        List<RowRejection> rejections = QueueStatements.rejections(handle, file.id());
        QueuedFile.Rows rows = file.rows();
        Path report = file.state().directory(base).resolve(file.reportName());
        return new FileDetails(
                summary,
                file.source(),
                file.path(base).toString(),
                Files.exists(report) ? report.toString() : null,
                rows == null ? null : rows.sha256(),
                rows == null ? null : rows.format(),
                rows == null ? null : (Long) rows.usable(),
                rows == null ? null : (Long) rows.heldOut(),
                truncated(attempts),
                rejections,
                rows == null ? 0 : rows.rejected() - rejections.size(),
                attempts,
                seconds(attempts),
                checkpoints(attempts));
    }

    /// Known once rows are tokenized, which counting them does not do.
    private static @Nullable Long truncated(List<AttemptRecord> attempts) {
        return attempts.reversed().stream()
                .flatMap(a -> a.rows().stream())
                .map(RowLedger.Epoch::truncated)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Double seconds(List<AttemptRecord> attempts) {
        Duration all = Duration.ZERO;
        boolean ended = false;
        for (AttemptRecord attempt : attempts) {
            if (attempt.endedAt() != null) {
                ended = true;
                Duration took = Duration.between(attempt.startedAt(), attempt.endedAt());
                all = all.plus(took.isNegative() ? Duration.ZERO : took); // A clock may have been set back.
            }
        }
        return ended ? (Double) (all.toMillis() / 1e3) : null;
    }

    private List<Long> checkpoints(List<AttemptRecord> attempts) throws IOException {
        Optional<AttemptRecord> first = attempts.stream()
                .filter(a -> a.stepsKept() != null && a.stepsKept() > 0)
                .findFirst();
        if (first.isEmpty() || !Files.isDirectory(base.currentModel())) {
            return List.of();
        }
        List<Long> steps = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(base.currentModel())) {
            for (Path entry : entries) {
                Matcher name = CHECKPOINT.matcher(entry.getFileName().toString());
                if (name.matches()
                        && Long.parseLong(name.group(1)) > first.get().baseStep()) {
                    steps.add(Long.parseLong(name.group(1)));
                }
            }
        }
        Collections.sort(steps);
        return steps;
    }

    private static FileSummary summary(ResultSet rs, StatementContext context) throws SQLException {
        FileState state = FileState.of(rs.getString("state"));
        Long original = QueueRows.nullableLong(rs, "duplicate_of");
        FileSummary.Original duplicateOf = original == null
                ? null
                : new FileSummary.Original(
                        original,
                        rs.getString("original_name"),
                        Instant.ofEpochMilli(rs.getLong("original_arrived_at")));
        boolean backoff = state == FileState.WAITING && rs.getLong("ready_at") > 0;
        return new FileSummary(
                rs.getLong("id"),
                rs.getString("name"),
                state,
                Priority.ofRank(rs.getInt("priority")),
                rs.getLong("bytes"),
                QueueRows.nullableLong(rs, "row_count"),
                QueueRows.nullableLong(rs, "rejected"),
                QueueRows.nullableLong(rs, "planned_steps"),
                QueueRows.nullableLong(rs, "expected_tokens"),
                Instant.ofEpochMilli(rs.getLong("arrived_at")),
                QueueRows.nullableInstant(rs, "settled_at"),
                rs.getInt("attempts"),
                backoff ? QueueRows.nullableInstant(rs, "ready_at") : null,
                duplicateOf,
                reason(rs, state, duplicateOf),
                learnt(rs));
    }

    private static FileSummary.@Nullable Learnt learnt(ResultSet rs) throws SQLException {
        Long took = QueueRows.nullableLong(rs, "took");
        return took == null
                ? null
                : new FileSummary.Learnt(
                        QueueRows.nullableLong(rs, "trained"),
                        QueueRows.nullableDouble(rs, "first_loss"),
                        QueueRows.nullableDouble(rs, "last_loss"),
                        took / 1e3);
    }

    private static @Nullable String reason(ResultSet rs, FileState state, FileSummary.@Nullable Original original)
            throws SQLException {
        String error = rs.getString("error_type") == null
                ? null
                : "%s: %s".formatted(rs.getString("error_type"), rs.getString("error_message"));
        return switch (state) {
            case HELD ->
                switch (HoldReason.of(rs.getString("held_reason"))) {
                    case BY_HAND -> "held by hand";
                    case DUPLICATE -> copyOf(original);
                };
            case SKIPPED -> original == null ? "skipped by hand" : copyOf(original);
            case FAILED -> error;
            case WAITING, TRAINING, INTERRUPTED -> error == null ? null : failures(rs.getInt("failures")) + error;
            case TAKING, COMPLETED, REMOVED -> null;
        };
    }

    private static String failures(int failures) {
        return failures == 1 ? "failed once, by " : "failed %d times, last by ".formatted(failures);
    }

    private static String copyOf(FileSummary.@Nullable Original original) {
        return original == null
                ? "has the content of a file that is not known any more"
                : "has the same content as %s (id %d, taken %s)"
                        .formatted(
                                original.name(),
                                original.id(),
                                original.arrivedAt().truncatedTo(ChronoUnit.SECONDS));
    }
}
