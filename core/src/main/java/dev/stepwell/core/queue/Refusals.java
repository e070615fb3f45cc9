package dev.stepwell.core.queue;

import java.util.List;

/// Says why a file's state does not allow what was asked, and what can be done instead.
final class Refusals {
    private Refusals() {}

    static DeskAnswer.Refused of(DeskRequest.OfFile request, FileSummary file) {
        return new DeskAnswer.Refused(
                DeskAnswer.Reason.WRONG_STATE,
                "%s (id %d) cannot be %s: it %s"
                        .formatted(Printable.of(file.name()), file.id(), asked(request), standing(file.state())),
                remedy(file),
                List.of());
    }

    private static String asked(DeskRequest.OfFile request) {
        return switch (request) {
            case DeskRequest.Hold _ -> "held";
            case DeskRequest.Release _ -> "released";
            case DeskRequest.Remove _ -> "removed";
            case DeskRequest.Retry _ -> "tried again";
            case DeskRequest.Prioritize _ -> "given a priority";
        };
    }

    private static String standing(FileState state) {
        return switch (state) {
            case TAKING -> "is being taken";
            case WAITING -> "waits for its turn";
            case HELD -> "is held";
            case TRAINING -> "is in training";
            case INTERRUPTED -> "was interrupted and goes on before all others";
            case COMPLETED -> "is completed";
            case SKIPPED -> "was skipped";
            case FAILED -> "has failed";
            case REMOVED -> "was removed";
        };
    }

    private static String remedy(FileSummary file) {
        return switch (file.state()) {
            case TAKING -> "try again in a moment";
            case WAITING, INTERRUPTED -> "hold it with: ./stepwell hold %d, or leave it".formatted(file.id());
            case HELD -> "let it wait for its turn with: ./stepwell release " + file.id();
            case TRAINING -> "leave it with: ./stepwell skip, or end the daemon with: ./stepwell stop";
            case COMPLETED -> "to train its rows again, drop it into the inbox anew";
            case SKIPPED, FAILED, REMOVED -> "put it back into the queue with: ./stepwell retry " + file.id();
        };
    }
}
