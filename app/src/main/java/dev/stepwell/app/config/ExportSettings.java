package dev.stepwell.app.config;

/// What is written for other tools.
///
/// @param tensorBoardBytes size up to which TensorBoard's files are kept; 0 for none
/// @param trainerLogBytes  size up to which the trainer's log is kept; 0 for none
/// @param inferenceLogDays days of previews that are kept; 0 for none
/// @param epochs           passes over each file
public record ExportSettings(long tensorBoardBytes, long trainerLogBytes, int inferenceLogDays, int epochs) {
    /// The part of `config` that is about this.
    public static ExportSettings from(Config config) {
        return new ExportSettings(
                config.get(ConfigKeys.TENSORBOARD_MB) << 20,
                config.get(ConfigKeys.TRAINER_LOG_MB) << 20,
                config.getInt(ConfigKeys.INFERENCE_LOG_DAYS),
                config.getInt(ConfigKeys.EPOCHS));
    }
}
