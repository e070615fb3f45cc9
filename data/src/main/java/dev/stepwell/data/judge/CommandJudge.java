package dev.stepwell.data.judge;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A program of the user's: it is given `{"prompt": …, "golden_answer": …, "model_answer": …}` on its standard input,
/// once for each answer, and ends with 0 where the answer is right and with 1 where it is not. Everything else is an
/// error. What it writes to standard output is not read.
///
/// @param program  started as it is, without a shell
/// @param folder   in which it runs
/// @param patience after which it is killed
record CommandJudge(Path program, Path folder, Duration patience) implements Judge {
    private static final int RIGHT = 0;
    private static final int WRONG = 1;

    @Override
    public boolean right(String prompt, String golden, String answer) {
        Path complaints = null;
        try {
            complaints = Files.createTempFile("stepwell-judge", ".err");
            return run(prompt, golden, answer, complaints);
        } catch (IOException e) {
            throw new JudgeException("judge_command %s cannot be run: %s".formatted(program, e.getMessage()), e);
        } finally {
            delete(complaints);
        }
    }

    private boolean run(String prompt, String golden, String answer, Path complaints) throws IOException {
        Process process = new ProcessBuilder(program.toString())
                .directory(folder.toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(complaints.toFile())
                .start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(JsonMapper.shared()
                    .writeValueAsBytes(Map.of("prompt", prompt, "golden_answer", golden, "model_answer", answer)));
        } catch (IOException _) {
            // It has ended, or reads no further: its exit status says what it thinks.
        }
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new JudgeException(
                        "judge_command %s had not ended after %d s".formatted(program, patience.toSeconds()), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JudgeException("judge_command %s was interrupted".formatted(program), e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        int status = process.exitValue();
        if (status != RIGHT && status != WRONG) {
            throw new JudgeException(
                    "judge_command %s ended with %d, which is neither 0 (right) nor 1 (wrong): %s"
                            .formatted(program, status, lastLine(complaints)),
                    null);
        }
        return status == RIGHT;
    }

    private static String lastLine(Path complaints) throws IOException {
        List<String> lines = new String(Files.readAllBytes(complaints), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }

    private static void delete(@Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new JudgeException("%s cannot be deleted: %s".formatted(file, e.getMessage()), e);
            }
        }
    }
}
