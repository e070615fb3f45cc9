package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.monitor.terminal.Style.Tone;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one sentence that says what is true now.
final class StateLine {
    private StateLine() {}

    static String of(StatusDocument document, Liveness liveness) {
        String name = document.file().currentFile();
        String file = name == null ? "" : ": " + Cells.neutral(name);
        return switch (liveness.verdict()) {
            case NEVER_STARTED -> "Never started";
            case STARTING -> "Starting: loading the model";
            case TRAINING -> "Training" + file;
            case IDLE -> "Idle: the queue is empty" + last(name);
            case PAUSED -> (diskFull(document) ? "Paused, because the disk is full" : "Paused") + file;
            case COMPLETED -> "Completed: all files are trained" + last(name);
            case STOPPED -> "Stopped" + file + (unfinished(document) ? "; it goes on at the next start" : "");
            case CRASHED -> "Crashed" + file + error(document);
            case GONE ->
                "Gone: no sign of life for " + silence(liveness.silence()) + "; last seen " + lastSeen(document, file);
            case UNKNOWN -> unknown(document);
        };
    }

    /// The same where the file stands beside it anyway.
    static String brief(StatusDocument document, Liveness liveness) {
        String phase = document.derived().phase();
        return switch (liveness.verdict()) {
            case TRAINING -> "Training" + (phase == null || phase.equals("training") ? "" : " (" + phase + ")");
            case IDLE -> "Idle, waiting for files";
            case COMPLETED -> "Completed";
            case STARTING, PAUSED, STOPPED, CRASHED, GONE, NEVER_STARTED, UNKNOWN -> of(document, liveness);
        };
    }

    /// How what is true now stands out.
    static Tone tone(Liveness liveness) {
        return switch (liveness.verdict()) {
            case TRAINING, COMPLETED -> Tone.GOOD;
            case STARTING, IDLE, STOPPED, NEVER_STARTED -> Tone.BOLD;
            case PAUSED, UNKNOWN -> Tone.WARNING;
            case CRASHED, GONE -> Tone.BAD;
        };
    }

    /// ` NonFiniteLoss: what happened`, with what separates it from what comes before; empty if there is no error.
    static String error(StatusDocument document) {
        String type = document.error().errorType();
        String message = document.error().errorMessage();
        if (type == null && message == null) {
            return "";
        }
        String both = type == null ? message : message == null ? type : type + ": " + message;
        return ". " + Cells.neutral(String.valueOf(both));
    }

    private static boolean diskFull(StatusDocument document) {
        List<Alert> alerts = document.derived().activeAlerts();
        return alerts != null && alerts.stream().anyMatch(alert -> alert.type().equals(Alert.DISK_FULL));
    }

    /// What a person should look at, without what the error says already.
    static List<String> alerts(StatusDocument document) {
        return standing(document).stream().map(StateLine::words).toList();
    }

    /// As [#alerts], with all that is known of each.
    static List<Alert> standing(StatusDocument document) {
        List<Alert> alerts = document.derived().activeAlerts();
        return alerts == null
                ? List.of()
                : alerts.stream()
                        .filter(alert ->
                                !alert.message().equals(document.error().errorMessage()))
                        .toList();
    }

    /// What is wrong, how grave it is, and what to do.
    static String words(Alert alert) {
        String severity =
                alert.severity() == null ? "" : " (" + alert.severity().word() + ")";
        return Cells.neutral(alert.message() + severity + (alert.remedy() == null ? "" : " " + alert.remedy()));
    }

    private static String last(@Nullable String name) {
        return name == null ? "" : "; last file: " + Cells.neutral(name);
    }

    private static boolean unfinished(StatusDocument document) {
        Share file = Share.ofFile(document);
        return file != null && file.done() < file.total();
    }

    private static String silence(@Nullable Duration silence) {
        return silence == null ? "an unknown time" : Words.duration(silence);
    }

    private static String lastSeen(StatusDocument document, String file) {
        return Cells.neutral(String.valueOf(document.status())) + file;
    }

    private static String unknown(StatusDocument document) {
        String status = document.status();
        return document.state() == null && status != null
                ? "Unknown: the status file says \"" + Cells.neutral(status) + "\""
                : "Unknown: the status file's heartbeat lies in the future; the clocks disagree";
    }
}
