package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.TemplateRaisedException;
import dev.stepwell.data.jinja.TemplateRenderException;
import dev.stepwell.data.jinja.value.Fault;
import java.util.List;

/// Statements one after the other. A failure in one gets its line.
final class Block implements Action {
    private final Action[] actions;
    private final int[] lines;

    /// @param lines of the actions
    Block(List<Action> actions, List<Integer> lines) {
        this.actions = actions.toArray(Action[]::new);
        this.lines = lines.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public Signal run(Frame frame, Output output) {
        int current = 0;
        try {
            for (; current < actions.length; current++) {
                frame.run.budget().step();
                Signal signal = actions[current].run(frame, output);
                if (signal != Signal.NEXT) {
                    return signal;
                }
            }
            return Signal.NEXT;
        } catch (Fault fault) {
            throw located(fault, lines[current]);
        }
    }

    /// The failure that leaves the interpreter.
    static RuntimeException located(Fault fault, int line) {
        return fault.isRaised()
                ? new TemplateRaisedException(fault.problem(), line)
                : new TemplateRenderException(line, fault.kind(), fault.problem());
    }
}
