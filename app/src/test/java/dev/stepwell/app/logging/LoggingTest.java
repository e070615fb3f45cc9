package dev.stepwell.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingTest.class);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void the_file_has_everything_and_the_terminal_only_what_needs_attention() throws IOException {
        BaseDirectory base = new BaseDirectory(folder);
        List<String> terminal = new ArrayList<>();
        List<String> above = new ArrayList<>();
        try (Logging logging = Logging.start(base, terminal::add)) {
            LOG.info("begun");
            LOG.warn("odd file {}", "a\nb\u001b[2J.jsonl");
            logging.redirect(above::add);
            LOG.error("broken", new IllegalStateException("the cause"));
            LoggerFactory.getLogger("ai.djl.util.Platform").info("chatter");
            LoggerFactory.getLogger("org.sqlite.JDBC").warn("trouble");
        }
        LOG.error("after the end");

        assertThat(terminal).containsExactly("warning: odd file a\\nb\\u001b[2J.jsonl");
        assertThat(above).containsExactly("error: broken", "warning: trouble");
        List<String> lines = Files.readAllLines(base.logs().resolve("stepwell.log"));
        String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z *";
        String thread = "\\[" + Thread.currentThread().getName() + "\\] ";
        assertThat(lines.get(0)).matches(time + " INFO  " + thread + "begun");
        assertThat(lines.get(1)).matches(time + " WARN  " + thread + "odd file a\\\\nb\\\\u001b\\[2J.jsonl");
        assertThat(lines.get(2)).matches(time + " ERROR " + thread + "broken");
        assertThat(lines.get(3)).isEqualTo("java.lang.IllegalStateException: the cause");
        assertThat(lines.getLast()).endsWith("trouble");
        assertThat(lines).noneMatch(line -> line.contains("chatter") || line.contains("after the end"));
    }

    @Test
    void the_log_is_bounded_and_the_newest_lines_are_in_the_file_without_a_number() throws IOException {
        Path file = folder.resolve("stepwell.log");
        RotatingFileHandler handler = new RotatingFileHandler(folder, "stepwell.log", 1_000, 2);
        for (int i = 0; i < 100; i++) {
            handler.publish(new LogRecord(Level.INFO, "line " + i));
        }
        handler.close();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("stepwell.log", "stepwell.log.1", "stepwell.log.2");
        }
        assertThat(Files.size(file)).isLessThanOrEqualTo(1_000);
        assertThat(Files.readAllLines(file).getLast()).endsWith("line 99");
        List<String> all = new ArrayList<>(Files.readAllLines(folder.resolve("stepwell.log.2")));
        all.addAll(Files.readAllLines(folder.resolve("stepwell.log.1")));
        all.addAll(Files.readAllLines(file));
        assertThat(all.stream().map(line -> line.replaceFirst(".*line ", "")).map(Integer::valueOf))
                .isSorted()
                .endsWith(98, 99);
    }

    @Test
    void a_restart_appends() throws IOException {
        BaseDirectory base = new BaseDirectory(folder);
        for (int i = 0; i < 2; i++) {
            try (Logging _ = Logging.start(base, _ -> {})) {
                LOG.info("start {}", i);
            }
        }
        assertThat(Files.readAllLines(base.logs().resolve("stepwell.log"))).hasSize(2);
    }
}
