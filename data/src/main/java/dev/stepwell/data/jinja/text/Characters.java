package dev.stepwell.data.jinja.text;

/// Which characters Python takes for what. `str.isspace` and its kin follow Unicode, and so does Java, but not always
/// by the same property.
public final class Characters {
    private Characters() {}

    /// Whether `strip`, `split` and `\s` take it for whitespace.
    public static boolean isSpace(int point) {
        if (point < 0x80) {
            return point == ' ' || (point >= '\t' && point <= '\r') || (point >= 0x1c && point <= 0x1f);
        }
        return switch (point) {
            case 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000 -> true;
            default -> point >= 0x2000 && point <= 0x200a;
        };
    }

    /// Whether `splitlines` ends a line there.
    public static boolean isLineEnd(int point) {
        return (point >= '\n' && point <= '\r')
                || (point >= 0x1c && point <= 0x1e)
                || point == 0x85
                || point == 0x2028
                || point == 0x2029;
    }

    /// Whether `repr` writes it as it is.
    public static boolean isPrintable(int point) {
        if (point == ' ') {
            return true;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    /// Whether it is a small letter, a capital, or one in title case.
    public static boolean isCased(int point) {
        return Character.isLowerCase(point) || Character.isUpperCase(point) || Character.isTitleCase(point);
    }

    /// Whether it does not count when it is asked what stands beside a letter.
    static boolean isCaseIgnorable(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_LETTER,
                    Character.MODIFIER_SYMBOL -> true;
            default ->
                switch (point) {
                    case '\'', '.', ':', 0xb7, 0x387, 0x55f, 0x5f4, 0x2018, 0x2019, 0x2024, 0x2027 -> true;
                    case 0xfe13, 0xfe52, 0xfe55, 0xff07, 0xff0e, 0xff1a -> true;
                    default -> false;
                };
        };
    }

    /// Whether `isdecimal` takes it for one.
    public static boolean isDecimal(int point) {
        return Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER;
    }

    /// Whether `isdigit` takes it for one: digits in circles, above and below the line are some, too.
    public static boolean isDigit(int point) {
        return isDecimal(point) || NumericRanges.isDigit(point);
    }

    /// Whether `isnumeric` takes it for one: fractions and numbers of other scripts are, too.
    public static boolean isNumeric(int point) {
        return switch (Character.getType(point)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> NumericRanges.isIdeograph(point);
        };
    }

    /// Whether `isalnum` takes it for one.
    public static boolean isAlphanumeric(int point) {
        return Character.isLetter(point) || isNumeric(point);
    }
}
