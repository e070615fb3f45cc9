package dev.stepwell.data.rows;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/// What a JSON parser's exception means to someone who reads a report: its own message carries class names, limits of
/// the library and pieces of the source.
public final class JsonFault {
    private static final int LONGEST = 120;
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate Object property \"(.*)\"", Pattern.DOTALL);
    private static final Pattern CODE =
            Pattern.compile(" (\\(code \\d+( / 0x[0-9a-fA-F]+)?\\)|\\(\\(CTRL-CHAR, code \\d+\\)\\))");
    private static final Pattern TAIL = Pattern.compile(
            "(: was expecting \\(| \\(for (Array|Object) starting at |: enable `|\\s*\\(start marker at |\\R).*",
            Pattern.DOTALL);

    private JsonFault() {}

    /// Where the fault is in `line`, in `char`s.
    ///
    /// @param stoppedAt where the parser was when it gave up
    static long offset(String line, JacksonException fault, long stoppedAt) {
        long offset =
                fault.getLocation() == null ? stoppedAt : fault.getLocation().getCharOffset();
        Matcher duplicate = DUPLICATE.matcher(fault.getOriginalMessage());
        if (duplicate.find()) {
            int key = line.lastIndexOf('"' + duplicate.group(1) + '"', (int) offset);
            return key < 0 ? offset : key;
        }
        return isNesting(fault) ? offset - 1 : offset; // The parser stands behind the bracket.
    }

    private static boolean isNesting(JacksonException fault) {
        return fault instanceof StreamConstraintsException
                && fault.getOriginalMessage().contains("nesting");
    }

    /// Whether all that is wrong is a key that occurs twice.
    static boolean isDuplicate(JacksonException fault) {
        return DUPLICATE.matcher(fault.getOriginalMessage()).find();
    }

    public static String describe(JacksonException fault) {
        String message = fault.getOriginalMessage();
        Matcher duplicate = DUPLICATE.matcher(message);
        if (duplicate.find()) {
            return "the key " + Quoted.of(duplicate.group(1)) + " occurs twice in one object";
        }
        return switch (fault) {
            case StreamConstraintsException _
            when isNesting(fault) -> "nested deeper than %d levels".formatted(RowJson.DEEPEST);
            case StreamConstraintsException _ -> "not valid JSON: a key or number is too long";
            case UnexpectedEndOfInputException _ -> "not valid JSON: the line ends in the middle of it";
            default -> "not valid JSON: " + tidy(message);
        };
    }

    private static String tidy(String message) {
        String told = TAIL.matcher(CODE.matcher(message).replaceAll("")).replaceFirst("");
        return Quoted.shorten(Character.toLowerCase(told.charAt(0)) + told.substring(1), LONGEST);
    }
}
