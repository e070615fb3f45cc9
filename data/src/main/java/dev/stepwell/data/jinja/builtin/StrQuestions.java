package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.text.Characters;
import dev.stepwell.data.jinja.value.Bool;
import dev.stepwell.data.jinja.value.Str;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/// Methods of strings that ask what characters they are made of.
final class StrQuestions {
    private StrQuestions() {}

    static void addTo(Map<String, Method> methods) {
        methods.put("isalpha", all("isalpha", Character::isLetter));
        methods.put("isalnum", all("isalnum", Characters::isAlphanumeric));
        methods.put("isdecimal", all("isdecimal", Characters::isDecimal));
        methods.put("isdigit", all("isdigit", Characters::isDigit));
        methods.put("isnumeric", all("isnumeric", Characters::isNumeric));
        methods.put("isspace", all("isspace", Characters::isSpace));
        methods.put("islower", question("islower", StrQuestions::isLower));
        methods.put("isupper", question("isupper", StrQuestions::isUpper));
        methods.put("istitle", question("istitle", StrQuestions::isTitle));
        methods.put(
                "isprintable", question("isprintable", text -> text.codePoints().allMatch(Characters::isPrintable)));
        methods.put("isascii", question("isascii", text -> text.chars().allMatch(point -> point < 0x80)));
        methods.put("isidentifier", question("isidentifier", StrQuestions::isIdentifier));
    }

    /// Whether there are small letters, and no others.
    static boolean isLower(String text) {
        return text.codePoints().anyMatch(Character::isLowerCase)
                && text.codePoints().noneMatch(point -> Character.isUpperCase(point) || Character.isTitleCase(point));
    }

    /// Whether there are capitals, and no other letters of either kind.
    static boolean isUpper(String text) {
        return text.codePoints().anyMatch(Character::isUpperCase)
                && text.codePoints().noneMatch(point -> Character.isLowerCase(point) || Character.isTitleCase(point));
    }

    private static boolean isTitle(String text) {
        boolean cased = false;
        boolean inWord = false;
        for (int point : text.codePoints().toArray()) {
            boolean capital = Character.isUpperCase(point) || Character.isTitleCase(point);
            boolean small = Character.isLowerCase(point);
            if (inWord ? capital : small) {
                return false;
            }
            inWord = capital || small;
            cased |= inWord;
        }
        return cased;
    }

    private static boolean isIdentifier(String text) {
        if (text.isEmpty()) {
            return false;
        }
        int first = text.codePointAt(0);
        return (first == '_' || Character.isUnicodeIdentifierStart(first))
                && text.codePoints()
                        .skip(1)
                        .allMatch(point ->
                                Character.isUnicodeIdentifierPart(point) && !Character.isIdentifierIgnorable(point));
    }

    private static Method all(String name, IntPredicate predicate) {
        return question(name, text -> !text.isEmpty() && text.codePoints().allMatch(predicate));
    }

    private static Method question(String name, Predicate<String> predicate) {
        Signature signature = Signature.of("str." + name, 0);
        return (run, owner, arguments) -> {
            signature.bind(arguments);
            Str text = (Str) owner;
            run.budget().read(text.length());
            return Bool.of(predicate.test(text.text()));
        };
    }
}
