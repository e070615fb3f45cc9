package dev.stepwell.core.alerts;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.signals.SignalMeter;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Scene;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A run, step by step, as the status thread sees it; and every alert that opened in it.
final class Replay {
    static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

    private final StatusBoard board = new StatusBoard();
    private final SignalMeter meter = new SignalMeter();
    private final Alarms alarms = new Alarms(AlertThresholds.DEFAULT);
    private final List<String> opened = new ArrayList<>();
    private Set<String> standing = Set.of();
    private List<Alert> alerts = List.of();
    private Instant now = BEGIN;
    private long base;
    private long done;
    private int tokens = 700;

    /// A file of as many steps begins.
    Replay file(long steps) {
        base += done;
        done = 0;
        board.fileClaimed("file", 1_000, new Progress(base, 0, steps, 1, 1), QueueCounts.NONE);
        board.on(new TrainingEvent.FileStarted(base, 0, steps));
        board.on(new TrainingEvent.PhaseChanged(Phase.TRAINING));
        meter.fileStarted(base);
        return look();
    }

    /// The rows of what follows are longer or shorter.
    Replay tokens(int ofAStep) {
        tokens = ofAStep;
        return this;
    }

    Replay step(double loss) {
        return step(loss, 0.1);
    }

    Replay step(double loss, double seconds) {
        now = now.plusMillis((long) (1_000 * seconds));
        StepCompleted step = new StepCompleted(++done, 0, loss, 1e-3, 1, tokens, (long) (1e9 * seconds));
        board.on(step);
        meter.step(step);
        return look();
    }

    Replay losses(Curve curve, int count) {
        for (int i = 0; i < count; i++) {
            step(curve.at(i));
        }
        return this;
    }

    Replay event(TrainingEvent event) {
        board.on(event);
        if (event instanceof TrainingEvent.Evaluated(Evaluation evaluation)) {
            meter.evaluated(evaluation);
        }
        if (event instanceof TrainingEvent.RolledBack) {
            meter.rolledBack();
        }
        return look();
    }

    Replay later(Duration time) {
        now = now.plus(time);
        return look();
    }

    /// For so long the trainer has been at a step.
    Replay quiet(@Nullable Duration quiet) {
        return look(quiet);
    }

    StatusBoard board() {
        return board;
    }

    Replay look() {
        return look(null);
    }

    private Replay look(@Nullable Duration quiet) {
        alerts = alarms.look(new Scene(board.latest(), meter.signals(), quiet, now));
        Set<String> types = new TreeSet<>();
        alerts.forEach(alert -> types.add(alert.type()));
        types.stream().filter(type -> !standing.contains(type)).forEach(opened::add);
        standing = types;
        return this;
    }

    /// Every opening so far, in order: a type that opened twice is there twice.
    List<String> opened() {
        return opened;
    }

    Set<String> standing() {
        return standing;
    }

    Alert alert(String type) {
        return alerts.stream()
                .filter(alert -> alert.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " in " + standing));
    }

    /// A loss for each step.
    @FunctionalInterface
    interface Curve {
        /// The loss at a step.
        ///
        /// @param step from 0
        double at(int step);
    }
}
