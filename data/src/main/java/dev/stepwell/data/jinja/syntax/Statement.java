package dev.stepwell.data.jinja.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement of a template's source.
public sealed interface Statement {
    /// Where it begins.
    int line();

    /// Text between tags.
    record Text(int line, String text) implements Statement {}

    /// `{{ value }}`.
    record Print(int line, Expression value) implements Statement {}

    /// `{% set target = value %}`.
    record Assign(int line, Target target, Expression value) implements Statement {}

    /// `{% set target | filter %}…{% endset %}`.
    record AssignBlock(int line, Target target, Expression.@Nullable Filter filter, List<Statement> body)
            implements Statement {}

    /// `{% if %}` with its `elif` branches; `otherwise` is empty where there is no `else`.
    record If(int line, List<Branch> branches, List<Statement> otherwise) implements Statement {}

    /// A condition and what it is for.
    record Branch(int line, Expression test, List<Statement> body) {}

    /// `{% for target in iterable if test recursive %}`.
    record For(
            int line,
            Target target,
            Expression iterable,
            @Nullable Expression test,
            boolean recursive,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {}

    /// `{% macro name(parameters) %}`.
    record Macro(int line, String name, List<Parameter> parameters, List<Statement> body) implements Statement {}

    /// A parameter of a macro.
    record Parameter(String name, @Nullable Expression otherwise) {}

    /// `{% call(parameters) call %}`.
    record CallBlock(int line, List<Parameter> parameters, Expression.Call call, List<Statement> body)
            implements Statement {}

    /// `{% filter filter %}`.
    record FilterBlock(int line, Expression.Filter filter, List<Statement> body) implements Statement {}

    /// `{% with target = value %}`.
    record With(int line, List<Target> targets, List<Expression> values, List<Statement> body) implements Statement {}

    /// `{% generation %}`: what the assistant said.
    record Generation(int line, List<Statement> body) implements Statement {}

    /// `{% break %}`.
    record Break(int line) implements Statement {}

    /// `{% continue %}`.
    record Continue(int line) implements Statement {}
}
