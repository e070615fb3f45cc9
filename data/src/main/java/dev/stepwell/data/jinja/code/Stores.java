package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.syntax.Statement;
import dev.stepwell.data.jinja.syntax.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which names are assigned to in a loop and in whatever is inside of it.
final class Stores {
    private final Set<String> names = new HashSet<>();

    private Stores() {}

    static Set<String> of(Statement.For loop) {
        Stores stores = new Stores();
        stores.visit(loop);
        return stores.names;
    }

    private void visit(Statement statement) {
        switch (statement) {
            case Statement.Text _, Statement.Print _, Statement.Break _, Statement.Continue _ -> {}
            case Statement.Assign assign -> visit(assign.target());
            case Statement.AssignBlock assign -> {
                visit(assign.target());
                visitAll(assign.body());
            }
            case Statement.If condition -> {
                condition.branches().forEach(branch -> visitAll(branch.body()));
                visitAll(condition.otherwise());
            }
            case Statement.For loop -> {
                visit(loop.target());
                visitAll(loop.body());
                visitAll(loop.otherwise());
            }
            case Statement.Macro macro -> visitAll(macro.body());
            case Statement.CallBlock block -> visitAll(block.body());
            case Statement.FilterBlock block -> visitAll(block.body());
            case Statement.With with -> visitAll(with.body());
            case Statement.Generation generation -> visitAll(generation.body());
        }
    }

    private void visitAll(List<Statement> body) {
        body.forEach(this::visit);
    }

    private void visit(Target target) {
        switch (target) {
            case Target.Variable variable -> names.add(variable.name());
            case Target.Member _ -> {}
            case Target.Unpacked unpacked -> unpacked.targets().forEach(this::visit);
        }
    }
}
