package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Value;
import org.jspecify.annotations.Nullable;

/// The variables of a template, or of a call of a macro, while it runs. A slot that holds nothing is not defined.
final class Frame {
    final Run run;
    final @Nullable Value[] globals;
    final @Nullable Value[] slots;
    final @Nullable Frame outer;

    /// The frame of a template.
    Frame(Run run, @Nullable Value[] globals, int slots) {
        this.run = run;
        this.globals = globals;
        this.slots = new @Nullable Value[slots];
        this.outer = null;
    }

    /// A frame in another, whose variables it sees.
    Frame(Frame outer, int slots) {
        this.run = outer.run;
        this.globals = outer.globals;
        this.slots = new @Nullable Value[slots];
        this.outer = outer;
    }

    /// The frame so many levels out.
    Frame out(int hops) {
        Frame frame = this;
        for (int i = 0; i < hops; i++) {
            Frame next = frame.outer;
            if (next == null) {
                throw new IllegalStateException("a variable is sought outside of the template");
            }
            frame = next;
        }
        return frame;
    }
}
