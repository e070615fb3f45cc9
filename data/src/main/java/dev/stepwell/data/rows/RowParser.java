package dev.stepwell.data.rows;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;

/// One JSON object to a row, or to the reason why it is none.
///
/// It has one of these shapes; further keys are passed over:
///
/// | keys | values |
/// |---|---|
/// | `messages` | list of objects with `role` and `content`; beside it `tools`, `system` |
/// | `prompt`, `completion` | texts, or lists of such messages |
/// | `text` | text |
/// | `instruction`, `output` | texts; beside them `input`, `system`, `history` |
/// | `conversations` | list of objects with `from` and `value`; beside it `tools`, `system` |
/// | those of a [FieldMapping] | as it says; it goes before all others |
///
/// A key whose value is `null` counts as absent, as tables exported to JSON have it. A key that occurs twice in one
/// object, two shapes at once, anything after the object, and text that Unicode cannot express (half a surrogate
/// pair) are refused. Safe to use from any thread.
final class RowParser {
    private final Container container;
    private final RowFields fields;

    RowParser(Container container, FieldMapping mapping) {
        this.container = container;
        this.fields = new RowFields(mapping);
    }

    /// Never throws for anything that `text` holds.
    ParsedRow parse(String text) {
        if (text.isBlank()) {
            return new ParsedRow.Refused(-1, "empty line", false);
        }
        try (JsonParser parser = RowJson.parser(text)) {
            return read(parser, text);
        } catch (RowProblemException problem) {
            return new ParsedRow.Refused((int) Math.min(problem.offset(), text.length()), problem.reason(), false);
        }
    }

    private ParsedRow read(JsonParser parser, String text) {
        try {
            RowDraft draft = readObject(parser);
            requireEnd(parser);
            return draft.toRow();
        } catch (JacksonException fault) {
            long offset = JsonFault.offset(text, fault, parser.currentLocation().getCharOffset());
            return new ParsedRow.Refused(
                    Math.clamp(offset, 0, text.length()), JsonFault.describe(fault), isBroken(fault));
        }
    }

    private static boolean isBroken(JacksonException fault) {
        return !(fault instanceof StreamConstraintsException) && !JsonFault.isDuplicate(fault);
    }

    private RowDraft readObject(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new RowProblemException(
                    JsonValues.offset(parser),
                    "expected %s, found %s".formatted(container.rows(), JsonValues.describe(first)));
        }
        RowDraft draft = new RowDraft(fields);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            draft.accept(parser);
        }
        return draft;
    }

    private void requireEnd(JsonParser parser) {
        try {
            if (parser.nextToken() == null) {
                return;
            }
        } catch (JacksonException _) {
            // Whatever it is, it should not be there; what is wrong inside it does not matter.
        }
        throw new RowProblemException(
                JsonValues.offset(parser), "something follows the object: %s is expected".formatted(container.rows()));
    }
}
