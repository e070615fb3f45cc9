package dev.stepwell.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Who gets in, and what those are told who do not.
class SignInBrowserTest extends DaemonInBrowser {
    SignInBrowserTest() throws IOException {}

    @Test
    void whoHasTheTokenMayTypeIt() throws Exception {
        String place = link().replaceFirst("#.*", "");
        Page page = browser.page(1440, 900, ColorScheme.LIGHT);
        page.navigate(place);
        page.getByLabel("Or enter the token").fill("not the token");
        press(page, "Open");
        assertThat(page.locator("#token-why")).hasText("This is not the token.", text());
        assertThat(page.locator("#dashboard")).isHidden();

        page.getByLabel("Or enter the token")
                .fill(JsonMapper.shared()
                        .readTree(Files.readAllBytes(folder.resolve("run/daemon.json")))
                        .get("token")
                        .asString());
        press(page, "Open");

        shown(page);
        page.reload();
        assertThat(page.locator("#state")).hasText("Training", text());
    }

    @Test
    void whoComesByAUsedLinkIsToldSoAndHowToGetAnother() throws Exception {
        String link = link();
        opened(link);

        Page late = browser.page(1440, 900, ColorScheme.LIGHT);
        late.navigate(link);

        assertThat(late.locator("#login-why")).containsText("This link has been used.", contained());
        assertThat(late.locator("#login")).containsText("./stepwell dashboard", contained());
        assertThat(late.locator("#state")).hasText("Not signed in");
        assertThat(late.locator("#dashboard")).isHidden();
        assertThat(browser.barriers(late)).isEmpty();
    }

    @Test
    void whoIsSignedOutIsToldSo() throws Exception {
        Page page = opened();
        Files.delete(folder.resolve("run/sessions.key"));
        daemon.destroyForcibly().waitFor();

        daemon = workshop.process("run");

        assertThat(page.locator("#login-why")).hasText("This browser is not signed in any more.", text());
        assertThat(page.locator("#dashboard")).isHidden();
    }
}
