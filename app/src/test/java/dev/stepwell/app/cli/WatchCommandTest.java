package dev.stepwell.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.cli.Operations.WatchRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is asked for by the options of `watch`, or why it is refused.
class WatchCommandTest {
    private final RecordedOperations recorder = new RecordedOperations();
    private final StringWriter err = new StringWriter();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aLinkIsAPlaceAndAKey() {
        assertThat(watch("--url", " https://train.example:7878/#key=abc-_9\n")).isZero();
        assertThat(asked())
                .isEqualTo(new WatchRequest.Url(
                        URI.create("https://train.example:7878/"),
                        Optional.of("abc-_9"),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void aTokenIsReadFromItsFile() throws IOException {
        assertThat(watch("--url", "http://127.0.0.1:1", "--token-file", file("token", "\n  t0ken== \r\n", "rw-r-----")))
                .isZero();
        assertThat(asked().token()).contains("t0ken==");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aTokenThatOthersCanReadIsUsedAndItsOwnerTold() throws IOException {
        String token = file("token", "t0ken", "rw-r--r--");
        assertThat(watch("--url", "http://127.0.0.1:1", "--token-file", token)).isZero();
        assertThat(asked().token()).contains("t0ken");
        assertThat(err.toString().strip())
                .isEqualTo(
                        "stepwell: every user of this machine can read %s; chmod 600 keeps it yours".formatted(token));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''          | holds no token; it must hold the token and nothing else
            ' '         | holds no token
            'one two'   | holds no token
            'tökén'     | holds no token
            """)
    void aFileThatHoldsNoTokenIsRefused(String text, String problem) throws IOException {
        String token = file("token", text, "rw-------");
        assertThat(watch("--url", "http://127.0.0.1:1", "--token-file", token)).isEqualTo(2);
        assertThat(err.toString()).startsWith("stepwell: --token-file: %s %s".formatted(token, problem));
        assertThat(recorder.asked).isEmpty();
    }

    @Test
    void aFileThatIsNotThereOrCannotBeReadIsNamed() {
        String missing = folder.resolve("none").toString();
        assertThat(watch("--url", "http://127.0.0.1:1", "--token-file", missing))
                .isEqualTo(2);
        assertThat(watch("--url", "http://127.0.0.1:1", "--token-file", folder.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("there is no file " + missing + "; name the one that web.token_file")
                .contains("--token-file: " + folder + " cannot be read", "that you may read");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --url train.example:7878                  | is no address of a daemon, such as http://127.0.0.1:8765
            --url ftp://train.example                 | is no address of a daemon
            --url http://train.example:65536          | is no address of a daemon
            --url http://train.example --certificate f| --certificate is of use with https:// only
            --token-file f                            | --token-file is of use with --url only
            --certificate f                           | --certificate is of use with --url only
            """)
    void whatMakesNoSenseIsRefused(String options, String problem) {
        assertThat(watch(options.strip().split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).contains(problem);
        assertThat(recorder.asked).isEmpty();
    }

    private int watch(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "watch";
        System.arraycopy(options, 0, args, 1, options.length);
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return new Cli(recorder, Map.of(), nowhere, new PrintWriter(err, true)).execute(args);
    }

    private WatchRequest.Url asked() {
        return (WatchRequest.Url) ((WatchRequest) recorder.asked.getFirst()).target();
    }

    private String file(String name, String text, String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions))
                .toString();
    }
}
