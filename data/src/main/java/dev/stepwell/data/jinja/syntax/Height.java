package dev.stepwell.data.jinja.syntax;

import dev.stepwell.data.jinja.TemplateSyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Keeps trees from growing too high.
final class Height {
    /// Levels of one expression.
    static final int MOST = 400;
    /// Brackets and blocks in one another.
    static final int NESTED = 100;

    private Height() {}

    /// One more than the highest of these.
    static int over(int line, List<Expression> parts) {
        int highest = 0;
        for (Expression part : parts) {
            highest = Math.max(highest, part.height());
        }
        if (highest >= MOST) {
            throw new TemplateSyntaxException(line, "an expression has more than " + MOST + " levels");
        }
        return highest + 1;
    }

    /// Those of them that are there.
    static List<Expression> present(@Nullable Expression... expressions) {
        return Arrays.stream(expressions)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }
}
