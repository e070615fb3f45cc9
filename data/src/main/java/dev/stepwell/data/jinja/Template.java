package dev.stepwell.data.jinja;

import dev.stepwell.data.jinja.code.Program;
import java.util.Map;

/// A chat template, compiled once. Never changes: many threads may render it at once.
public final class Template {
    private final Program program;

    private Template(Program program) {
        this.program = program;
    }

    /// Compiles a template as `apply_chat_template` of transformers would.
    ///
    /// @throws TemplateSyntaxException where it is not Jinja, or asks for what chat templates cannot have
    public static Template compile(String source) {
        return new Template(Program.of(source));
    }

    /// Renders it. The variables are plain Java: strings, truth values, numbers, lists, maps with strings as keys, and
    /// null. They are read as they are needed, never copied and never changed.
    ///
    /// @throws TemplateRaisedException where the template refuses them
    /// @throws TemplateRenderException where it fails, or reaches a limit
    public Rendering render(Map<String, ?> variables, RenderContext context) {
        return program.run(variables, context);
    }

    /// Whether the template reads a variable of this name that it has not set itself.
    public boolean mentions(String variable) {
        return program.variables().contains(variable);
    }

    /// Whether the template says which of its text an assistant generated.
    public boolean marksGeneration() {
        return program.marksGeneration();
    }
}
