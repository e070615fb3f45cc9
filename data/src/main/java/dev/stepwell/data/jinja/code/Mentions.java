package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.syntax.Expression;
import dev.stepwell.data.jinja.syntax.Statement;
import dev.stepwell.data.jinja.syntax.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which of some special names (`caller`, `kwargs`, `varargs`, `loop`) a body reads before it assigns to them, in
/// whatever is inside of it: Jinja provides them only then.
final class Mentions {
    private final Set<String> sought;
    private final Set<String> found = new HashSet<>();

    private Mentions(Set<String> sought) {
        this.sought = new HashSet<>(sought);
    }

    static Set<String> in(List<Statement> body, Set<String> names) {
        Mentions mentions = new Mentions(names);
        body.forEach(mentions::visit);
        return mentions.found;
    }

    private void visit(Statement statement) {
        switch (statement) {
            case Statement.Text _, Statement.Break _, Statement.Continue _ -> {}
            case Statement.Generation generation -> visitAll(generation.body());
            case Statement.Print print -> visit(print.value());
            case Statement.Assign assign -> {
                visit(assign.target());
                visit(assign.value());
            }
            case Statement.AssignBlock assign -> {
                visit(assign.target());
                visit(assign.filter());
                visitAll(assign.body());
            }
            case Statement.If condition -> {
                Statement.Branch first = condition.branches().getFirst();
                visit(first.test());
                visitAll(first.body());
                condition.branches().stream().skip(1).forEach(branch -> {
                    visit(branch.test());
                    visitAll(branch.body());
                });
                visitAll(condition.otherwise());
            }
            case Statement.For loop -> {
                visit(loop.target());
                visit(loop.iterable());
                visitAll(loop.body());
                visitAll(loop.otherwise());
                visit(loop.test());
            }
            case Statement.Macro macro -> visit(macro.parameters(), macro.body());
            case Statement.CallBlock block -> {
                visit(block.call());
                visit(block.parameters(), block.body());
            }
            case Statement.FilterBlock block -> {
                visitAll(block.body());
                visit(block.filter());
            }
            case Statement.With with -> {
                with.targets().forEach(this::visit);
                with.values().forEach(this::visit);
                visitAll(with.body());
            }
        }
    }

    private void visitAll(List<Statement> body) {
        body.forEach(this::visit);
    }

    private void visit(List<Statement.Parameter> parameters, List<Statement> body) {
        parameters.forEach(parameter -> sought.remove(parameter.name()));
        parameters.forEach(parameter -> visit(parameter.otherwise()));
        visitAll(body);
    }

    private void visit(Target target) {
        switch (target) {
            case Target.Variable variable -> sought.remove(variable.name());
            case Target.Member _ -> {}
            case Target.Unpacked unpacked -> unpacked.targets().forEach(this::visit);
        }
    }

    private void visit(@Nullable Expression expression) {
        if (expression instanceof Expression.Name name) {
            if (sought.contains(name.name())) {
                found.add(name.name());
            }
        } else if (expression != null) {
            expression.children().forEach(this::visit);
        }
    }
}
