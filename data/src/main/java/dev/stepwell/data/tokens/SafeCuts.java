package dev.stepwell.data.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Where a text can be cut so that the ids of its parts, one behind the other, are those of the whole.
///
/// ```
///  The| tiles,|  and| then⏎⏎the| clue:⏎|d-m-s
/// ```
///
/// Tokenizers that work on bytes split a text into words by a regular expression, and give each word its ids alone. In
/// all expressions that are known here, a word has a space only in front or among nothing but white space, and a line
/// feed never in front of anything visible. So a word ends where a space follows something that is no white space, and
/// behind a single line feed; what becomes of several depends on what follows them. Only places beside characters that
/// every version of Unicode agrees about are used; so this needs to know nothing else of an expression. A part may
/// hold several words, or a whole text in another script.
final class SafeCuts {
    /// Behind it are scripts that are not written in words, or whose letters are younger than some library.
    private static final char END_OF_ARMENIAN = '\u0590';

    private static final char FIRST_VISIBLE = '!';
    private static final char LAST_ASCII = '~';

    /// GPT-2's own expression is part of its pre-tokenizer and has no text in the file.
    static final Set<String> EXPRESSIONS = Set.of(
            // Llama 3
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            // Qwen 2 and 3
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            // Mistral NeMo
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");

    private static final Pattern SPACE_WITHIN = Pattern.compile("[^ ] ");

    private SafeCuts() {}

    /// Whether a tokenizer is of a kind for which this is true.
    ///
    /// @param root of its `tokenizer.json`
    static boolean holdFor(JsonNode root) {
        JsonNode split = root.path("pre_tokenizer");
        String normalizer = root.path("normalizer").path("type").asString("");
        return (split.path("type").asString("").equals("Sequence") ? all(split.path("pretokenizers")) : known(split))
                && (normalizer.isEmpty() || normalizer.equals("NFC"))
                && root.path("model").path("dropout").asDouble(0) == 0
                && StreamSupport.stream(root.path("added_tokens").spliterator(), false)
                        .noneMatch(SafeCuts::reachesOut);
    }

    private static boolean all(JsonNode steps) {
        return steps.size() > 0
                && StreamSupport.stream(steps.spliterator(), false).allMatch(SafeCuts::known);
    }

    private static boolean known(JsonNode step) {
        return switch (step.path("type").asString("")) {
            case "ByteLevel" -> !step.path("add_prefix_space").asBoolean(true);
            case "Digits" -> true;
            case "Split" ->
                EXPRESSIONS.contains(step.path("pattern").path("Regex").asString(""))
                        && step.path("behavior").asString("").equals("Isolated")
                        && !step.path("invert").asBoolean(false);
            default -> false;
        };
    }

    /// Whether an added token takes spaces beside it along, or has some in it, so that a cut might go through it.
    private static boolean reachesOut(JsonNode added) {
        return added.path("lstrip").asBoolean(false)
                || added.path("rstrip").asBoolean(false)
                || added.path("single_word").asBoolean(false)
                || SPACE_WITHIN.matcher(added.path("content").asString("")).find();
    }

    /// The parts of `text`, which are `text` again when they are joined.
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 1; i < text.length(); i++) {
            char before = text.charAt(i - 1);
            char after = text.charAt(i);
            boolean ends = after == ' '
                    ? endsWord(before)
                    : before == '\n' && isVisible(after) && i > 1 && endsWord(text.charAt(i - 2));
            if (ends) {
                parts.add(text.substring(from, i));
                from = i;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    /// Whether a word ends behind it where a space follows.
    static boolean endsWord(char c) {
        return isVisible(c) || (c < END_OF_ARMENIAN && Character.isLetter(c));
    }

    private static boolean isVisible(char c) {
        return c >= FIRST_VISIBLE && c <= LAST_ASCII;
    }
}
