package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Generator;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.Value;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The body of a loop and what belongs to it.
///
/// @param target   what each element is assigned to
/// @param filter   which elements are left out, null for none
/// @param loopSlot where `loop` is, -1 where nobody asks for it
/// @param entry    of the body's scope
/// @param body     run for each element
/// @param otherwise run when no turn came to its end, null where there is no `else`
record Loop(
        Assignment target,
        @Nullable LoopFilter filter,
        int loopSlot,
        Entry entry,
        Block body,
        @Nullable Scoped otherwise) {
    /// Runs it over what an expression returned.
    Signal run(
            Frame frame,
            Output output,
            Value iterable,
            Frame filterOuter,
            int depth,
            LoopState.@Nullable Recursion again) {
        Budget budget = frame.run.budget();
        Iterator<Value> rest = Iteration.iterate(iterable);
        Value source = iterable;
        if (filter != null) {
            rest = filter.over(filterOuter, rest);
            source = Generator.over(iterable, rest);
        }
        LoopState loop = loopSlot < 0 ? null : new LoopState(budget, source, rest, depth, again);
        boolean completed = false;
        while (true) {
            Value next = loop != null ? loop.next() : rest.hasNext() ? rest.next() : null;
            if (next == null) {
                break;
            }
            budget.step();
            target.assign(frame, next);
            if (loop != null) {
                frame.slots[loopSlot] = loop;
            }
            entry.enter(frame);
            Signal signal = body.run(frame, output);
            if (signal == Signal.BREAK) {
                break;
            }
            completed |= signal == Signal.NEXT;
        }
        entry.leave(frame);
        return completed || otherwise == null ? Signal.NEXT : otherwise.run(frame, output);
    }
}
