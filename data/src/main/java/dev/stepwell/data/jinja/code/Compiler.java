package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.TemplateSyntaxException;
import dev.stepwell.data.jinja.syntax.Expression;
import dev.stepwell.data.jinja.syntax.Statement;
import dev.stepwell.data.jinja.syntax.Target;
import dev.stepwell.data.jinja.value.Str;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes statements ready to be run.
final class Compiler {
    private static final int OVERHEAD = 4;

    private final Variables variables = new Variables();
    private final ExpressionCompiler expressions = new ExpressionCompiler(variables);
    private boolean marksGeneration;

    /// A whole template.
    static Program compile(List<Statement> template) {
        Compiler compiler = new Compiler();
        Function function = new Function(null);
        Scope scope = new Scope(function, null);
        Names.visitAll(scope, template);
        Block body = compiler.block(template, Place.of(function, scope, false));
        Entry entry = Entry.of(scope, compiler.variables);
        return new Program(entry, body, function, compiler.variables.globals(), compiler.marksGeneration);
    }

    private Block block(List<Statement> statements, Place place) {
        List<Action> actions = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        for (Statement statement : statements) {
            actions.add(action(statement, place));
            lines.add(statement.line());
        }
        return new Block(actions, lines);
    }

    private Action action(Statement statement, Place place) {
        place.function().reach(place.level() + OVERHEAD);
        int line = statement.line();
        return switch (statement) {
            case Statement.Text text -> new Actions.Text(text.text());
            case Statement.Print print -> print(print, place);
            case Statement.Assign assign ->
                new Actions.Assign(
                        assignment(assign.target(), place), expressions.compile(assign.value(), place, line));
            case Statement.AssignBlock assign -> assignBlock(assign, place);
            case Statement.If condition -> condition(condition, place);
            case Statement.For loop -> loop(loop, place);
            case Statement.Macro macro ->
                new Actions.DefineMacro(
                        assignment(new Target.Variable(line, macro.name()), place),
                        macro(macro.name(), macro.parameters(), macro.body(), place, line));
            case Statement.CallBlock block -> callBlock(block, place);
            case Statement.FilterBlock block -> filterBlock(block, place);
            case Statement.With with -> with(with, place);
            case Statement.Generation generation -> {
                marksGeneration = true;
                yield new Actions.Generation(macro(null, List.of(), generation.body(), place, line));
            }
            case Statement.Break _ -> jump(place, line, "break", Signal.BREAK);
            case Statement.Continue _ -> jump(place, line, "continue", Signal.CONTINUE);
        };
    }

    private Action print(Statement.Print print, Place place) {
        if (print.value() instanceof Expression.Literal literal && literal.value() instanceof Str text) {
            return new Actions.Text(text.text());
        }
        return new Actions.Print(expressions.compile(print.value(), place, print.line()));
    }

    private static Action jump(Place place, int line, String name, Signal signal) {
        if (!place.inLoop()) {
            throw new TemplateSyntaxException(line, "'" + name + "' outside loop");
        }
        return (frame, output) -> signal;
    }

    private Action assignBlock(Statement.AssignBlock assign, Place place) {
        Scope scope = new Scope(place.function(), place.scope());
        Names.visitAll(scope, assign.body());
        Names.visit(scope, assign.filter());
        Place inner = place.inner(scope, place.inLoop());
        Block body = block(assign.body(), inner);
        Actions.Holder held = holder(place.function());
        Operation filter =
                assign.filter() == null ? null : expressions.compileFilter(assign.filter(), held, inner, assign.line());
        Scoped scoped = new Scoped(Entry.of(scope, variables), body);
        return new Actions.AssignBlock(assignment(assign.target(), place), scoped, held, filter);
    }

    private Action filterBlock(Statement.FilterBlock block, Place place) {
        Scope scope = new Scope(place.function(), place.scope());
        Names.visitAll(scope, block.body());
        Names.visit(scope, block.filter());
        Place inner = place.inner(scope, place.inLoop());
        Block body = block(block.body(), inner);
        Actions.Holder held = holder(place.function());
        Operation filter = expressions.compileFilter(block.filter(), held, inner, block.line());
        return new Actions.FilterBlock(new Scoped(Entry.of(scope, variables), body), held, filter);
    }

    private static Actions.Holder holder(Function function) {
        return new Actions.Holder(function.slot(new Scope.Variable(function, function.size(), "")));
    }

    private Action condition(Statement.If condition, Place place) {
        Place soft = place.softly();
        List<Operation> tests = new ArrayList<>();
        List<Block> bodies = new ArrayList<>();
        for (Statement.Branch branch : condition.branches()) {
            Operation test = expressions.compile(branch.test(), soft, branch.line());
            tests.add(branch.line() == condition.line() ? test : new Operations.At(branch.line(), test));
            bodies.add(block(branch.body(), soft));
        }
        Block otherwise = condition.otherwise().isEmpty() ? null : block(condition.otherwise(), soft);
        return new Actions.If(tests, bodies, otherwise);
    }

    private Action with(Statement.With with, Place place) {
        Scope scope = new Scope(place.function(), place.scope());
        with.targets().forEach(target -> Names.parameters(scope, target));
        Names.visitAll(scope, with.body());
        Place inner = place.inner(scope, place.inLoop());
        List<Assignment> targets =
                with.targets().stream().map(target -> assignment(target, inner)).toList();
        List<Operation> values = with.values().stream()
                .map(value -> expressions.compile(value, place, with.line()))
                .toList();
        Block body = block(with.body(), inner);
        return new Actions.With(Entry.of(scope, variables), targets, values, body);
    }

