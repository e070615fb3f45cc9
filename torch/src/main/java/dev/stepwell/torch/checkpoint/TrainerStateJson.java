package dev.stepwell.torch.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stepwell.torch.TrainerConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `trainer_state.json` as Hugging Face's `TrainerState.load_from_json` takes it.
///
/// That method passes every key to a constructor, so that one unknown to it fails: these are the fields that all its
/// versions since 4.40 know, and no other.
record TrainerStateJson(
        @Nullable Double bestMetric,
        @Nullable String bestModelCheckpoint,
        double epoch,
        int evalSteps,
        long globalStep,
        @JsonProperty("is_hyper_param_search") boolean hyperParamSearch,
        @JsonProperty("is_local_process_zero") boolean localProcessZero,
        @JsonProperty("is_world_process_zero") boolean worldProcessZero,
        List<LogEntry> logHistory,
        int loggingSteps,
        long maxSteps,
        long numInputTokensSeen,
        int numTrainEpochs,
        int saveSteps,
        Map<String, Object> statefulCallbacks,
        double totalFlos,
        int trainBatchSize,
        @Nullable String trialName,
        @Nullable Map<String, Object> trialParams) {

    static TrainerStateJson of(TrainerConfig config, @Nullable Cursor cursor, long globalStep, List<LogEntry> history) {
        double epoch =
                cursor == null || cursor.usableRows() == 0 ? 0 : (double) cursor.rowsTrained() / cursor.usableRows();
        long maxSteps = cursor == null ? globalStep : cursor.baseStep() + cursor.batchTotalSteps();
        return new TrainerStateJson(
                null,
                null,
                epoch,
                config.evalSteps(),
                globalStep,
                false,
                true,
                true,
                history,
                1,
                maxSteps,
                0,
                config.epochs(),
                config.saveSteps(),
                Map.of(),
                0,
                config.batchSize(),
                null,
                null);
    }
}
