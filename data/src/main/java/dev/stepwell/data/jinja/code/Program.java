package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.RenderContext;
import dev.stepwell.data.jinja.Rendering;
import dev.stepwell.data.jinja.TemplateRenderException;
import dev.stepwell.data.jinja.builtin.Globals;
import dev.stepwell.data.jinja.syntax.Parser;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Given;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A compiled template. Never changes, so that many threads may run it at once.
public final class Program {
    private final Entry entry;
    private final Block body;
    private final Function function;
    private final List<String> globals;
    private final boolean marksGeneration;

    Program(Entry entry, Block body, Function function, List<String> globals, boolean marksGeneration) {
        this.entry = entry;
        this.body = body;
        this.function = function;
        this.globals = globals;
        this.marksGeneration = marksGeneration;
    }

    /// The program of a source, or a [dev.stepwell.data.jinja.TemplateSyntaxException].
    public static Program of(String source) {
        return Compiler.compile(Parser.parse(source));
    }

    /// What it reads of what it is given, in the order in which that is first mentioned.
    public List<String> variables() {
        return globals;
    }

    /// Whether there is a `generation` block.
    public boolean marksGeneration() {
        return marksGeneration;
    }

    /// Runs it, or throws a [dev.stepwell.data.jinja.TemplateException].
    public Rendering run(Map<String, ?> given, RenderContext context) {
        Run run = Run.begin(context);
        try {
            run.budget().enter(function.height());
            Frame frame = new Frame(run, globals(given), function.size());
            entry.enter(frame);
            Output output = Output.whole(run.budget());
            body.run(frame, output);
            return new Rendering(output.text(), output.generated());
        } catch (Fault fault) {
            throw Block.located(fault, 0);
        } catch (StackOverflowError e) {
            // A thread's stack may be smaller than the depth that is allowed; nothing here outlives the rendering.
            throw new TemplateRenderException(0, FailureKind.LIMIT, "calls are nested deeper than the stack", e);
        }
    }

    private @Nullable Value[] globals(Map<String, ?> given) {
        @Nullable Value[] values = new @Nullable Value[globals.size()];
        for (int i = 0; i < values.length; i++) {
            String name = globals.get(i);
            Object found = given.get(name);
            values[i] = found != null || given.containsKey(name) ? Given.value(found) : Globals.find(name);
        }
        return values;
    }
}
