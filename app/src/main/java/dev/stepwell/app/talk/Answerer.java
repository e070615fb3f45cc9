package dev.stepwell.app.talk;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations.Sampling;
import dev.stepwell.app.text.Printable;
import dev.stepwell.data.chat.ChatPrompt;
import dev.stepwell.data.chat.ChatTemplate;
import dev.stepwell.data.rows.Message;
import dev.stepwell.torch.generation.Completion;
import dev.stepwell.torch.generation.Sampler;
import dev.stepwell.torch.generation.StreamingDecoder;
import dev.stepwell.torch.pretrained.SavedModel;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Asks one model. What it draws depends on everything it was asked before.
final class Answerer {
    private final ChatPrompt prompts;
    private final StreamingDecoder decoder;
    private final Sampler sampler;
    private final int maxTokens;
    private final int positions;

    /// An answer, and how long it took.
    record Answer(Completion completion, Duration took) {}

    /// @param chat how conversations are written; empty if the model does not know any
    Answerer(SavedModel model, Optional<ChatTemplate> chat, Sampling sampling) {
        prompts = new ChatPrompt(model.tokenizer(), chat);
        decoder = new StreamingDecoder(model.model(), model.tokenizer(), model.stops());
        sampler = Sampler.of(sampling.temperature(), sampling.topK(), sampling.topP(), sampling.seed());
        maxTokens = sampling.maxTokens();
        positions = model.model().config().maxPositionEmbeddings();
    }

    /// Answers a conversation; Ctrl-C ends the answer.
    ///
    /// @param text is given each stretch of it
    /// @throws CliException if the chat template does not write it, it is too long, or memory does not suffice
    Answer toMessages(List<Message> messages, Consumer<String> text) {
        int[] prompt;
        try {
            prompt = prompts.of(messages, Clock.system(ZoneId.systemDefault()));
        } catch (IllegalArgumentException e) {
            throw new CliException(
                    ExitCode.USAGE,
                    Printable.line(String.valueOf(e.getMessage())),
                    "ask in a form that it knows, or with --raw in the model's own");
        }
        return answer(prompt, text);
    }

    /// Goes on after a prompt in the model's own format, likewise.
    Answer toRaw(String prompt, Consumer<String> text) {
        return answer(prompts.raw(prompt), text);
    }

    private Answer answer(int[] prompt, Consumer<String> text) {
        if (prompt.length >= positions) {
            throw new CliException(
                    ExitCode.USAGE,
                    "the prompt has %,d tokens, and the model takes %,d together with its answer"
                            .formatted(prompt.length, positions),
                    "shorten it");
        }
        long began = System.nanoTime();
        try (Interrupt interrupt = new Interrupt()) {
            Completion completion = decoder.answer(prompt, sampler, maxTokens, () -> !interrupt.asked(), text);
            return new Answer(completion, Duration.ofNanos(System.nanoTime() - began));
        } catch (RuntimeException e) {
            throw NativeFault.named(e, "a shorter prompt or a lower --max-tokens needs less memory");
        }
    }
}
