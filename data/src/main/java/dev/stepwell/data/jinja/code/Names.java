package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.syntax.Expression;
import dev.stepwell.data.jinja.syntax.Statement;
import dev.stepwell.data.jinja.syntax.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the names in a part of a template and tells its scope of them. Does not go into what has a scope of its own.
final class Names {
    private Scope scope;

    private Names(Scope scope) {
        this.scope = scope;
    }

    static void visitAll(Scope scope, List<Statement> body) {
        Names names = new Names(scope);
        body.forEach(names::visit);
    }

    static void visit(Scope scope, @Nullable Expression expression) {
        new Names(scope).visit(expression);
    }

    /// The variables of this target are parameters of the scope.
    static void parameters(Scope scope, Target target) {
        switch (target) {
            case Target.Variable variable -> scope.parameter(variable.name());
            case Target.Member member -> scope.load(member.namespace());
            case Target.Unpacked unpacked -> unpacked.targets().forEach(part -> parameters(scope, part));
        }
    }

    private void visit(Statement statement) {
        switch (statement) {
            case Statement.Text _, Statement.Generation _, Statement.Break _, Statement.Continue _ -> {}
            case Statement.Print print -> visit(print.value());
            case Statement.Assign assign -> {
                visit(assign.value());
                store(assign.target());
            }
            case Statement.AssignBlock assign -> store(assign.target());
            case Statement.If condition -> visit(condition.branches(), condition.otherwise());
            case Statement.For loop -> visit(loop.iterable());
            case Statement.Macro macro -> scope.store(macro.name());
            case Statement.CallBlock block -> visit(block.call());
            case Statement.FilterBlock block -> visit(block.filter());
            case Statement.With with -> with.values().forEach(this::visit);
        }
    }

    private void visit(List<Statement.Branch> branches, List<Statement> otherwise) {
        visit(branches.getFirst().test());
        Scope before = scope;
        Scope then = before.copy();
        scope = then;
        branches.getFirst().body().forEach(this::visit);
        Scope elseIf = before.copy();
        scope = elseIf;
        branches.stream().skip(1).forEach(branch -> visit(List.of(branch), List.of()));
        Scope last = before.copy();
        scope = last;
        otherwise.forEach(this::visit);
        scope = before;
        scope.merge(List.of(then, elseIf, last));
    }

    private void store(Target target) {
        switch (target) {
            case Target.Variable variable -> scope.store(variable.name());
            case Target.Member member -> scope.load(member.namespace());
            case Target.Unpacked unpacked -> unpacked.targets().forEach(this::store);
        }
    }

    private void visit(@Nullable Expression expression) {
        if (expression instanceof Expression.Name name) {
            scope.load(name.name());
        } else if (expression != null) {
            expression.children().forEach(this::visit);
        }
    }
}