    private Action loop(Statement.For loop, Place place) {
        forbidLoopAsTarget(loop);
        Function function = loop.recursive() ? new Function(place.function()) : place.function();
        Scope scope = new Scope(function, place.scope());
        boolean extended =
                loop.recursive() || !Mentions.in(loop.body(), Set.of("loop")).isEmpty();
        int loopSlot = extended ? function.slot(scope.parameter("loop")) : -1;
        Names.parameters(scope, loop.target());
        Names.visitAll(scope, loop.body());
        Place inner = loop.recursive() ? Place.of(function, scope, true) : place.inner(scope, true);
        Block body = block(loop.body(), inner);
        Loop code = new Loop(
                assignment(loop.target(), inner),
                loop.test() == null ? null : filter(loop, loop.test(), function, place),
                loopSlot,
                Entry.of(scope, variables),
                body,
                loop.otherwise().isEmpty() ? null : otherwise(loop, function, inner, place));
        Operation iterable = expressions.compile(loop.iterable(), place, loop.line());
        return loop.recursive() ? new Actions.RecursiveFor(iterable, code, function) : new Actions.For(iterable, code);
    }

    private LoopFilter filter(Statement.For loop, Expression test, Function outer, Place place) {
        Function function = new Function(outer);
        Scope scope = new Scope(function, place.scope());
        Names.parameters(scope, loop.target());
        Names.visit(scope, test);
        Place inner = Place.of(function, scope, false);
        Operation operation = expressions.compile(test, inner, loop.line());
        place.function().reach(place.level() + function.height());
        return new LoopFilter(function, Entry.of(scope, variables), assignment(loop.target(), inner), operation);
    }

    private Scoped otherwise(Statement.For loop, Function function, Place inner, Place place) {
        Scope scope = new Scope(function, place.scope());
        Names.visitAll(scope, loop.otherwise());
        boolean inLoop = !loop.recursive() && place.inLoop();
        Block body = block(loop.otherwise(), inner.inner(scope, inLoop));
        return new Scoped(Entry.of(scope, variables), body);
    }

    private static void forbidLoopAsTarget(Statement.For loop) {
        if (Stores.of(loop).contains("loop")) {
            throw new TemplateSyntaxException(loop.line(), "Can't assign to special loop variable in for-loop target");
        }
    }

    private Action callBlock(Statement.CallBlock block, Place place) {
        MacroCode code = macro(null, block.parameters(), block.body(), place, block.line());
        Expression.Call call = block.call();
        return new Actions.CallBlock(
                expressions.compile(call.target(), place, block.line()),
                expressions.compileArguments(call.arguments(), place, block.line()),
                code);
    }

    private MacroCode macro(
            @Nullable String name, List<Statement.Parameter> parameters, List<Statement> body, Place place, int line) {
        Function function = new Function(place.function());
        Scope scope = new Scope(function, place.scope());
        parameters.forEach(parameter -> scope.parameter(parameter.name()));
        parameters.forEach(parameter -> Names.visit(scope, parameter.otherwise()));
        Names.visitAll(scope, body);
        MacroCode.Specials specials = specials(parameters, body, function, scope, line);
        Names.visitAll(scope, body);
        Place inner = Place.of(function, scope, false);
        List<MacroCode.Parameter> compiled = new ArrayList<>();
        for (Statement.Parameter parameter : parameters) {
            Operation otherwise =
                    parameter.otherwise() == null ? null : expressions.compile(parameter.otherwise(), inner, line);
            Assignment.Local target = local(parameter.name(), inner);
            compiled.add(new MacroCode.Parameter(parameter.name(), target.slot(), otherwise));
        }
        Block block = block(body, inner);
        return new MacroCode(name, compiled, specials, Entry.of(scope, variables), block, function);
    }

    private static MacroCode.Specials specials(
            List<Statement.Parameter> parameters, List<Statement> body, Function function, Scope scope, int line) {
        Set<String> mentioned = Mentions.in(body, Set.of("caller", "kwargs", "varargs"));
        int caller = -1;
        if (mentioned.contains("caller")) {
            Statement.Parameter explicit = named(parameters, "caller");
            if (explicit == null) {
                caller = function.slot(scope.parameter("caller"));
            } else if (explicit.otherwise() == null) {
                throw new TemplateSyntaxException(
                        line,
                        "When defining macros or call blocks the special \"caller\" argument must be omitted or be"
                                + " given a default.");
            }
        }
        int kwargs = mentioned.contains("kwargs") && named(parameters, "kwargs") == null
                ? function.slot(scope.parameter("kwargs"))
                : -1;
        int varargs = mentioned.contains("varargs") && named(parameters, "varargs") == null
                ? function.slot(scope.parameter("varargs"))
                : -1;
        return new MacroCode.Specials(caller, kwargs, varargs);
    }

    private static Statement.@Nullable Parameter named(List<Statement.Parameter> parameters, String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private Assignment assignment(Target target, Place place) {
        return switch (target) {
            case Target.Variable variable -> local(variable.name(), place);
            case Target.Member member ->
                new Assignment.Member(variables.read(place.scope(), member.namespace()), Str.of(member.attribute()));
            case Target.Unpacked unpacked ->
                new Assignment.Unpacked(unpacked.targets().stream()
                        .map(part -> assignment(part, place))
                        .toList());
        };
    }

    private static Assignment.Local local(String name, Place place) {
        Scope.Variable variable = place.scope().find(name);
        if (variable == null || variable.function() != place.function()) {
            throw new IllegalStateException("the scope does not know that '" + name + "' is assigned to");
        }
        return new Assignment.Local(name, place.function().slot(variable));
    }
}
