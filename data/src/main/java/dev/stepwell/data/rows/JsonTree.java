package dev.stepwell.data.rows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Builds the values of one row that are kept whole. It builds only so many: a row is bounded in bytes, but a byte or
/// two of JSON can take a hundred in memory.
final class JsonTree {
    private static final int MOST = 1_000_000;

    private int left = MOST;

    /// The current value, with all that is in it, as [Message#extra] describes; leaves the parser at its end.
    ///
    /// @param what the value's name in messages
    /// @throws RowProblemException if a text in it cannot be written as UTF-8, or there is too much in it
    @Nullable
    Object read(JsonParser parser, String what) {
        if (--left < 0) {
            throw new RowProblemException(
                    JsonValues.offset(parser), "%s: the row has more than %,d values in it".formatted(what, MOST));
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, what);
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(read(parser, what));
                }
                yield Collections.unmodifiableList(list);
            }
            case VALUE_STRING -> JsonValues.text(parser, what);
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case null, default -> throw new IllegalStateException("no value begins with " + parser.currentToken());
        };
    }

    private Map<String, @Nullable Object> object(JsonParser parser, String what) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (JsonValues.hasLoneSurrogate(key)) {
                throw JsonValues.loneSurrogate(parser, what);
            }
            parser.nextToken();
            object.put(key, read(parser, what));
        }
        return Collections.unmodifiableMap(object);
    }

    private static Number integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> (Number) parser.getLongValue();
            default -> parser.getBigIntegerValue();
        };
    }
}
