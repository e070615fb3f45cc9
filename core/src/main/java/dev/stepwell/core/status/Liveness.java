package dev.stepwell.core.status;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is true now, as far as a status file and the reader's clock can tell.
///
/// A process that says it is alive must prove it by its heartbeat. One that has said it ended needs no proof.
///
/// @param verdict what is true
/// @param silence time since the last heartbeat, never negative; null if the file has none
public record Liveness(Verdict verdict, @Nullable Duration silence) {
    /// Heartbeats that may fail to come before a process counts as gone.
    static final int MISSED_HEARTBEATS = 5;

    static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(5);
    /// How far another machine's clock may be ahead of the reader's.
    static final Duration TOLERATED_SKEW = Duration.ofMinutes(1);

    public enum Verdict {
        NEVER_STARTED,
        STARTING,
        TRAINING,
        IDLE,
        PAUSED,
        COMPLETED,
        STOPPED,
        CRASHED,
        /// The file says alive, but its heartbeat is too old: killed, or the machine went down.
        GONE,
        /// The file cannot be read, or its words or times make no sense here.
        UNKNOWN
    }

    /// Judges what was read.
    ///
    /// @param now the reader's clock
    public static Liveness of(StatusReading reading, Instant now) {
        return switch (reading) {
            case StatusReading.Present present -> of(present.document(), now);
            case StatusReading.Missing ignored -> new Liveness(Verdict.NEVER_STARTED, null);
            case StatusReading.Unreadable ignored -> new Liveness(Verdict.UNKNOWN, null);
            case StatusReading.Foreign ignored -> new Liveness(Verdict.UNKNOWN, null);
            case StatusReading.UnsupportedVersion ignored -> new Liveness(Verdict.UNKNOWN, null);
        };
    }

    /// Judges `document`. A file of the original writer has no heartbeat: its word is taken as it is.
    ///
    /// @param now the reader's clock
    public static Liveness of(StatusDocument document, Instant now) {
        DaemonState state = document.state();
        Instant heartbeat = document.writer().heartbeatAt();
        if (heartbeat == null) {
            return new Liveness(state == null ? Verdict.UNKNOWN : verdict(state), null);
        }
        Duration age = Duration.between(heartbeat, now);
        Duration silence = age.isNegative() ? Duration.ZERO : age;
        if (state == null) {
            return new Liveness(Verdict.UNKNOWN, silence);
        }
        if (!state.alive()) {
            return new Liveness(verdict(state), silence);
        }
        if (age.compareTo(TOLERATED_SKEW.negated()) < 0) {
            return new Liveness(Verdict.UNKNOWN, silence);
        }
        boolean gone = age.compareTo(patience(document.writer().heartbeatIntervalSeconds())) > 0;
        return new Liveness(gone ? Verdict.GONE : verdict(state), silence);
    }

    private static Duration patience(@Nullable Double intervalSeconds) {
        double seconds = intervalSeconds == null ? 0 : MISSED_HEARTBEATS * intervalSeconds;
        Duration patience = Duration.ofMillis((long) (seconds * 1e3));
        return patience.compareTo(SHORTEST_PATIENCE) < 0 ? SHORTEST_PATIENCE : patience;
    }

    private static Verdict verdict(DaemonState state) {
        return switch (state) {
            case STARTING -> Verdict.STARTING;
            case IDLE -> Verdict.IDLE;
            case TRAINING -> Verdict.TRAINING;
            case PAUSED -> Verdict.PAUSED;
            case COMPLETED -> Verdict.COMPLETED;
            case STOPPED -> Verdict.STOPPED;
            case CRASHED -> Verdict.CRASHED;
        };
    }
}
