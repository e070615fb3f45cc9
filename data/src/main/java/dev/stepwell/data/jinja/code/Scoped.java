package dev.stepwell.data.jinja.code;

/// Statements with variables of their own.
record Scoped(Entry entry, Block body) implements Action {
    @Override
    public Signal run(Frame frame, Output output) {
        entry.enter(frame);
        Signal signal = body.run(frame, output);
        entry.leave(frame);
        return signal;
    }
}
