package dev.stepwell.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.config.ConfigKeys;
import dev.stepwell.app.puzzle.DemoFiles;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.training.TrainerUnavailableException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CliTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final RecordedLine commandLine = new RecordedLine();
    private final RecordedOperations recorder = commandLine.operations;
    private final StringWriter out = commandLine.out;
    private final StringWriter err = commandLine.err;

    @Test
    void run_makes_the_base_directory_and_passes_on_what_was_asked() {
        assertThat(execute("run", "--base-dir", base(), "--once", "--no-web")).isZero();
        Operations.RunRequest request = (Operations.RunRequest) recorder.asked.getFirst();
        assertThat(request.once()).isTrue();
        assertThat(request.place().web()).isFalse();
        assertThat(request.place().base()).isEqualTo(new BaseDirectory(folder.resolve("base")));
        assertThat(request.place().config().get(ConfigKeys.BATCH_SIZE)).isEqualTo(16);
        assertThat(folder.resolve("base/inbox")).isDirectory();
        assertThat(folder.resolve("base/config.json")).exists();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void a_demo_has_22_files_of_118_steps_unless_told_otherwise() throws IOException {
        assertThat(execute("demo", "--base-dir", base())).isZero();
        assertThat(recorder.demo(0)).isEqualTo(new DemoFiles(42, 22, 118 * 16));
        Files.writeString(folder.resolve("base/config.json"), """
                {"seed": 7, "batch_size": 4, "gradient_accumulation": 3}""");
        assertThat(execute("demo", "--base-dir", base(), "--files=3", "--steps-per-file=10", "--once", "--no-web"))
                .isZero();
        assertThat(recorder.demo(1)).isEqualTo(new DemoFiles(7, 3, 120));
    }

    @Test
    void merge_takes_the_newest_adapter_unless_told_otherwise_and_touches_nothing_that_is_there() throws IOException {
        Path adapter = Files.createDirectories(folder.resolve("base/current_model"));
        String target = folder.resolve("merged").toString();
        assertThat(execute("merge", "--base-dir", base(), target)).isEqualTo(3);
        assertThat(err.toString()).contains("holds no adapter").contains("--adapter");

        Files.writeString(adapter.resolve("adapter_config.json"), "{}");
        assertThat(execute("merge", "--base-dir", base(), target)).isZero();
        Operations.MergeRequest request = (Operations.MergeRequest) recorder.asked.getFirst();
        assertThat(request.adapter()).isEqualTo(adapter);
        assertThat(request.model()).isEmpty();
        assertThat(request.target()).isEqualTo(Path.of(target));

        assertThat(execute("merge", "--base-dir", base(), adapter.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("there is something at");
    }

    @Test
    void the_base_directory_is_the_option_else_the_variable_else_the_default() {
        CommonOptions unset = new CommonOptions(Map.of());
        assertThat(unset.base()).isEqualTo(new BaseDirectory(Path.of("stepwell-data")));
        assertThat(new CommonOptions(Map.of("STEPWELL_HOME", " ")).base()).isEqualTo(unset.base());
        assertThat(new CommonOptions(Map.of("STEPWELL_HOME", "/data/x")).base())
                .isEqualTo(new BaseDirectory(Path.of("/data/x")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    demo --fies 3          | unknown option '--fies'; did you mean --files? (see: ./stepwell demo --help)
                    demo --fies=3          | unknown option '--fies'; did you mean --files? (see: ./stepwell demo --help)
                    rnu                    | unknown command 'rnu'; did you mean run? (see: ./stepwell --help)
                    train                  | unknown command 'train' (see: ./stepwell --help)
                    run now                | unknown argument 'now' (see: ./stepwell run --help)
                    ''                     | no command given (see: ./stepwell --help)
                    alerts                 | no command given: test (see: ./stepwell alerts --help)
                    alerts tset            | unknown argument 'tset'; did you mean test? (see: ./stepwell alerts --help)
                    demo --files 0         | --files 0 is out of range; allowed: 1 to 999 (see: ./stepwell demo --help)
                    demo --files 1000      | --files 1000 is out of range; allowed: 1 to 999 (see: ./stepwell demo --help)
                    """)
    void a_usage_error_is_one_line_with_the_nearest_name(String line, String message) {
        String[] args = line.isEmpty() ? new String[0] : line.split(" ", -1);
        assertThat(execute(args)).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("stepwell: " + message + System.lineSeparator());
        assertThat(recorder.asked).isEmpty();
    }

    @Test
    void an_empty_base_directory_does_not_mean_the_current_one() {
        assertThat(execute("run", "--base-dir", "")).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo("stepwell: --base-dir is empty; name a folder; . is the current one");
        assertThat(recorder.asked).isEmpty();
    }

    @Test
    void a_number_that_is_none_is_refused_in_plain_words() {
        assertThat(execute("demo", "--files", "many")).isEqualTo(2);
        assertThat(err.toString()).contains("'--files': 'many' is not a whole number");
    }

    @Test
    void an_unknown_format_is_refused_with_those_there_are() {
        assertThat(execute("status", "--format", "jsn")).isEqualTo(2);
        assertThat(err.toString()).contains("'jsn' is not one of bars, simple, json (did you mean json?)");
    }

    @Test
    void status_of_a_place_where_nothing_ran_says_so() throws IOException {
        assertThat(execute("status", "--base-dir", base())).isEqualTo(3);
        Files.createDirectory(folder.resolve("base"));
        assertThat(execute("status", "--base-dir", base())).isEqualTo(3);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("there is no base directory", "stepwell run"),
                        line -> assertThat(line).contains("nothing has run in", "stepwell run"));
        assertThat(folder.resolve("base")).isEmptyDirectory();
    }

    @Test
    void status_answers_with_the_code_of_what_it_found() throws IOException {
        Files.createDirectories(folder.resolve("base/status"));
        Files.writeString(folder.resolve("base/status/training_status.json"), "{}");
        recorder.answer = ExitCode.NOT_ALIVE;
        assertThat(execute("status", "--base-dir", base(), "--format", "SIMPLE"))
                .isEqualTo(4);
        assertThat(((Operations.StatusRequest) recorder.asked.getFirst()).format())
                .isEqualTo(StatusFormat.SIMPLE);
    }

    @Test
    void a_wrong_configuration_starts_nothing() throws IOException {
        Files.createDirectory(folder.resolve("base"));
        Files.writeString(folder.resolve("base/config.json"), "{\"epoch\": 1}");
        assertThat(execute("run", "--base-dir", base())).isEqualTo(2);
        assertThat(err.toString()).contains("config.json: line 1: epoch = 1", "the nearest is epochs");
        assertThat(recorder.asked).isEmpty();
    }

    @Test
    void a_demo_that_would_fill_the_disk_is_refused() throws IOException {
        Files.createDirectory(folder.resolve("base"));
        Files.writeString(folder.resolve("base/config.json"), """
                {"batch_size": 4096, "gradient_accumulation": 4096}""");
        assertThat(execute("demo", "--base-dir", base(), "--steps-per-file", "10000"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("are 3690987520000 rows, above 2000000", "lower --files or --steps-per-file");
    }

    @Test
    void a_base_directory_that_is_a_file_is_refused() throws IOException {
        Files.writeString(folder.resolve("base"), "");
        assertThat(execute("run", "--base-dir", base())).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("cannot be used", "--base-dir"));
    }

    @Test
    void what_the_user_can_change_is_one_line() {
        recorder.failure = new CliException(ExitCode.UNAVAILABLE, "another daemon (pid 7) runs there", "stop it first");
        assertThat(execute("run", "--base-dir", base())).isEqualTo(3);
        recorder.failure = new TrainerUnavailableException("no model");
        assertThat(execute("run", "--base-dir", base())).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("stepwell: another daemon (pid 7) runs there; stop it first", "stepwell: no model");
    }

    @Test
    void a_fault_of_the_program_is_one_line_and_its_trace_is_in_the_log() {
        for (Throwable fault : List.of(new IllegalStateException("odd"), new UnsatisfiedLinkError("no native"))) {
            recorder.failure = fault;
            assertThat(execute("run", "--base-dir", base())).isEqualTo(1);
        }
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("IllegalStateException: odd; details are in", "stepwell.log"),
                        line -> assertThat(line).contains("UnsatisfiedLinkError: no native; details are in"));
        assertThat(folder.resolve("base/logs/stepwell.log"))
                .content()
                .contains("java.lang.IllegalStateException: odd", "UnsatisfiedLinkError: no native", "at dev.stepwell");
    }

    @Test
    void alerts_are_tried_with_the_configuration_that_is_there() throws IOException {
        assertThat(execute("alerts", "test", "--base-dir", base())).isEqualTo(3);
        Files.createDirectories(folder.resolve("base"));
        Files.writeString(folder.resolve("base/config.json"), "{\"alerts\": {\"desktop\": true}}");
        recorder.answer = ExitCode.FAILED;
        assertThat(execute("alerts", "test", "--base-dir", base())).isEqualTo(1);
        Operations.AlertTrialRequest request = (Operations.AlertTrialRequest) recorder.asked.getFirst();
        assertThat(request.base()).isEqualTo(new BaseDirectory(folder.resolve("base")));
        assertThat(request.config().get(ConfigKeys.ALERT_DESKTOP)).isTrue();
        assertThat(execute("alerts", "test", "--help")).isZero();
        assertThat(out.toString()).contains("Exit codes:", "--base-dir");
    }

    @Test
    void help_and_version_end_well_and_explain_the_exit_codes() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString())
                .contains("demo", "run", "status", "add", "list", "priority", "Exit codes:", "stepwell demo");
        assertThat(execute("run", "--help")).isZero();
        assertThat(out.toString()).contains("--once", "--no-web", "STEPWELL_HOME", "Examples:");
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).contains("Stepwell ");
        assertThat(err.toString()).isEmpty();
    }

    private String base() {
        return folder.resolve("base").toString();
    }

    private int execute(String... args) {
        return commandLine.execute(args);
    }
}
