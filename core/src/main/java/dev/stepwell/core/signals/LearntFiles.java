package dev.stepwell.core.signals;

import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The files that were asked again after they were learnt. Of more than [#KEPT], those are forgotten that
/// were asked the longest time ago.
final class LearntFiles {
    static final int KEPT = 256;

    private final SequencedMap<Long, LearntFile> files = new LinkedHashMap<>();

    void add(Subject.Learnt subject, Evaluation evaluation) {
        LearntFile before = files.remove(subject.fileId());
        files.put(
                subject.fileId(),
                before == null ? LearntFile.of(subject.fileId(), subject.name(), evaluation) : before.with(evaluation));
        if (files.size() > KEPT) {
            files.pollFirstEntry();
        }
    }

    /// The one asked last is last.
    List<LearntFile> all() {
        return List.copyOf(files.values());
    }
}
