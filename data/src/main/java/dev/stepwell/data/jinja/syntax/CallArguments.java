package dev.stepwell.data.jinja.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands in the parentheses of a call.
///
/// @param positional  values by position
/// @param named       values by name
/// @param spread      `*values`
/// @param spreadNamed `**values`
public record CallArguments(
        List<Expression> positional,
        List<Keyword> named,
        @Nullable Expression spread,
        @Nullable Expression spreadNamed) {
    /// No parentheses, or nothing in them.
    public static final CallArguments NONE = new CallArguments(List.of(), List.of(), null, null);

    /// `name=value`.
    public record Keyword(String name, Expression value) {}

    /// All expressions, with another.
    List<Expression> with(@Nullable Expression target) {
        List<Expression> all = new ArrayList<>(positional);
        named.forEach(keyword -> all.add(keyword.value()));
        all.addAll(Height.present(target, spread, spreadNamed));
        return all;
    }
}
