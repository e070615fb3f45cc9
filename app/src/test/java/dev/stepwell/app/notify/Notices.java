package dev.stepwell.app.notify;

import dev.stepwell.app.notify.Notice.Where;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Notices to be sent in tests.
final class Notices {
    static final Instant AT = Instant.parse("2026-01-31T09:30:00.123Z");
    static final Where WHERE =
            new Where("box", "/data/tutor", "mini", 4_711, "boot-1", "training", "lesson.jsonl", 208L);

    private Notices() {}

    static Notice opened(String id, String message) {
        return opened(id, message, null);
    }

    static Notice opened(String id, String message, @Nullable String remedy) {
        Alert alert = new Alert("disk_full", Severity.CRITICAL, message, "1 GB needed", remedy, AT, 208L);
        return new Notice(id, Kind.ALERT_OPENED, Severity.CRITICAL, "disk_full", message, AT, alert, null, WHERE);
    }
}
