package dev.stepwell.bench.eta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the estimator of the daemon tells is held against the goals, over drains that are the same each time.
class EtaAccuracyTest {
    private static final List<Drain> MADE_UP = MadeUpDrain.all();

    @Test
    void onAMachineOfItsOwnTheErrorAndTheRangeAreWithinTheirGoals() throws IOException {
        List<Drain> quiet = recorded(Path.of("drains", "quiet"));
        assertThat(quiet).hasSize(5);
        for (List<Drain> drains : List.of(MADE_UP, quiet)) {
            List<Replay> replays = replays(drains, StepwellRule::new);
            for (Score score : List.of(Score.ofFiles(replays), Score.ofDrains(replays))) {
                assertThat(score.judged()).isLessThan(0.05);
                assertThat(score.coverage()).isGreaterThan(0.9);
                assertThat(score.halfWidth()).as("a range that says something").isLessThan(0.2);
                assertThat(score.toldShare()).isGreaterThan(0.95);
                assertThat(score.worstAfterResume()).isLessThan(1.5);
            }
        }
    }

    @Test
    void itIsNearerToTheTruthThanTheRulesOfOthers() {
        double own = Score.ofFiles(replays(MADE_UP, StepwellRule::new)).judged();

        for (Supplier<Rule> rule :
                List.<Supplier<Rule>>of(TqdmRule::new, () -> new AverageRule(false), () -> new AverageRule(true))) {
            assertThat(own).isLessThan(Score.ofFiles(replays(MADE_UP, rule)).judged() / 2);
        }
    }

    @Test
    void afterAResumeTheOrderOfMagnitudeIsRight() throws IOException {
        List<Drain> drains = new ArrayList<>(recorded(Path.of("drains")));
        assertThat(drains).hasSizeGreaterThan(5);
        drains.addAll(MADE_UP);
        List<Replay> replays = replays(drains, StepwellRule::new);

        assertThat(Score.ofFiles(replays).worstAfterResume()).isLessThan(3);
        assertThat(Score.ofDrains(replays).worstAfterResume()).isLessThan(3);
    }

    private static List<Replay> replays(List<Drain> drains, Supplier<Rule> rule) {
        return drains.stream().map(drain -> Replay.of(drain, rule.get())).toList();
    }

    private static List<Drain> recorded(Path folder) throws IOException {
        List<Drain> drains = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(Drain.SUFFIX))
                    .sorted()
                    .toList()) {
                drains.add(Drain.read(file));
            }
        }
        return drains;
    }
}
