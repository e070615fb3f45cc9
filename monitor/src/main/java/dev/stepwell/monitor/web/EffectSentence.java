package dev.stepwell.monitor.web;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.control.Effect;
import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.status.Failure;

/// Effects in words.
final class EffectSentence {
    private EffectSentence() {}

    static String of(Effect.Done done) {
        Progress p = done.now().progress();
        String file = done.now().currentFile();
        String place = p == null ? "" : "step %d/%d of %s".formatted(p.batchStep(), p.batchTotalSteps(), file);
        String checkpoint = p == null || p.currentStep() == 0
                ? "there is no step to save yet"
                : "checkpoint %d saved".formatted(p.currentStep());
        return switch (done.command()) {
            case PAUSE ->
                done.midFile()
                        ? "Paused at %s; %s.".formatted(place, checkpoint)
                        : "Paused; no file is in training, and none will be begun.";
            case RESUME -> done.midFile() ? "Resumed at %s.".formatted(place) : "Resumed; no file is in training.";
            case SKIP -> "Skipped at %s; %s, and the file is in archive/.".formatted(place, checkpoint);
            case STOP, STOP_AFTER_FILE ->
                done.midFile()
                        ? "Stopped at %s; %s. It goes on there at the next start.".formatted(place, checkpoint)
                        : "Stopped; no file is half done.";
        };
    }

    static String of(Effect.Refused refused) {
        String not = switch (refused.command()) {
            case PAUSE -> "Not paused";
            case RESUME -> "Not resumed";
            case SKIP -> "Not skipped";
            case STOP, STOP_AFTER_FILE -> "Not stopped as asked";
        };
        String sentence = "%s: %s.".formatted(not, refused.reason().text());
        Failure failure = refused.now().failure();
        return refused.reason() == Effect.Reason.NO_SPACE && failure != null
                ? sentence + " " + failure.message()
                : sentence;
    }

    static String pending(Command command) {
        return switch (command) {
            case PAUSE -> "The pause is asked for and not in effect yet.";
            case RESUME -> "The resume is asked for and not in effect yet.";
            case SKIP -> "The skip is asked for and not in effect yet.";
            case STOP -> "The stop is asked for and not in effect yet.";
            case STOP_AFTER_FILE -> "The daemon will stop when the file in training is done.";
        };
    }
}
