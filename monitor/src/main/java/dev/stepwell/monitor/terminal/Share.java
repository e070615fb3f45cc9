package dev.stepwell.monitor.terminal;

import dev.stepwell.core.progress.Percent;
import dev.stepwell.core.status.StatusDocument;
import org.jspecify.annotations.Nullable;

/// So many of so many, and its percentage, computed here, because files of the original do not carry one.
///
/// @param done  from 0 to `total`
/// @param total at least 0; of nothing, all is done
record Share(long done, long total) {
    /// The steps of the file; null if they are not known or contradict each other.
    static @Nullable Share ofFile(StatusDocument document) {
        return of(document.file().batchStep(), document.file().batchTotalSteps());
    }

    /// The files of the queue; null if they are not known or contradict each other.
    static @Nullable Share ofQueue(StatusDocument document) {
        Integer number = document.file().batchNumber();
        Integer size = document.file().batchQueueSize();
        return number == null || size == null ? null : of(number.longValue(), size.longValue());
    }

    /// The steps of the model's life; null if they are not known or contradict each other.
    static @Nullable Share ofLife(StatusDocument document) {
        return of(document.cumulative().currentStep(), document.cumulative().totalSteps());
    }

    private static @Nullable Share of(@Nullable Long done, @Nullable Long total) {
        return done == null || total == null || done < 0 || done > total ? null : new Share(done, total);
    }

    int percent() {
        return total == 0 ? 100 : Percent.floored(done, total);
    }

    /// `89/118 (75%)`
    @Override
    public String toString() {
        return "%d/%d (%d%%)".formatted(done, total, percent());
    }

    /// How many of `cells` are filled, rounded down like the percentage.
    int filled(int cells) {
        return percent() * cells / 100;
    }

    String bar(int cells, Style style) {
        return style.filled().repeat(filled(cells)) + style.empty().repeat(cells - filled(cells));
    }
}
