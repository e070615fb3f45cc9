package dev.stepwell.data.judge;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The last number in both texts is the same: `42`, `42.0`, `$42` and `4.2e1` are one number, `1,000` is a thousand.
/// Compared as decimals, digit for digit, with nothing rounded. A golden answer without a number makes none right.
record NumberJudge() implements Judge {
    /// A sign, unless it joins what stands before it; digits with commas between groups of three, or without; a
    /// fraction;
    /// an exponent.
    private static final Pattern NUMBER = Pattern.compile("(?:(?<![\\p{L}\\p{N}])[-+\u2212])?"
            + "(?:(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?|\\.\\d+)"
            + "(?:[eE][-+]?\\d{1,3}(?!\\d))?");

    @Override
    public boolean right(String prompt, String golden, String answer) {
        Optional<BigDecimal> wanted = last(golden);
        Optional<BigDecimal> given = last(answer);
        return wanted.isPresent() && given.isPresent() && wanted.get().compareTo(given.get()) == 0;
    }

    private static Optional<BigDecimal> last(String text) {
        return NUMBER.matcher(BoundedText.of(text))
                .results()
                .map(MatchResult::group)
                .reduce((_, later) -> later)
                .map(found -> new BigDecimal(found.replace(",", "").replace('\u2212', '-')));
    }
}
