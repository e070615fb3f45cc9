package dev.stepwell.torch.generation;

import dev.stepwell.data.Gate;
import dev.stepwell.data.tokens.Tokenizer;
import dev.stepwell.torch.model.LlamaModel;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/// Generates one answer and gives its text out while it comes. Not thread-safe, as the model is not.
public final class StreamingDecoder {
    private final LlamaModel model;
    private final Tokenizer tokenizer;
    private final Set<Integer> stops;

    /// A decoder for the model's weights as they are at each call.
    ///
    /// @param stops tokens of which each ends an answer
    public StreamingDecoder(LlamaModel model, Tokenizer tokenizer, Set<Integer> stops) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.stops = Set.copyOf(stops);
    }

    /// The answer to a prompt.
    ///
    /// @param prompt    token ids, fewer than the model has positions and at least one
    /// @param maxTokens after which it is cut off
    /// @param gate      asked before each token; if it does not open, the answer ends there
    /// @param text      is given each stretch of the answer as soon as it is certain, none of them empty
    /// @throws IllegalArgumentException if the prompt leaves no position for an answer
    /// @throws E                        what the gate throws
    public <E extends Exception> Completion answer(
            int[] prompt, Sampler sampler, int maxTokens, Gate<E> gate, Consumer<String> text) throws E {
        int positions = model.config().maxPositionEmbeddings();
        if (prompt.length == 0 || prompt.length >= positions) {
            throw new IllegalArgumentException(
                    "a prompt of %d tokens for a model of %d positions".formatted(prompt.length, positions));
        }
        Answering answering = new Answering(text);
        boolean finished = new Decoding(model, maxTokens)
                .run(List.of(prompt), scores -> new long[] {sampler.next(floats(scores))}, answering, gate);
        answering.give(answering.stream.finish());
        Finish finish = !finished ? Finish.INTERRUPTED : answering.stopped ? Finish.STOP : Finish.LENGTH;
        return new Completion(answering.whole.toString(), prompt.length, answering.tokens, finish);
    }

    private static float[] floats(Tensor scores) {
        float[] values = new float[Math.toIntExact(scores.numel())];
        new FloatPointer(scores.cpu().contiguous().data_ptr_float()).get(values);
        return values;
    }

    /// One answer as it comes.
    private final class Answering implements Decoding.Sink {
        private final TextStream stream = new TextStream(tokenizer);
        private final StringBuilder whole = new StringBuilder();
        private final Consumer<String> text;
        private int tokens;
        private boolean stopped;

        private Answering(Consumer<String> text) {
            this.text = text;
        }

        @Override
        public boolean take(int row, int token) {
            stopped = stops.contains(token);
            if (!stopped) {
                tokens++;
                give(stream.add(token));
            }
            return !stopped;
        }

        private void give(String stretch) {
            if (!stretch.isEmpty()) {
                whole.append(stretch);
                text.accept(stretch);
            }
        }
    }
}
