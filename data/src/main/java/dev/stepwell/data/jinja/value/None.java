package dev.stepwell.data.jinja.value;

/// Python's `None`.
public enum None implements Value {
    /// The only one.
    NONE;

    @Override
    public String type() {
        return "NoneType";
    }
}
