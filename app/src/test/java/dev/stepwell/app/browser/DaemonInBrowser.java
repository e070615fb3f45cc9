package dev.stepwell.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.stepwell.app.daemon.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The dashboard of a real daemon, which really trains: a file with a hostile name, one that is refused, and two that
/// take long, the first of them with hostile rows.
abstract class DaemonInBrowser extends InBrowser {
    static final int LONG = 20_000;
    static final String HOSTILE_NAME = "a <img src=x onerror=broken()>.jsonl";
    private static final String HOSTILE = "<img src=x onerror=\"window.broken = 1\"><script>window.broken = 2</script>";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    Workshop workshop;

    Process daemon = new ProcessBuilder("unstarted").command("true").start();

    DaemonInBrowser() throws IOException {}

    @BeforeEach
    void fill() throws IOException {
        workshop = Workshop.in(folder);
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"max_length\": 48", "\"max_length\": 256"));
        workshop.web("\"port\": " + Workshop.freePort());
        workshop.drop(HOSTILE_NAME, 2);
        workshop.drop("b.jsonl", List.of("no row at all"));
        String hostile = JsonMapper.shared()
                .createObjectNode()
                .put("prompt", HOSTILE)
                .put("completion", HOSTILE)
                .toString();
        workshop.drop("c.jsonl", Collections.nCopies(LONG * Workshop.ROWS_PER_STEP, hostile));
        workshop.drop("d.jsonl", LONG);
        daemon = workshop.process("run");
    }

    @AfterEach
    void end() throws InterruptedException {
        daemon.destroyForcibly().waitFor();
    }

    final Page opened() throws Exception {
        return opened(link());
    }

    final String link() throws Exception {
        workshop.awaitListening();
        Workshop.Ran ran = workshop.stepwell("dashboard");
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return ran.out().strip();
    }

    static Locator row(Page page, String name) {
        return page.locator("#queue-rows tr", new Page.LocatorOptions().setHasText(name));
    }

    static Locator done(Page page, String name) {
        return page.locator("#done-rows tr", new Page.LocatorOptions().setHasText(name));
    }
}
