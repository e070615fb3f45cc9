package dev.stepwell.data.rows;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// One line of JSON Lines to a row, or to the reason why it is none.
///
/// A row is one JSON object that has one of these shapes; further keys are passed over:
///
/// | keys | values |
/// |---|---|
/// | `messages` | list of objects with `role` (`system`, `user`, `assistant`, `tool`) and `content` (text) |
/// | `prompt`, `completion` | texts |
/// | `text` | text |
///
/// A key whose value is `null` counts as absent, as tables exported to JSON have it. A key that occurs twice in one
/// object, two shapes at once, anything after the object, and text that Unicode cannot express (half a surrogate
/// pair) are refused. Safe to use from any thread.
public final class RowParser {
    /// Objects and lists within each other.
    static final int DEEPEST = 200;

    private final JsonFactory json = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /// Never throws for anything that `line` holds.
    public ParsedRow parse(String line) {
        if (line.isBlank()) {
            return new ParsedRow.Refused(0, "empty line");
        }
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), line)) {
            return new ParsedRow.Usable(read(parser, line));
        } catch (RowProblemException problem) {
            return new ParsedRow.Refused(column(line, problem.offset()), problem.reason());
        }
    }

    private static Row read(JsonParser parser, String line) {
        try {
            RowDraft draft = readObject(parser);
            requireEnd(parser);
            return draft.toRow();
        } catch (JacksonException fault) {
            long stoppedAt = parser.currentLocation().getCharOffset();
            throw new RowProblemException(JsonFault.offset(line, fault, stoppedAt), JsonFault.describe(fault));
        }
    }

    private static RowDraft readObject(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new RowProblemException(
                    JsonValues.offset(parser), "expected one JSON object a line, found " + JsonValues.describe(first));
        }
        RowDraft draft = new RowDraft();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            draft.accept(key, parser);
        }
        return draft;
    }

    private static void requireEnd(JsonParser parser) {
        try {
            if (parser.nextToken() == null) {
                return;
            }
        } catch (JacksonException _) {
            // Whatever it is, it should not be there; what is wrong inside it does not matter.
        }
        throw new RowProblemException(
                JsonValues.offset(parser), "something follows the object: one JSON object a line is expected");
    }

    private static int column(String line, long offset) {
        return offset < 0 ? 0 : line.codePointCount(0, (int) Math.min(offset, line.length())) + 1;
    }
}
