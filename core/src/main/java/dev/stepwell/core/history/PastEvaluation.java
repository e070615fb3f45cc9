package dev.stepwell.core.history;

import dev.stepwell.core.training.Evaluation;
import java.time.Instant;

/// An evaluation of weights that the model still comes from.
///
/// @param at when it was over
public record PastEvaluation(Evaluation evaluation, Instant at) {}
