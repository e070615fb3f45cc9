package dev.stepwell.data.judge;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What a pattern finds last in both texts is the same: the end of a chain of thought, say. Where it has a group, the
/// first group is compared, else all that it matched. What it does not find in the golden answer makes none right.
///
/// @param pattern matched anywhere in a text
record PatternJudge(Pattern pattern) implements Judge {
    @Override
    public boolean right(String prompt, String golden, String answer) {
        Optional<String> wanted = found(golden);
        return wanted.isPresent() && wanted.equals(found(answer));
    }

    private Optional<String> found(String text) {
        return pattern.matcher(BoundedText.of(text))
                .results()
                .reduce((_, later) -> later)
                .map(PatternJudge::part);
    }

    private static String part(MatchResult match) {
        String group = match.groupCount() > 0 ? match.group(1) : match.group();
        return group == null ? "" : group.strip();
    }
}
