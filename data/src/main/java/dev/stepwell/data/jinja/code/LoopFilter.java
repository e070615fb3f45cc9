package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.Value;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The `if` of a loop: asked for an element only when its turn has come.
///
/// @param function whose frame it runs in
/// @param entry    of its scope
/// @param target   what each element is assigned to
/// @param test     whether it is taken
record LoopFilter(Function function, Entry entry, Assignment target, Operation test) {
    /// Those elements that are taken.
    Iterator<Value> over(Frame outer, Iterator<Value> elements) {
        return new Taken(outer, elements);
    }

    private final class Taken implements Iterator<Value> {
        private final Frame outer;
        private final Iterator<Value> elements;
        private @Nullable Frame frame;
        private @Nullable Value next;

        Taken(Frame outer, Iterator<Value> elements) {
            this.outer = outer;
            this.elements = elements;
        }

        @Override
        public boolean hasNext() {
            if (frame == null) {
                frame = new Frame(outer, function.size());
                entry.enter(frame);
            }
            while (next == null && elements.hasNext()) {
                outer.run.budget().step();
                target.assign(frame, elements.next());
                if (Iteration.truth(test.evaluate(frame))) {
                    next = target.current(frame);
                }
            }
            return next != null;
        }

        @Override
        public Value next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Value taken = next;
            next = null;
            return taken;
        }
    }
}
