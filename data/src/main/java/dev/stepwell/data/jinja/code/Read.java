package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.value.Value;
import org.jspecify.annotations.Nullable;

/// Where a variable is read from.
sealed interface Read {
    /// What is there, null where it is not defined.
    @Nullable
    Value read(Frame frame);

    /// What the template is rendered with.
    record Global(int index) implements Read {
        @Override
        public @Nullable Value read(Frame frame) {
            return frame.globals[index];
        }
    }

    /// A variable of this frame.
    record Local(int slot) implements Read {
        @Override
        public @Nullable Value read(Frame frame) {
            return frame.slots[slot];
        }
    }

    /// A variable of a frame further out.
    record Outer(int hops, int slot) implements Read {
        @Override
        public @Nullable Value read(Frame frame) {
            return frame.out(hops).slots[slot];
        }
    }
}
