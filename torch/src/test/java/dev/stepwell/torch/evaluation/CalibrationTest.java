package dev.stepwell.torch.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    record Prediction(double probability, boolean right) {}

    @Provide
    Arbitrary<List<Prediction>> predictions() {
        return Combinators.combine(Arbitraries.doubles().between(0, 1), Arbitraries.of(true, false))
                .as(Prediction::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(200);
    }

    @Property
    void itIsTheDefinition(@ForAll("predictions") List<Prediction> predictions) {
        Calibration calibration = new Calibration();
        predictions.forEach(p -> calibration.add(p.probability(), p.right()));

        double expected = 0;
        for (int bin = 0; bin < 15; bin++) {
            List<Prediction> inBin = new ArrayList<>();
            for (Prediction p : predictions) {
                if (Math.min((int) (p.probability() * 15), 14) == bin) {
                    inBin.add(p);
                }
            }
            if (inBin.isEmpty()) {
                continue;
            }
            double accuracy = (double) inBin.stream().filter(Prediction::right).count() / inBin.size();
            double confidence = inBin.stream()
                    .mapToDouble(Prediction::probability)
                    .average()
                    .orElseThrow();
            expected += Math.abs(accuracy - confidence) * inBin.size() / predictions.size();
        }
        assertThat(calibration.error()).isCloseTo(expected, within(1e-9)).isBetween(0.0, 1.0);
    }

    @Test
    void whoIsSureAndRightIsCalibratedAndWhoIsSureAndWrongIsNot() {
        Calibration right = new Calibration();
        Calibration wrong = new Calibration();
        for (int i = 0; i < 10; i++) {
            right.add(1, true);
            wrong.add(1, false);
        }
        assertThat(right.error()).isZero();
        assertThat(wrong.error()).isEqualTo(1);
    }
}
