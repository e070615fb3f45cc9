package dev.stepwell.torch.model;

import dev.stepwell.torch.ModelConfig;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// The forward pass written down once more, in plain loops and double precision, from the published equations and
/// Hugging Face's names. Slow, and meant to be obviously right.
final class ReferenceLlama {
    private final ModelConfig config;
    /// Weights by Hugging Face's names, row after row.
    final Map<String, double[]> weights = new LinkedHashMap<>();

    ReferenceLlama(LlamaModel model) {
        config = model.config();
        try (var _ = new PointerScope()) {
            model.parameters()
                    .named(model.parameters().values())
                    .forEach((name, tensor) -> weights.put(name, doubles(tensor)));
        }
    }

    static double[] doubles(Tensor tensor) {
        try (var _ = new PointerScope()) {
            float[] floats = new float[(int) tensor.numel()];
            new FloatPointer(tensor.contiguous().data_ptr_float()).get(floats);
            double[] doubles = new double[floats.length];
            for (int i = 0; i < floats.length; i++) {
                doubles[i] = floats[i];
            }
            return doubles;
        }
    }

    private double[] weight(String name) {
        return Objects.requireNonNull(weights.get(name), name);
    }

    /// Scores of every token at every position.
    double[][] logits(int[] ids) {
        int hidden = config.hiddenSize();
        double[][] x = new double[ids.length][];
        for (int t = 0; t < ids.length; t++) {
            x[t] = Arrays.copyOfRange(weight("model.embed_tokens.weight"), ids[t] * hidden, (ids[t] + 1) * hidden);
        }
        for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
            String prefix = "model.layers." + layer + ".";
            x = sum(x, attention(normalised(x, prefix + "input_layernorm.weight"), prefix + "self_attn."));
            x = sum(x, feedForward(normalised(x, prefix + "post_attention_layernorm.weight"), prefix + "mlp."));
        }
        String head = config.tieWordEmbeddings() ? "model.embed_tokens.weight" : "lm_head.weight";
        return project(normalised(x, "model.norm.weight"), head);
    }

    /// Sum of `-log p(ids[t])` over the target positions `t`.
    double loss(int[] ids, BitSet targets) {
        double[][] logits = logits(ids);
        return targets.stream()
                .mapToDouble(t -> {
                    double[] scores = logits[t - 1];
                    double max = Arrays.stream(scores).max().orElseThrow();
                    double total =
                            Arrays.stream(scores).map(s -> Math.exp(s - max)).sum();
                    return Math.log(total) + max - scores[ids[t]];
                })
                .sum();
    }

    private double[][] attention(double[][] x, String prefix) {
        double[][] q = project(x, prefix + "q_proj.weight");
        double[][] k = project(x, prefix + "k_proj.weight");
        double[][] v = project(x, prefix + "v_proj.weight");
        int dim = config.headDim();
        int groups = config.numAttentionHeads() / config.numKeyValueHeads();
        double[][] out = new double[x.length][config.numAttentionHeads() * dim];
        for (int head = 0; head < config.numAttentionHeads(); head++) {
            int keyHead = head / groups;
            for (int t = 0; t < x.length; t++) {
                double[] query = rotated(q[t], head, t);
                double[] scores = new double[t + 1];
                double total = 0;
                for (int s = 0; s <= t; s++) {
                    scores[s] = Math.exp(dot(query, rotated(k[s], keyHead, s)) / Math.sqrt(dim));
                    total += scores[s];
                }
                for (int s = 0; s <= t; s++) {
                    for (int i = 0; i < dim; i++) {
                        out[t][head * dim + i] += scores[s] / total * v[s][keyHead * dim + i];
                    }
                }
            }
        }
        return project(out, prefix + "o_proj.weight");
    }

    private double[] rotated(double[] heads, int head, int position) {
        int dim = config.headDim();
        int half = dim / 2;
        double[] out = new double[dim];
        for (int i = 0; i < half; i++) {
            double angle = position * config.rope().frequency(i, dim);
            double a = heads[head * dim + i];
            double b = heads[head * dim + i + half];
            out[i] = a * Math.cos(angle) - b * Math.sin(angle);
            out[i + half] = b * Math.cos(angle) + a * Math.sin(angle);
        }
        return out;
    }

    private double[][] feedForward(double[][] x, String prefix) {
        double[][] gate = project(x, prefix + "gate_proj.weight");
        double[][] up = project(x, prefix + "up_proj.weight");
        for (int t = 0; t < x.length; t++) {
            for (int i = 0; i < gate[t].length; i++) {
                gate[t][i] = gate[t][i] / (1 + Math.exp(-gate[t][i])) * up[t][i];
            }
        }
        return project(gate, prefix + "down_proj.weight");
    }

    private double[][] normalised(double[][] x, String name) {
        double[] scale = weight(name);
        double[][] out = new double[x.length][scale.length];
        for (int t = 0; t < x.length; t++) {
            double root = Math.sqrt(dot(x[t], x[t]) / scale.length + config.rmsNormEps());
            for (int i = 0; i < scale.length; i++) {
                out[t][i] = x[t][i] / root * scale[i];
            }
        }
        return out;
    }

    private double[][] project(double[][] x, String name) {
        double[] matrix = weight(name);
        int in = x[0].length;
        int out = matrix.length / in;
        double[][] y = new double[x.length][out];
        for (int t = 0; t < x.length; t++) {
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < in; i++) {
                    y[t][o] += matrix[o * in + i] * x[t][i];
                }
            }
        }
        return y;
    }

    private static double[][] sum(double[][] a, double[][] b) {
        double[][] out = new double[a.length][a[0].length];
        for (int t = 0; t < a.length; t++) {
            for (int i = 0; i < a[t].length; i++) {
                out[t][i] = a[t][i] + b[t][i];
            }
        }
        return out;
    }

    private static double dot(double[] a, double[] b) {
        double total = 0;
        for (int i = 0; i < a.length; i++) {
            total += a[i] * b[i];
        }
        return total;
    }
}
