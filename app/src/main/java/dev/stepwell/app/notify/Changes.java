package dev.stepwell.app.notify;

import dev.stepwell.app.config.StateChanges;
import dev.stepwell.core.queue.FileReport;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.status.StatusDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out from the documents that follow on each other what people are to be told. For the status thread.
final class Changes {
    /// Nobody is told that telling does not work: it would go round in circles. These stand in every display.
    private static final Set<String> OF_CHANNELS =
            Set.of(Webhook.FAILING, CommandHook.FAILING, DesktopNotification.FAILING);

    private final Severity minSeverity;
    private final StateChanges wanted;
    private final NoticeFactory notices;
    private final Map<String, Alert> told = new LinkedHashMap<>();
    private List<Alert> active = List.of();
    private @Nullable DaemonState state;

    /// @param minSeverity of alerts that are told
    Changes(Severity minSeverity, StateChanges wanted, NoticeFactory notices) {
        this.minSeverity = minSeverity;
        this.wanted = wanted;
        this.notices = notices;
    }

    /// What is new since the document before.
    List<Notice> in(StatusDocument document) {
        List<Notice> found = new ArrayList<>();
        ofState(document).ifPresent(found::add);
        List<Alert> now = document.derived().activeAlerts();
        if (now != null && !now.equals(active)) {
            active = now;
            ofAlerts(document, now, found);
        }
        return found;
    }

    private void ofAlerts(StatusDocument document, List<Alert> now, List<Notice> found) {
        for (Alert before : List.copyOf(told.values())) {
            if (now.stream().noneMatch(alert -> isSame(alert, before))) {
                told.remove(before.type());
                found.add(notices.closed(before, document));
            }
        }
        for (Alert alert : now) {
            Alert before = told.get(alert.type());
            boolean worse = before == null || severity(alert).compareTo(severity(before)) > 0;
            if (worse && severity(alert).compareTo(minSeverity) >= 0 && !OF_CHANNELS.contains(alert.type())) {
                told.put(alert.type(), alert);
                found.add(notices.opened(alert, severity(alert), document));
            }
        }
    }

    /// Of one type there is one at a time; one that began at another moment is another one.
    private static boolean isSame(Alert alert, Alert before) {
        return alert.type().equals(before.type()) && Objects.equals(alert.since(), before.since());
    }

    static Severity severity(Alert alert) {
        return alert.severity() == null ? Severity.WARNING : alert.severity();
    }

    private Optional<Notice> ofState(StatusDocument document) {
        DaemonState before = state;
        state = document.state();
        if (state == null || state == before) {
            return Optional.empty();
        }
        return switch (state) {
            case CRASHED -> wanted == StateChanges.NONE ? Optional.empty() : Optional.of(notices.crashed(document));
            case STOPPED, COMPLETED ->
                wanted == StateChanges.ALL ? Optional.of(notices.stopped(state, document)) : Optional.empty();
            case STARTING, IDLE, TRAINING, PAUSED ->
                before == null && wanted == StateChanges.ALL
                        ? Optional.of(notices.started(document))
                        : Optional.empty();
        };
    }

    /// What is told of a file that is settled, if anything. From any thread.
    Optional<Notice> of(FileReport report, @Nullable StatusDocument document) {
        Instant at = report.endedAt();
        return switch (report.outcome()) {
            case "completed" ->
                wanted == StateChanges.ALL ? Optional.of(notices.completed(report, document, at)) : Optional.empty();
            case "failed" ->
                wanted == StateChanges.NONE ? Optional.empty() : Optional.of(notices.failed(report, document, at));
            default -> Optional.empty(); // Skipped and removed files are somebody's own doing.
        };
    }
}
