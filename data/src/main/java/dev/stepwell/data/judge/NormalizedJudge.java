package dev.stepwell.data.judge;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// The same words: letters and digits of both texts, in compatibility form (NFKC), in lower case, with one blank for
/// whatever stands between them. Accents and articles count.
record NormalizedJudge() implements Judge {
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    @Override
    public boolean right(String prompt, String golden, String answer) {
        String wanted = normalized(golden);
        // Of a text without words, such as "?!", nothing would be left to compare.
        return wanted.isEmpty() ? EXACT.right(prompt, golden, answer) : wanted.equals(normalized(answer));
    }

    private static String normalized(String text) {
        String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return BETWEEN.matcher(lower).replaceAll(" ").strip();
    }
}
