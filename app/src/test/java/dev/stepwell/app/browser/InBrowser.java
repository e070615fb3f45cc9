package dev.stepwell.app.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/// What all tests of the dashboard in a browser share: the browser, and patience with a machine that is busy.
abstract class InBrowser {
    static final double PATIENCE_MS = 30_000;

    @SuppressWarnings("NullAway.Init")
    static Browser browser;

    @BeforeAll
    static void openBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    @SuppressWarnings("NullAway") // Not there where there is no browser.
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void nothingWentWrongInThePage() {
        browser.assertSound();
    }

    static Page opened(String link) {
        return opened(link, 1440, ColorScheme.LIGHT);
    }

    static Page opened(String link, int width, ColorScheme scheme) {
        Page page = browser.page(width, 900, scheme);
        page.navigate(link);
        shown(page);
        return page;
    }

    /// Returns when there is something to see.
    static void shown(Page page) {
        PlaywrightAssertions.assertThat(page.locator("#dashboard"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS));
    }

    static void press(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    static LocatorAssertions.HasTextOptions text() {
        return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MS);
    }

    static LocatorAssertions.HasAttributeOptions attribute() {
        return new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE_MS);
    }

    static LocatorAssertions.ContainsTextOptions contained() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS);
    }
}
