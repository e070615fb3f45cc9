package dev.stepwell.data.rows;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads values of a row and names those that are of the wrong kind.
public final class JsonValues {
    private JsonValues() {}

    /// Where the current token begins, in `char`s of the line.
    static long offset(JsonParser parser) {
        return parser.currentTokenLocation().getCharOffset();
    }

    static String describe(@Nullable JsonToken token) {
        return switch (token) {
            case null -> "nothing";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "something else";
        };
    }

    /// The current token's text.
    ///
    /// @param what the value's name in messages
    /// @throws RowProblemException if it is no text, or one that cannot be written as UTF-8
    static String text(JsonParser parser, String what) {
        return text(parser, () -> what);
    }

    /// The same; the name is only made where it is needed, for texts are most of what is read.
    static String text(JsonParser parser, Supplier<String> what) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new RowProblemException(
                    offset(parser), what.get() + " is " + describe(parser.currentToken()) + ", expected a text");
        }
        String text = parser.getString();
        if (hasLoneSurrogate(text)) {
            throw loneSurrogate(parser, what.get());
        }
        return text;
    }

    /// The number of the current token; what is no number is refused by the same name.
    static double number(JsonParser parser, String what) {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw new RowProblemException(offset(parser), what + " is " + describe(token) + ", expected a number");
        }
        return parser.getDoubleValue();
    }

    /// Leaves the value in which the parser was when it was `depth` deep, whatever was read of it.
    static void leave(JsonParser parser, int depth) {
        parser.skipChildren();
        while (parser.streamReadContext().getNestingDepth() > depth) {
            parser.nextToken();
        }
    }

    static RowProblemException loneSurrogate(JsonParser parser, String what) {
        return new RowProblemException(
                offset(parser), what + " contains half a surrogate pair (\\ud800 to \\udfff), which is no character");
    }

    public static boolean hasLoneSurrogate(String text) {
        int i = 0;
        while (i < text.length()) {
            int character = text.codePointAt(i);
            if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
                return true;
            }
            i += Character.charCount(character);
        }
        return false;
    }
}
