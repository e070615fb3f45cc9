package dev.stepwell.app.export;

import dev.stepwell.app.files.AppendFile;
import dev.stepwell.app.files.RotatingFile;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `trainer_log.jsonl`, as LLaMA-Factory writes it and its readers expect it: a JSON object for each step, and for each
/// evaluation of the validation set. What is not known is left out, as there.
///
/// `current_steps` and `total_steps` are global; `percentage` has two decimals and is rounded down. `elapsed_time`,
/// `throughput` and `total_tokens` count from where the file began in this process.
final class TrainerLog implements Sink {
    static final String UNWRITABLE = "trainer_log_unwritable";

    private static final String NAME = "trainer_log.jsonl";
    private static final int KEPT = 4;

    private final Path path;
    private final RotatingFile file;
    private final int epochs;
    private boolean mended;
    private @Nullable Plan plan;

    /// @param folder in which it lies, which has to be there
    /// @param budget for it and those before it, in bytes
    /// @param epochs passes over each file
    TrainerLog(Path folder, long budget, int epochs) {
        this.path = folder.resolve(NAME);
        this.file = new RotatingFile(folder, path, budget / (KEPT + 1), KEPT);
        this.epochs = epochs;
    }

    @Override
    public String alertType() {
        return UNWRITABLE;
    }

    @Override
    public Path place() {
        return path;
    }

    @Override
    public int write(List<Measured> batch) throws IOException {
        if (!mended) {
            AppendFile.dropTornLine(path);
            mended = true;
        }
        StringBuilder lines = new StringBuilder();
        Plan now = plan;
        for (Measured measured : batch) {
            switch (measured) {
                case Measured.FileBegun begun -> now = Plan.of(begun);
                case Measured.Step step -> {
                    Plan its = Plan.of(now, step);
                    now = its == null ? null : its.with(step.step());
                    lines.append(line(step, now)).append('\n');
                }
                case Measured.Scored scored -> {
                    if (scored.evaluation().subject() instanceof Evaluation.Subject.Fixed) {
                        lines.append(line(scored, now)).append('\n');
                    }
                }
                case Measured.Previewed _ -> {}
            }
        }
        if (!lines.isEmpty()) {
            file.append(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
        plan = now;
        return batch.size();
    }

    private ObjectNode line(Measured.Step measured, @Nullable Plan its) {
        StepCompleted step = measured.step();
        ObjectNode line = place(measured.globalStep(), its);
        if (Double.isFinite(step.loss())) {
            line.put("loss", step.loss());
        }
        line.put("lr", step.learningRate());
        if (its != null) {
            line.put("epoch", Math.round(its.epoch(step, epochs) * 1e4) / 1e4);
            line.put("percentage", percentage(measured.globalStep(), its));
            Duration elapsed = time(line, its, measured.at());
            Double left = step.batchStep() == its.place().batchTotalSteps() ? (Double) 0.0 : measured.secondsLeft();
            if (left != null) {
                line.put("remaining_time", clock(Duration.ofSeconds(left.longValue())));
            }
            if (elapsed.isPositive()) {
                line.put("throughput", Math.round(its.tokens() * 1e11 / elapsed.toNanos()) / 100.0);
            }
            line.put("total_tokens", its.tokens());
        }
        return line;
    }

    private static ObjectNode line(Measured.Scored scored, @Nullable Plan its) {
        long globalStep = scored.evaluation().globalStep();
        double loss = scored.evaluation().score().crossEntropy();
        ObjectNode line = place(globalStep, its);
        if (Double.isFinite(loss)) {
            line.put("eval_loss", loss);
        }
        if (its != null) {
            line.put("percentage", percentage(globalStep, its));
            time(line, its, scored.at());
        }
        return line;
    }

    private static ObjectNode place(long globalStep, @Nullable Plan its) {
        ObjectNode line = JsonMapper.shared().createObjectNode().put("current_steps", globalStep);
        return its == null ? line : line.put("total_steps", its.totalSteps());
    }

    private static Duration time(ObjectNode line, Plan its, Instant at) {
        Duration elapsed = Duration.between(its.began(), at);
        line.put("elapsed_time", clock(elapsed.isNegative() ? Duration.ZERO : elapsed));
        return elapsed;
    }

    private static double percentage(long globalStep, Plan its) {
        return Math.floor(1e4 * globalStep / Math.max(1, its.totalSteps())) / 100;
    }

    /// As Python prints a `timedelta` of whole seconds.
    static String clock(Duration time) {
        String days = time.toDays() == 0 ? "" : time.toDays() == 1 ? "1 day, " : time.toDays() + " days, ";
        return "%s%d:%02d:%02d".formatted(days, time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
