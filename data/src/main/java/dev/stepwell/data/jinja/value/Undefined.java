package dev.stepwell.data.jinja.value;

import dev.stepwell.data.jinja.FailureKind;

/// What a name or an attribute that does not exist is worth: nothing when printed, false when asked, and an error in
/// any other use.
public final class Undefined implements Value {
    private final FailureKind kind;
    private final String problem;

    private Undefined(FailureKind kind, String problem) {
        this.kind = kind;
        this.problem = problem;
    }

    /// A variable that does not exist.
    public static Undefined variable(String name) {
        return because("'" + name + "' is undefined");
    }

    /// An attribute or a key that a value does not have.
    public static Undefined attribute(Value owner, String name) {
        return because(Repr.quote(described(owner)) + " has no attribute " + Repr.quote(name));
    }

    /// An element that a value does not have.
    public static Undefined element(Value owner, Value key) {
        if (key instanceof Str name) {
            return attribute(owner, name.text());
        }
        return because(described(owner) + " has no element " + Repr.brief(key));
    }

    /// An attribute that the sandbox hides.
    public static Undefined unsafe(Value owner, String name) {
        return new Undefined(
                FailureKind.SECURITY,
                "access to attribute " + Repr.quote(name) + " of " + Repr.quote(owner.type()) + " object is unsafe.");
    }

    /// Undefined for another reason.
    public static Undefined because(String problem) {
        return new Undefined(FailureKind.UNDEFINED, problem);
    }

    /// What using it raises.
    public Fault fault() {
        return Fault.of(kind, problem);
    }

    @Override
    public String type() {
        return "Undefined";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Undefined;
    }

    @Override
    public int hashCode() {
        return Undefined.class.hashCode();
    }

    private static String described(Value owner) {
        return owner == None.NONE ? "None" : owner.type() + " object";
    }
}
