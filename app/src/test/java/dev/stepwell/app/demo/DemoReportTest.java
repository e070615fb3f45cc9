package dev.stepwell.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.demo.DemoResults.Sample;
import dev.stepwell.core.io.BaseDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DemoReportTest {
    private static final Path ROOT = Path.of("tmp", "it's a demo").toAbsolutePath();

    @Test
    void the_report_tells_what_was_learnt_where_it_is_and_what_to_do_next() {
        assertThat(DemoReport.render(results(new HeldOutScore(200, 199, 0.0123), "ta-ro-mi")))
                .isEqualTo("""
                Trained 22 files, 2,596 steps, in 2 min 5 s: 15,432 tokens/s.

                On 200 puzzles it never trained on, with answers it never saw:
                               before    after
                  loss          6.240    0.012
                  exact           0 %     99 %

                  Tiles: ro|ke|mi|ta|zu   Clue: t-r-m   →  ta-ro-mi  ✓

                Model   ROOT/current_model/checkpoint-2596
                Status  ROOT/status/training_status.json

                Next: drop your own JSONL files into ROOT/inbox
                      ./stepwell run --base-dir 'QUOTED'      trains them, from where this ended
                      ./stepwell status --base-dir 'QUOTED'   shows where it is
                """.replace("ROOT", ROOT.toString())
                        .replace("QUOTED", ROOT.toString().replace("'", "'\\''")));
    }

    @Test
    void a_wrong_answer_is_shown_beside_the_right_one_and_cannot_repaint_the_screen() {
        assertThat(DemoReport.render(results(new HeldOutScore(1, 0, Double.NaN), "ta\u001b[2J\nro")))
                .contains("On 1 puzzle it")
                .contains("unknown")
                .contains("→  ta\\u001b[2J\\nro  ✗ should be ta-ro-mi\n");
    }

    @Test
    void numbers_do_not_follow_the_locale_of_the_machine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(DemoReport.render(results(new HeldOutScore(200, 200, 0.5), "x")))
                    .contains("0.500", "15,432");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_demo_that_was_finished_before_says_that_nothing_was_left() {
        BaseDirectory base = new BaseDirectory(ROOT);
        HeldOutScore score = new HeldOutScore(200, 200, 0.001);

        assertThat(DemoReport.render(
                        new DemoResults(score, score, 0, 0, Duration.ZERO, 0, List.of(), base.currentModel(), base)))
                .startsWith("Every file was trained before");
    }

    private static DemoResults results(HeldOutScore after, String answer) {
        BaseDirectory base = new BaseDirectory(ROOT);
        return new DemoResults(
                new HeldOutScore(200, 0, 6.24),
                after,
                22,
                2_596,
                Duration.ofMillis(125_400),
                15_432.4,
                List.of(new Sample("Tiles: ro|ke|mi|ta|zu\nClue: t-r-m", "ta-ro-mi", answer)),
                base.currentModel().resolve("checkpoint-2596"),
                base);
    }
}
