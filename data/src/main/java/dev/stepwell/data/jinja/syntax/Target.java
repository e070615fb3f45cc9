package dev.stepwell.data.jinja.syntax;

import java.util.List;

/// What a value is assigned to.
public sealed interface Target {
    /// A variable.
    record Variable(int line, String name) implements Target {}

    /// An attribute of a namespace.
    record Member(int line, String namespace, String attribute) implements Target {}

    /// As many targets as the value has elements.
    record Unpacked(int line, List<Target> targets) implements Target {}
}
