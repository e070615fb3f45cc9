package dev.stepwell.app.talk;

import dev.stepwell.app.text.Printable;
import dev.stepwell.torch.generation.Completion;
import java.io.PrintWriter;
import java.util.function.Consumer;

/// An answer on its way to where people read it: each stretch is shown at once, and none can repaint the screen.
final class AnswerText implements Consumer<String> {
    private final PrintWriter out;
    private boolean open;

    AnswerText(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void accept(String stretch) {
        out.print(Printable.text(stretch));
        out.flush();
        open = !stretch.endsWith("\n");
    }

    /// Ends the last line.
    void end() {
        if (open) {
            out.println();
        }
        out.flush();
    }

    /// Why an answer ended that the model did not end; empty if it did.
    static String note(Completion completion, int maxTokens) {
        return switch (completion.finish()) {
            case STOP -> "";
            case INTERRUPTED -> "stopped after %,d tokens".formatted(completion.tokens());
            case LENGTH ->
                completion.tokens() == maxTokens
                        ? "cut off after %,d tokens: raise --max-tokens".formatted(maxTokens)
                        : "cut off: with the prompt it has all the %,d tokens that the model takes"
                                .formatted(completion.promptTokens() + completion.tokens());
        };
    }
}
