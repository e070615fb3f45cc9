package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The statements.
final class Actions {
    private Actions() {}

    /// Text between tags.
    record Text(String text) implements Action {
        @Override
        public Signal run(Frame frame, Output output) {
            output.write(text);
            return Signal.NEXT;
        }
    }

    /// `{{ value }}`.
    record Print(Operation value) implements Action {
        @Override
        public Signal run(Frame frame, Output output) {
            output.write(Repr.str(frame.run.budget(), value.evaluate(frame)));
            return Signal.NEXT;
        }
    }

    /// `{% set target = value %}`.
    record Assign(Assignment target, Operation value) implements Action {
        @Override
        public Signal run(Frame frame, Output output) {
            target.check(frame);
            target.assign(frame, value.evaluate(frame));
            return Signal.NEXT;
        }
    }

    /// `{% set target %}`: what the body writes, perhaps through a filter.
    record AssignBlock(
            Assignment target,
            Scoped body,
            Holder held,
            @Nullable Operation filter) implements Action {
        @Override
        public Signal run(Frame frame, Output output) {
            Output part = Output.part(frame.run.budget());
            body.entry().enter(frame);
            Signal signal = body.body().run(frame, part);
            if (signal != Signal.NEXT) {
                return signal;
            }
            Value value = part.toValue();
            if (filter != null) {
                frame.slots[held.slot()] = value;
                value = filter.evaluate(frame);
            }
            target.check(frame);
            target.assign(frame, value);
            body.entry().leave(frame);
            return Signal.NEXT;
        }
    }

    /// Where the text is held that a block's filter works on.
    record Holder(int slot) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            Value held = frame.slots[slot];
            return held == null ? Str.EMPTY : held;
        }
    }

    /// `{% filter %}`.
    record FilterBlock(Scoped body, Holder held, Operation filter) implements Action {
        @Override
        public Signal run(Frame frame, Output output) {
            Output part = Output.part(frame.run.budget());
            body.entry().enter(frame);
            Signal signal = body.body().run(frame, part);
            if (signal != Signal.NEXT) {
                return signal;
            }
            frame.slots[held.slot()] = part.toValue();
            output.write(text(filter.evaluate(frame)));
            body.entry().leave(frame);
            return Signal.NEXT;
        }
    }

    /// `{% if %}`.
    record If(
            List<Operation> tests,
            List<Block> bodies,
            @Nullable Block otherwise) implements Action {
        @Override
        public Signal run(Frame frame, Output output) {
            for (int i = 0; i < tests.size(); i++) {
                if (Iteration.truth(tests.get(i).evaluate(frame))) {
                    return bodies.get(i).run(frame, output);
                }
            }
            return otherwise == null ? Signal.NEXT : otherwise.run(frame, output);
        }
    }

    /// `{% for %}`.
    record For(Operation iterable, Loop loop) implements Action {
        @Override
        public Signal run(Frame frame, Output output) {
            return loop.run(frame, output, iterable.evaluate(frame), frame, 0, null);
        }
    }

    /// `{% for … recursive %}`: each level in a frame of its own.
    record RecursiveFor(Operation iterable, Loop loop, Function function) implements Action {
        @Override
        public Signal run(Frame frame, Output output) {
            output.write(level(frame, iterable.evaluate(frame), 0));
            return Signal.NEXT;
        }

        private Str level(Frame outer, Value values, int depth) {
            Budget budget = outer.run.budget();
            budget.enter(function.height());
            try {
                Frame frame = new Frame(outer, function.size());
                Output part = Output.part(budget);
                loop.run(frame, part, values, frame, depth, (more, deeper) -> level(outer, more, deeper));
                return part.toValue();
            } finally {
                budget.leave(function.height());
            }
        }
    }

    /// `{% macro %}`.
    record DefineMacro(Assignment target, MacroCode code) implements Action {
        @Override
        public Signal run(Frame frame, Output output) {
            target.assign(frame, new Macro(code, frame));
            return Signal.NEXT;
        }
    }

    /// `{% call %}`: the block is passed as `caller`.
    record CallBlock(Operation target, ArgumentsCode arguments, MacroCode block) implements Action {
        @Override
        public Signal run(Frame frame, Output output) {
            Macro caller = new Macro(block, frame);
            Value called = target.evaluate(frame);
            Arguments given = arguments.evaluate(frame);
            SequencedMap<String, Value> named = new LinkedHashMap<>(given.named());
            named.put("caller", caller);
            output.write(text(Operations.call(frame, called, new Arguments(given.positional(), named))));
            return Signal.NEXT;
        }
    }

    /// `{% generation %}`.
    record Generation(MacroCode body) implements Action {
        @Override
        public Signal run(Frame frame, Output output) {
            int start = output.length();
            Macro caller = new Macro(body, frame);
            output.write(text(caller.call(frame.run, new Arguments(List.of()))));
            output.markGenerated(start);
            return Signal.NEXT;
        }
    }

    /// `{% with %}`.
    record With(Entry entry, List<Assignment> targets, List<Operation> values, Block body) implements Action {
        @Override
        public Signal run(Frame frame, Output output) {
            entry.enter(frame);
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).assign(frame, values.get(i).evaluate(frame));
            }
            Signal signal = body.run(frame, output);
            entry.leave(frame);
            return signal;
        }
    }

    private static Str text(Value value) {
        if (value instanceof Str text) {
            return text;
        }
        throw Fault.type("sequence item 0: expected str instance, " + value.type() + " found");
    }
}
