package dev.stepwell.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.stepwell.app.report.ExampleLife;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page that a user can mail.
class ReportInBrowserTest extends InBrowser {
    private static final String HOSTILE =
            "</td></style></title><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1440, LIGHT", "1440, DARK", "390, LIGHT", "390, DARK"})
    void nobodyIsKeptOut(int width, ColorScheme scheme) throws IOException {
        Page page = shown(new ExampleLife(8, 30, ""), width, scheme);

        assertThat(browser.barriers(page)).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("no scrolling sideways")
                .isEqualTo(true);
    }

    @Test
    void whatTheDataSaysIsReadAndNotDone() throws IOException {
        Page page = shown(new ExampleLife(8, 30, HOSTILE), 1440, ColorScheme.LIGHT);

        assertThat(page.locator("script, img, iframe, [onload], [onerror]").count())
                .isZero();
        assertThat(page.locator("body").innerText()).contains("<script>alert(1)</script>");
        assertThat(page.title()).contains("tutor");
    }

    @Test
    void theLossIsDrawn() throws IOException {
        Page page = shown(new ExampleLife(3, 30, ""), 1440, ColorScheme.LIGHT);

        Object height = page.evaluate("document.querySelector('figure path.line').getBoundingClientRect().height");
        assertThat(((Number) Objects.requireNonNull(height)).doubleValue()).isGreaterThan(20);
    }

    private Page shown(ExampleLife life, int width, ColorScheme scheme) throws IOException {
        Path report = folder.resolve("report.html");
        Files.writeString(report, life.report(folder.resolve("base")));
        Page page = browser.page(width, 900, scheme);
        page.navigate(report.toUri().toString());
        return page;
    }
}
