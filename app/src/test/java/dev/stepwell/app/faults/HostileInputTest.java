package dev.stepwell.app.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.Main;
import dev.stepwell.app.daemon.StatusWitness;
import dev.stepwell.app.daemon.Workshop;
import dev.stepwell.app.faults.HostileCase.GivenUp;
import dev.stepwell.app.faults.HostileCase.Stays;
import dev.stepwell.app.faults.HostileCase.Trained;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Everything hostile at once in the inbox of one real daemon.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its file names and shell are others")
class HostileInputTest {
    private static final Path DOCS = Path.of("..", "docs", "proof.md");
    private static final int KEPT_REJECTIONS = 1_000;

    @TempDir
    Path folder;

    @Test
    void everyHostileFileEndsWhereTheDocumentationSaysAndTheOthersAreTrained() throws Exception {
        List<HostileCase> cases = HostileCases.all();
        Workshop workshop = Workshop.in(folder.resolve("base"));
        Path inbox = workshop.root().resolve("inbox");
        for (HostileCase c : cases) {
            c.maker().make(new Shell(), inbox, c.name());
        }
        Path output = folder.resolve("output");

        StatusWitness.during(workshop.statusFile(), () -> drain(workshop, output));

        Map<String, JsonNode> archived = byName(workshop.reports("archive"));
        Map<String, JsonNode> failed = byName(workshop.reports("failed"));
        String log = Files.readString(workshop.root().resolve("logs").resolve("stepwell.log"));
        for (HostileCase c : cases) {
            switch (c.end()) {
                case Trained end -> trained(c, end, archived);
                case GivenUp end -> givenUp(c, end, failed);
                case Stays end -> stays(c, end, workshop, log);
            }
        }
        long files = cases.stream().filter(c -> !(c.end() instanceof Stays)).count();
        assertThat(archived.size() + failed.size()).isEqualTo(files);
        assertThat(Files.readString(workshop.root().resolve("secret"))).isEqualTo("secret\n");
        nothingRepaintsTheScreen(
                log, Files.readString(output), workshop.stepwell("status").out());
    }

    @Test
    void aFileThatMayNotBeReadStaysInTheInboxByNameAndTheOthersAreTrained() throws Exception {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        Path secret = workshop.root().resolve("inbox").resolve("secret.jsonl");
        workshop.drop("good.jsonl", 2);
        new Shell()
                .run(
                        workshop.root().resolve("inbox"),
                        "echo '{}' > secret.jsonl; chmod 000 secret.jsonl",
                        new byte[0],
                        new byte[0]);

        Process daemon = new ProcessBuilder(
                        subjectToPermissions(workshop.command(Main.class, List.of(), "run", "--once")))
                .redirectErrorStream(true)
                .start();
        String said = new String(daemon.getInputStream().readAllBytes(), UTF_8);
        assertThat(daemon.waitFor()).as(said).isZero();

        assertThat(secret).exists();
        assertThat(workshop.reports("archive")).hasSize(1);
        assertThat(Files.readString(workshop.root().resolve("logs").resolve("stepwell.log")))
                .contains("secret.jsonl stays where it is: it cannot be read: permission denied");
    }

    /// The same command, for a root without the capability to read everything, which permissions hold back like
    /// anybody else. To be somebody else would not do: such a one cannot read root's class path.
    private static List<String> subjectToPermissions(List<String> command) {
        if (!System.getProperty("user.name").equals("root")) {
            return command;
        }
        return Stream.concat(Stream.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"), command.stream())
                .toList();
    }

    @Test
    void theDocumentationListsEveryCaseAndItsEnd() throws IOException {
        assertThat(Files.readString(DOCS)).contains(table(HostileCases.all()));
    }

    static String table(List<HostileCase> cases) {
        return cases.stream()
                .map(c -> "| %s | %s |".formatted(c.what(), c.end().words().replace("|", "\\|")))
                .collect(Collectors.joining("\n", "| in the inbox | where it ends |\n|---|---|\n", "\n"));
    }

    private static void drain(Workshop workshop, Path output) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(workshop.command(Main.class, List.of(), "run", "--once"))
                .redirectOutput(Redirect.appendTo(output.toFile()))
                .redirectError(Redirect.appendTo(output.toFile()));
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("ended by itself").isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    /// Reports by the name as dropped and, where names are the same, the folder it lay in.
    private static Map<String, JsonNode> byName(List<JsonNode> reports) {
        return reports.stream()
                .collect(Collectors.toMap(
                        report -> report.get("file").get("source").asString(), Function.identity()));
    }

    private static void trained(HostileCase c, Trained end, Map<String, JsonNode> archived) {
        JsonNode report = archived.get(source(c));
        assertThat(report)
                .as("%s in archive/ with %s", c.what(), archived.keySet())
                .isNotNull();
        JsonNode rows = report.get("rows");
        assertThat(rows.get("trained").asLong()).as(c.what()).isEqualTo(end.usable());
        assertThat(rows.get("rejected").asLong()).as(c.what()).isEqualTo(end.rejected());
        assertThat(rows.get("total").asLong()).as(c.what()).isEqualTo(end.usable() + end.rejected());
        assertThat(rows.get("rejections").size()).isEqualTo((int) Math.min(end.rejected(), KEPT_REJECTIONS));
        if (end.rejected() > 0) {
            assertThat(rows.get("rejections").valueStream()).as(c.what()).anySatisfy(rejection -> {
                assertThat(rejection.get("line").asLong()).isEqualTo(end.line());
                assertThat(rejection.get("reason").asString()).contains(end.reason());
            });
        }
    }

    private static void givenUp(HostileCase c, GivenUp end, Map<String, JsonNode> failed) {
        JsonNode report = failed.get(source(c));
        assertThat(report)
                .as("%s in failed/ with %s", c.what(), failed.keySet())
                .isNotNull();
        assertThat(report.get("error").get("message").asString()).as(c.what()).contains(end.reason());
        if (!end.why().isEmpty()) {
            assertThat(report.get("rows").get("rejections").get(0).get("reason").asString())
                    .as(c.what())
                    .contains(end.why());
        }
    }

    private static void stays(HostileCase c, Stays end, Workshop workshop, String log) {
        String name = new String(c.name(), UTF_8);
        Path there = workshop.root().resolve("inbox").resolve(name);
        assertThat(Files.exists(there, LinkOption.NOFOLLOW_LINKS)).as(c.what()).isTrue();
        List<String> lines =
                log.lines().filter(line -> line.contains("/" + name + " ")).toList();
        if (end.reason().isEmpty()) {
            assertThat(lines).as(c.what()).isEmpty();
        } else {
            assertThat(lines).as(c.what()).singleElement().asString().contains(end.reason());
        }
    }

    private static String source(HostileCase c) {
        return new String(c.name(), UTF_8);
    }

    private static void nothingRepaintsTheScreen(String... texts) {
        for (String text : texts) {
            List<Integer> hostile = new ArrayList<>(text.codePoints()
                    .filter(p -> (Character.isISOControl(p) && p != '\n') || p == 0x202e)
                    .boxed()
                    .toList());
            assertThat(hostile).as(text).isEmpty();
        }
        assertThat(Stream.of(texts)).anyMatch(text -> text.contains("owned"));
    }
}
