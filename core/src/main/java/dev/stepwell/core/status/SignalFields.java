package dev.stepwell.core.status;

import dev.stepwell.core.signals.LossFigures;
import dev.stepwell.core.signals.Signals;
import dev.stepwell.core.signals.SpeedFigures;
import dev.stepwell.core.signals.Trend;
import dev.stepwell.core.training.StepSample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The signals as fields of the [StatusDocument]; `docs/signals.md` defines each of them.
///
/// @param loraStats   the layers of the newest sample; null before the first
/// @param loraSummary of them
public record SignalFields(
        @Nullable Double streamingCe,
        @Nullable Double lossVariance,
        @Nullable Double tokenEntropy,
        @Nullable Trend lossTrend,
        @Nullable Double tokensPerSecAvg,
        @Nullable Double tokensPerSecBaseline,
        @Nullable Trend throughputTrend,
        @Nullable List<LayerStats> loraStats,
        @Nullable LayerSummary loraSummary) {

    static SignalFields of(Signals signals) {
        LossFigures loss = signals.loss();
        SpeedFigures speed = signals.speed();
        Signals.Sample sample = signals.sample();
        StepSample measured = sample == null ? null : sample.measured();
        return new SignalFields(
                loss == null ? null : finite(loss.streaming()),
                loss == null ? null : finite(loss.variance()),
                measured == null ? null : finite(measured.tokenEntropy()),
                loss == null ? null : loss.trend(),
                finite(speed.average()),
                finite(speed.baseline()),
                speed.trend(),
                measured == null ? null : layers(measured),
                sample == null ? null : LayerSummary.of(sample.globalStep(), sample.measured()));
    }

    private static List<LayerStats> layers(StepSample sample) {
        return sample.layers().stream().map(LayerStats::of).toList();
    }

    static @Nullable Double finite(@Nullable Double value) {
        return value == null || !Double.isFinite(value) ? null : value;
    }
}
