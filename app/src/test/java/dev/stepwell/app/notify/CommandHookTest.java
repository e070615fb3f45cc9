package dev.stepwell.app.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real programs.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs are scripts of a shell")
class CommandHookTest {
    private static final Duration PLENTY = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void itIsGivenTheNoticeOnItsInputAndTheMostImportantOfItInItsEnvironment() throws Exception {
        CommandHook hook = hook("""
                cat > input
                printf '%s|%s|%s|%s|%s' "$STEPWELL_EVENT" "$STEPWELL_SEVERITY" "$STEPWELL_ALERT" "$STEPWELL_TITLE" \
                  "$STEPWELL_BASE_DIR" > environment
                echo "$#" > arguments
                """, PLENTY);

        assertThat(hook.send(Notices.opened("id-1", "No space; $(touch pwned) `touch pwned`"), 3, 0))
                .isEqualTo(new Outcome.Delivered("exit code 0"));

        JsonNode input = JsonMapper.shared().readTree(Files.readString(folder.resolve("input")));
        assertThat(input.get("id").asString()).isEqualTo("id-1");
        assertThat(input.get("missed").asInt()).isEqualTo(3);
        assertThat(input.at("/alert/message").asString()).contains("$(touch pwned)");
        assertThat(folder.resolve("environment")).hasContent("alert_opened|critical|disk_full|disk_full|/data/tutor");
        assertThat(folder.resolve("arguments")).hasContent("0");
        assertThat(folder.resolve("pwned")).doesNotExist();
    }

    @Test
    void itsFailureHasItsExitCodeAndTheLastThingItSaid() throws Exception {
        CommandHook hook = hook("""
                echo 'on output' ; echo first >&2
                printf 'mail: no route\\033[2J\\n\\n' >&2
                exit 3
                """, PLENTY);
        assertThat(hook.send(Notices.opened("1", "m"), 0, 0))
                .isEqualTo(new Outcome.Refused("exit code 3: mail: no route\\u001b[2J"));
        assertThat(hook("exit 4", PLENTY).send(Notices.opened("1", "m"), 0, 0))
                .isEqualTo(new Outcome.Refused("exit code 4"));
    }

    @Test
    void oneThatFloodsItsOutputsIsHeardToItsEnd() throws Exception {
        CommandHook hook = hook("""
                head -c 20000000 /dev/zero | tr '\\0' 'x' >&2
                head -c 20000000 /dev/zero
                printf '\\nthe end\\n' >&2
                exit 5
                """, PLENTY);
        assertThat(hook.send(Notices.opened("1", "m"), 0, 0)).isEqualTo(new Outcome.Refused("exit code 5: the end"));
    }

    @Test
    void oneThatHangsIsKilledWithItsChildren() throws Exception {
        CommandHook hook = hook("""
                sleep 3600 &
                echo $! > child
                echo waiting >&2
                wait
                """, Duration.ofSeconds(2));
        assertThat(hook.send(Notices.opened("1", "m"), 0, 0))
                .isEqualTo(new Outcome.Refused("killed after 2 s: waiting"));
        ProcessHandle.of(
                        Long.parseLong(Files.readString(folder.resolve("child")).strip()))
                .ifPresent(child -> assertThat(child.onExit().orTimeout(60, TimeUnit.SECONDS))
                        .succeedsWithin(PLENTY));
    }

    @Test
    void oneThatLeavesAChildBehindIsNotWaitedFor() throws Exception {
        CommandHook hook = hook("""
                sleep 3600 &
                echo $! > child
                echo done >&2
                """, PLENTY);
        try {
            assertThat(hook.send(Notices.opened("1", "m"), 0, 0)).isEqualTo(new Outcome.Delivered("exit code 0"));
        } finally {
            ProcessHandle.of(Long.parseLong(
                            Files.readString(folder.resolve("child")).strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void oneThatDoesNotReadIsAllRight() throws Exception {
        assertThat(hook("exec <&-; exit 0", PLENTY).send(Notices.opened("1", "m".repeat(500_000)), 0, 0))
                .isEqualTo(new Outcome.Delivered("exit code 0"));
    }

    @Test
    void oneThatIsNotThereOrMayNotRunIsNamed() throws Exception {
        Path nobodys = folder.resolve("nobodys");
        Files.writeString(nobodys, "#!/bin/sh\n");
        assertThat(new CommandHook(nobodys, folder)
                        .send(Notices.opened("1", "m"), 0, 0)
                        .toString())
                .contains("cannot be started", "nobodys");
        assertThat(new CommandHook(folder.resolve("none"), folder)
                        .send(Notices.opened("1", "m"), 0, 0)
                        .toString())
                .contains("cannot be started", "none");
    }

    @Test
    void aDesktopIsShownTheMessageWithoutMarksOfItsOwn() throws Exception {
        Path program = script("""
                for word in "$@"; do printf '%s\\n' "$word"; done > "$(dirname "$0")/shown"
                """);
        DesktopNotification desktop = new DesktopNotification(program.toString());
        assertThat(desktop.send(Notices.opened("1", "<b>full</b>"), 0, 0))
                .isEqualTo(new Outcome.Delivered("exit code 0"));
        assertThat(Files.readAllLines(folder.resolve("shown")))
                .containsExactly(
                        "--app-name=Stepwell",
                        "--urgency=critical",
                        "--",
                        "CRITICAL: disk_full (box)",
                        "&lt;b&gt;full&lt;/b&gt;",
                        "1 GB needed",
                        "mini, /data/tutor, global step 208");
        assertThat(new DesktopNotification(folder.resolve("none").toString())
                        .send(Notices.opened("1", "m"), 0, 0)
                        .toString())
                .contains("cannot be started");
    }

    private CommandHook hook(String script, Duration limit) throws IOException {
        return new CommandHook(script(script), folder, limit);
    }

    private Path script(String script) throws IOException {
        Path program = folder.resolve("hook");
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }
}
