package dev.stepwell.core.queue;

import dev.stepwell.core.training.FileSurvey;

/// A taken file with what it holds.
record Surveyed(QueuedFile file, FileSurvey survey) {}
