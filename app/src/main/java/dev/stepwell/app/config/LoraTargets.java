package dev.stepwell.app.config;

import java.util.List;

/// The projections that an adapter can be for, by the names that `config.json` and PEFT use. A copy of the trainer's
/// list, so that commands that do not train need not load the trainer's types; a test holds the two equal.
final class LoraTargets {
    /// Stands for all of them.
    static final String ALL = "all-linear";

    static final List<String> NAMES =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    private LoraTargets() {}
}
