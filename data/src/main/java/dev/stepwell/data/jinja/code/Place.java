package dev.stepwell.data.jinja.code;

/// Where in a template something is compiled.
///
/// @param function whose frame it runs in
/// @param scope    which variables it knows
/// @param level    how deep in its function it is
/// @param soft     whether it is directly in a condition, where unknown filters fail only when they are used
/// @param inLoop   whether there is a loop to break
record Place(Function function, Scope scope, int level, boolean soft, boolean inLoop) {
    private static final int LEVELS = 2;

    /// The body of a condition here.
    Place softly() {
        return new Place(function, scope, level + LEVELS, true, inLoop);
    }

    /// An expression here that is a condition's.
    Place softExpression() {
        return soft ? this : new Place(function, scope, level, true, inLoop);
    }

    /// A body with variables of its own.
    Place inner(Scope innerScope, boolean innerLoop) {
        return new Place(function, innerScope, level + LEVELS, false, innerLoop);
    }

    /// A body with a frame of its own.
    static Place of(Function function, Scope scope, boolean inLoop) {
        return new Place(function, scope, LEVELS, false, inLoop);
    }
}
