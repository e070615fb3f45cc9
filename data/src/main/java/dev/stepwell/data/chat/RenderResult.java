package dev.stepwell.data.chat;

import dev.stepwell.data.jinja.TemplateException;
import dev.stepwell.data.jinja.TemplateRaisedException;
import dev.stepwell.data.rows.Row;
import java.time.Clock;

/// What came of writing a row.
sealed interface RenderResult {
    /// It is written.
    record Written(RenderedRow row) implements RenderResult {}

    /// It cannot be.
    ///
    /// @param reason for users
    record Refused(String reason) implements RenderResult {}

    /// Writes `row`, or says why not.
    static RenderResult of(RowRenderer renderer, Row row, Clock clock) {
        try {
            return new Written(renderer.render(row, clock));
        } catch (TemplateRaisedException e) {
            return new Refused("the model's chat template refuses it: " + e.getMessage());
        } catch (TemplateException e) {
            return new Refused("the model's chat template fails on it: " + e.getMessage());
        } catch (TurnNotFoundException | NoTemplateException e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
    }
}
