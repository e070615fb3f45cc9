package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.Namespace;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Tuple;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.util.ArrayList;
import java.util.List;

/// Where a value goes.
sealed interface Assignment {
    /// Puts it there.
    void assign(Frame frame, Value value);

    /// Fails where it could not go, before it is computed.
    void check(Frame frame);

    /// What is there.
    Value current(Frame frame);

    /// A variable of this frame.
    record Local(String name, int slot) implements Assignment {
        @Override
        public void assign(Frame frame, Value value) {
            frame.slots[slot] = value;
        }

        @Override
        public void check(Frame frame) {}

        @Override
        public Value current(Frame frame) {
            Value value = frame.slots[slot];
            return value == null ? Undefined.variable(name) : value;
        }
    }

    /// An attribute of a namespace.
    record Member(Read namespace, Str attribute) implements Assignment {
        @Override
        public void assign(Frame frame, Value value) {
            namespace(frame).set(frame.run.budget(), attribute, value);
        }

        @Override
        public void check(Frame frame) {
            namespace(frame);
        }

        @Override
        public Value current(Frame frame) {
            throw new IllegalStateException("loops do not assign to attributes");
        }

        private Namespace namespace(Frame frame) {
            if (namespace.read(frame) instanceof Namespace found) {
                return found;
            }
            throw Fault.of(FailureKind.RUNTIME, "cannot assign attribute on non-namespace object");
        }
    }

    /// An element for each of these.
    record Unpacked(List<Assignment> targets) implements Assignment {
        @Override
        public void assign(Frame frame, Value value) {
            List<Value> items = Iteration.unpack(frame.run.budget(), value, targets.size());
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).assign(frame, items.get(i));
            }
        }

        @Override
        public void check(Frame frame) {
            for (Assignment target : targets) {
                target.check(frame);
            }
        }

        @Override
        public Value current(Frame frame) {
            List<Value> items = new ArrayList<>(targets.size());
            for (Assignment target : targets) {
                items.add(target.current(frame));
            }
            return new Tuple(items);
        }
    }
}
