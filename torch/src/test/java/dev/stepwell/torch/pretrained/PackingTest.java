package dev.stepwell.torch.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.Compute;
import dev.stepwell.torch.model.BackwardPass;
import dev.stepwell.torch.model.Dtype;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.MicroBatch;
import dev.stepwell.torch.model.RowLayout;
import dev.stepwell.torch.model.TargetLoss;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Rows of one pass, held against each of them alone: whatever else lies in a pass, a row is as if there was nothing.
class PackingTest {
    private static final int VOCABULARY = 96;
    private static final double NUDGES = 4;

    /// Loss, and the gradient of everything that is trained, in double precision where it was added up.
    @SuppressWarnings("ArrayRecordComponent") // Compared element by element.
    private record Measured(double loss, double[] gradients) {}

    /// @param adapters whether they are trained, and not all weights
    record Case(Golden model, boolean adapters, boolean checkpointing, List<Integer> lengths, long seed) {}

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Golden> models = Arbitraries.of(Golden.all().toList());
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        Arbitrary<List<Integer>> lengths =
                Arbitraries.integers().between(2, 48).list().ofMinSize(1).ofMaxSize(9);
        return Combinators.combine(models, flags, flags, lengths, Arbitraries.longs())
                .as(Case::new);
    }

    @Property(tries = 100)
    void lossAndGradientsOfAPassAreThoseOfItsRowsAlone(@ForAll("cases") Case given) throws IOException {
        List<Example> rows = rows(given);
        double scale =
                1.0 / rows.stream().mapToInt(row -> row.targets().cardinality()).sum();
        BackwardPass pass = BackwardPass.of(new Compute(Dtype.F32, given.checkpointing));
        try (var _ = new PointerScope();
                LlamaModel model = model(given)) {
            Measured alone = alone(model, pass, rows, scale);
            double bound = 1e-5 * largest(alone.gradients);
            for (RowLayout layout : RowLayout.values()) {
                Measured together = measured(model, pass, MicroBatch.of(rows, layout, 5), scale);

                assertThat(together.loss).as(layout + ", loss").isCloseTo(alone.loss, within(1e-5));
                double difference = largestDifference(together.gradients, alone.gradients);
                if (difference > bound) {
                    assertThat(difference)
                            .as("%s, gradients up to %s", layout, largest(alone.gradients))
                            .isLessThan(NUDGES * roughness(given, pass, rows, scale, alone));
                }
            }
        }
    }

    /// Other tokens in its neighbours change nothing of a row, to the bit.
    @Property(tries = 40)
    void aRowDoesNotSeeItsNeighbours(@ForAll("cases") Case given) throws IOException {
        List<Example> rows = new ArrayList<>(rows(given));
        Example watched = rows.getFirst();
        List<Example> asked = new ArrayList<>(List.of(watched));
        List<Example> others = new ArrayList<>(List.of(watched));
        Random random = new Random(given.seed + 1);
        for (Example row : rows.subList(1, rows.size())) {
            asked.add(new Example(row.ids(), new BitSet()));
            others.add(new Example(random.ints(row.ids().length, 0, VOCABULARY).toArray(), new BitSet()));
        }
        try (var _ = new PointerScope();
                LlamaModel model = model(given)) {
            double loss = TargetLoss.measured(model, MicroBatch.of(asked, RowLayout.PACKED, 0));

            assertThat(TargetLoss.measured(model, MicroBatch.of(others, RowLayout.PACKED, 0)))
                    .isEqualTo(loss);
        }
    }

    /// How far gradients move when every weight of the model moves by the last bit of a float: less than that is
    /// not to be had in float32. In some of the models, whose random weights are large, it is more than the bound.
    private static double roughness(Case given, BackwardPass pass, List<Example> rows, double scale, Measured alone)
            throws IOException {
        try (var _ = new PointerScope();
                LlamaModel model = model(given)) {
            try (var _ = new NoGradGuard()) {
                Random random = new Random(given.seed);
                Collection<Tensor> weights = given.adapters
                        ? model.frozen().named().values()
                        : List.of(model.parameters().values());
                for (Tensor weight : weights) {
                    float[] factors = new float[Math.toIntExact(weight.numel())];
                    for (int i = 0; i < factors.length; i++) {
                        factors[i] = random.nextBoolean() ? Math.nextUp(1f) : Math.nextDown(1f);
                    }
                    weight.mul_(torch.tensor(factors).view(weight.shape()).to(weight.device(), ScalarType.Float));
                }
            }
            return largestDifference(alone(model, pass, rows, scale).gradients, alone.gradients);
        }
    }

    private static double largest(double[] values) {
        return DoubleStream.of(values).map(Math::abs).max().orElseThrow();
    }

    private static double largestDifference(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> Math.abs(one[i] - other[i]))
                .max()
                .orElseThrow();
    }

    private static LlamaModel model(Case given) throws IOException {
        return given.adapters ? given.model.adapted(Dtype.F32, 0) : given.model.full(Dtype.F32);
    }

    private static List<Example> rows(Case given) {
        Random random = new Random(given.seed);
        List<Example> rows = new ArrayList<>();
        for (int length : given.lengths) {
            BitSet targets = new BitSet();
            IntStream.range(1, length).filter(_ -> random.nextBoolean()).forEach(targets::set);
            targets.set(length - 1);
            rows.add(new Example(random.ints(length, 0, VOCABULARY).toArray(), targets));
        }
        return rows;
    }

    private static Measured alone(LlamaModel model, BackwardPass pass, List<Example> rows, double scale) {
        double loss = 0;
        double[] sum = new double[Math.toIntExact(model.parameters().gradients().numel())];
        for (Example row : rows) {
            Measured one = measured(model, pass, MicroBatch.of(List.of(row), RowLayout.PACKED, 0), scale);
            loss += one.loss;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += one.gradients[i];
            }
        }
        return new Measured(loss, sum);
    }

    private static Measured measured(LlamaModel model, BackwardPass pass, MicroBatch batch, double scale) {
        model.parameters().gradients().zero_();
        double loss = pass.add(model, batch, scale);
        float[] floats = Golden.floats(model.parameters().gradients());
        return new Measured(
                loss,
                IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray());
    }
}
