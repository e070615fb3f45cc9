package dev.stepwell.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Files: those that wait, those that are done, and those that are sent.
class QueueInBrowserTest extends DaemonInBrowser {
    private static final String ROWS = "{\"prompt\": \"up or down?\", \"completion\": \"up\"}\n";

    QueueInBrowserTest() throws IOException {}

    @Test
    void theQueueIsShownAndChangedAndRefusedRowsAreAClickAway() throws Exception {
        Page page = opened();
        Locator waiting = row(page, "d.jsonl");
        waiting.getByText("Hold").click();
        assertThat(waiting).containsText("held", contained());
        waiting.getByText("Release").click();
        assertThat(waiting).containsText("waiting", contained());

        Locator first = done(page, HOSTILE_NAME);
        assertThat(first).containsText(Pattern.compile("\\d\\.\\d{3} → \\d\\.\\d{3}"), contained());
        done(page, "b.jsonl").getByLabel("1 row of b.jsonl refused: show which").click();

        assertThat(page.locator("#details tbody tr")).hasText(Pattern.compile("11not valid JSON.*"), text());
        assertThat(page.locator("#details")).containsText("1 row: 0 usable, 1 refused");
    }

    @Test
    void whoWorksByKeyboardStaysWhereTheyAreWhenARowChangesOrGoes() throws Exception {
        Page page = opened();
        Locator waiting = row(page, "d.jsonl");
        page.getByLabel("Hold d.jsonl").focus();
        page.keyboard().press("Enter");
        assertThat(waiting).containsText("held", contained());
        assertThat(page.getByLabel("Release d.jsonl")).isFocused();

        page.keyboard().press("Tab");
        assertThat(page.getByLabel("Remove d.jsonl")).isFocused();
        page.keyboard().press("Enter");

        assertThat(done(page, "d.jsonl")).containsText("removed", contained());
        assertThat(page.locator("#queue-rows button").first()).isFocused();
    }

    @Test
    void aPriorityIsChangedWithoutTakingTheListAwayFromWhoChangesIt() throws Exception {
        Page page = opened();
        Locator priority = page.getByLabel("Priority of d.jsonl");
        priority.focus();
        priority.selectOption("low");

        assertThat(page.getByLabel("Priority of d.jsonl")).hasValue("low");
        assertThat(page.getByLabel("Priority of d.jsonl")).isFocused();
        page.reload();
        assertThat(page.getByLabel("Priority of d.jsonl"))
                .hasValue("low", new LocatorAssertions.HasValueOptions().setTimeout(PATIENCE_MS));
    }

    @Test
    void aFileThatIsChosenIsQueuedAndOneThatIsNoDataIsRefusedByName() throws Exception {
        Page page = opened();
        page.locator("#chosen").setInputFiles(new FilePayload[] {
            new FilePayload("chosen.jsonl", "application/jsonl", ROWS.getBytes(StandardCharsets.UTF_8)),
            new FilePayload("notes.txt", "text/plain", "no data".getBytes(StandardCharsets.UTF_8))
        });

        assertThat(page.locator("#uploads"))
                .containsText("notes.txt was not taken: 'notes.txt' is not named like a data file", contained());
        assertThat(row(page, "chosen.jsonl")).containsText("waiting", contained());
        page.getByLabel("Dismiss notes.txt").click();
        assertThat(page.locator("#uploads")).not().containsText("notes.txt");
    }

    @Test
    void aFileThatIsDroppedIsQueued() throws Exception {
        Page page = opened();
        JSHandle dropped = page.evaluateHandle("""
                () => {
                  const all = new DataTransfer();
                  all.items.add(new File(['{"prompt": "up?", "completion": "up"}\\n'], 'dropped.jsonl'));
                  return all;
                }""");
        page.dispatchEvent("body", "dragover", Map.of("dataTransfer", dropped));
        assertThat(page.locator("body.dropping")).isVisible();

        page.dispatchEvent("body", "drop", Map.of("dataTransfer", dropped));

        assertThat(row(page, "dropped.jsonl")).containsText("waiting", contained());
        assertThat(page.locator("body.dropping")).hasCount(0);
    }
}
