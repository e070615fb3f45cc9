package dev.stepwell.core.queue;

import dev.stepwell.core.training.RowRejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that is known of a file.
///
/// @param file              as a list shows it
/// @param source            its path from the inbox when it was taken
/// @param path              where its bytes are, or were
/// @param report            where its report is; null if it has none
/// @param sha256            of its bytes, in hexadecimal; null if not counted, or by an older program
/// @param format            what its rows are, in words; null if not counted, or by an older program
/// @param usable            rows that are trained; null if not counted
/// @param heldOut           rows that are asked and never trained; likewise
/// @param truncated         usable rows that are cut: null until an attempt has tokenized them
/// @param rejections        the first refused rows with their reasons
/// @param rejectionsOmitted refused rows that are only counted
/// @param attempts          oldest first, each with its rows by epoch; in each epoch they sum to the file's
/// @param durationSeconds   how long attempts lasted together, stops included; null if none ended
/// @param checkpoints       steps of the checkpoints on disk that contain steps of it, ascending
public record FileDetails(
        FileSummary file,
        String source,
        String path,
        @Nullable String report,
        @Nullable String sha256,
        @Nullable String format,
        @Nullable Long usable,
        @Nullable Long heldOut,
        @Nullable Long truncated,
        List<RowRejection> rejections,
        long rejectionsOmitted,
        List<AttemptRecord> attempts,
        @Nullable Double durationSeconds,
        List<Long> checkpoints) {
    public FileDetails {
        rejections = List.copyOf(rejections);
        attempts = List.copyOf(attempts);
        checkpoints = List.copyOf(checkpoints);
    }

    /// The same with `most` refused rows at most; the others are only counted.
    public FileDetails listing(int most) {
        int shown = Math.min(most, rejections.size());
        return new FileDetails(
                file,
                source,
                path,
                report,
                sha256,
                format,
                usable,
                heldOut,
                truncated,
                rejections.subList(0, shown),
                rejectionsOmitted + rejections.size() - shown,
                attempts,
                durationSeconds,
                checkpoints);
    }
}
