package dev.stepwell.core.status;

import static dev.stepwell.core.status.SignalFields.finite;

import dev.stepwell.core.training.StepSample;
import dev.stepwell.core.training.StepSample.LayerNorms;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What the layers of a sample have in common, and which stand out.
///
/// @param step                 global step at which they were measured; null if not known
/// @param layers               how many
/// @param gradientNormMedian   of their gradients' norms
/// @param gradientNormMax      the largest
/// @param gradientNormMaxLayer whose it is
/// @param updateRatioMedian    of the norms of what was added, each by that of the layer's weights
/// @param updateRatioMax       the largest
/// @param updateRatioMaxLayer  whose it is
/// @param unmoved              layers to which nothing was added
public record LayerSummary(
        @Nullable Long step,
        @Nullable Integer layers,
        @Nullable Double gradientNormMedian,
        @Nullable Double gradientNormMax,
        @Nullable String gradientNormMaxLayer,
        @Nullable Double updateRatioMedian,
        @Nullable Double updateRatioMax,
        @Nullable String updateRatioMaxLayer,
        @Nullable Integer unmoved) {

    static @Nullable LayerSummary of(@Nullable Long globalStep, StepSample sample) {
        List<LayerNorms> layers = sample.layers();
        if (layers.isEmpty()) {
            return null;
        }
        ToDoubleFunction<LayerNorms> ratio = layer -> layer.update() == 0 ? 0 : layer.update() / layer.weight();
        LayerNorms steepest = largest(layers, LayerNorms::gradient);
        LayerNorms fastest = largest(layers, ratio);
        return new LayerSummary(
                globalStep,
                layers.size(),
                finite(median(layers, LayerNorms::gradient)),
                finite(steepest.gradient()),
                steepest.layer(),
                finite(median(layers, ratio)),
                finite(ratio.applyAsDouble(fastest)),
                fastest.layer(),
                (int) layers.stream().filter(layer -> layer.update() == 0).count());
    }

    private static LayerNorms largest(List<LayerNorms> layers, ToDoubleFunction<LayerNorms> figure) {
        return layers.stream().max(Comparator.comparingDouble(figure)).orElseThrow();
    }

    private static double median(List<LayerNorms> layers, ToDoubleFunction<LayerNorms> figure) {
        double[] sorted = layers.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
