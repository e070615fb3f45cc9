package dev.stepwell.core.history;

import dev.stepwell.core.status.Alert;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An alert that stands, or did.
///
/// @param alert as it was last said; its [since][Alert#since()] is known
/// @param until when it was over, or its process ended; null while it stands
public record PastAlert(Alert alert, @Nullable Instant until) {}
