package dev.stepwell.data.rows;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// How JSON is read that stands in rows.
final class RowJson {
    /// Objects and lists within each other.
    static final int DEEPEST = 200;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private RowJson() {}

    static JsonParser parser(String text) {
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    /// What a text inside a row says, if it is JSON.
    sealed interface Written {
        /// It is JSON.
        ///
        /// @param value as [JsonTree#read] gives it
        record Value(@Nullable Object value) implements Written {}

        /// It is not.
        ///
        /// @param reason why it is none, or none that can be used
        record Not(String reason) implements Written {}
    }

    /// Reads JSON that a row holds as a text.
    ///
    /// @param what the text's name in messages
    static Written read(String text, String what) {
        try (JsonParser parser = parser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return new Written.Not("it is empty");
            }
            Object value = new JsonTree().read(parser, what);
            return parser.nextToken() == null
                    ? new Written.Value(value)
                    : new Written.Not("something follows the JSON");
        } catch (RowProblemException problem) {
            return new Written.Not(problem.reason());
        } catch (JacksonException fault) {
            return new Written.Not(JsonFault.describe(fault));
        }
    }
}
