package dev.stepwell.app.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Chromium as the system has it. What goes wrong in a page, or is asked of anybody but the daemon, is remembered.
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    /// A daemon, what a page carries with it, and a page that lies on the disk.
    private static final List<String> OWN = List.of("http://127.0.0.1:", "data:", "file:///");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> faults = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();

    private Browser(Playwright playwright) {
        this.playwright = playwright;
        chromium = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /// Starts it; without one the test is left out, and says so.
    static Browser start() {
        assumeTrue(
                Files.isExecutable(CHROMIUM),
                "no browser at " + CHROMIUM + ": tests in a browser are left out. Install the package chromium.");
        return new Browser(Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
    }

    /// A page of a browser that was never here before.
    Page page(int width, int height, ColorScheme scheme) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme));
        Page page = context.newPage();
        page.onPageError(faults::add);
        page.onDialog(dialog -> {
            faults.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> {
            if (OWN.stream().noneMatch(request.url()::startsWith)) {
                foreign.add(request.url());
            }
        });
        return page;
    }

    /// Nothing was thrown in any page, none opened a dialog of the browser, and none spoke to anybody else.
    void assertSound() {
        assertThat(faults).isEmpty();
        assertThat(foreign).isEmpty();
    }

    /// What axe-core finds that is serious or worse, as `rule: elements`.
    List<String> barriers(Page page) {
        page.evaluate(axe());
        Object found = page.evaluate("""
                async () => (await axe.run()).violations
                    .filter(v => ['serious', 'critical'].includes(v.impact))
                    .map(v => v.id + ': ' + v.nodes.map(n => n.target).join(', '))""");
        return ((List<?>) Objects.requireNonNull(found))
                .stream().map(String::valueOf).toList();
    }

    private static String axe() {
        try (InputStream in = Browser.class.getResourceAsStream(AXE)) {
            return new String(Objects.requireNonNull(in, AXE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
