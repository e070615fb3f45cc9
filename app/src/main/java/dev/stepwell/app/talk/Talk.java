package dev.stepwell.app.talk;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations.GenerateRequest;
import dev.stepwell.app.cli.Operations.Question;
import dev.stepwell.app.config.ConfigKeys;
import dev.stepwell.app.config.DataSettings;
import dev.stepwell.app.config.TrainerSettings;
import dev.stepwell.app.talk.Answerer.Answer;
import dev.stepwell.app.text.Printable;
import dev.stepwell.data.chat.ChatPrompt;
import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.Role;
import dev.stepwell.torch.TorchRuntime;
import dev.stepwell.torch.generation.Finish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Opens a model and asks it: once, or as often as the user likes.
public final class Talk {
    private Talk() {}

    /// Does what was asked.
    ///
    /// @throws CliException if there is no such model, or it cannot answer this
    public static ExitCode hold(GenerateRequest request) throws IOException {
        Question question = request.question();
        List<Message> messages = question.raw() ? List.of() : messages(question);
        Consumer<String> note = line -> {
            request.err().println("stepwell: " + line);
            request.err().flush();
        };
        try (TorchRuntime.Loading natives = TorchRuntime.load()) {
            TorchRuntime.start(
                    natives, TrainerSettings.trainer(request.config()).threads());
            try (ChosenModel chosen = ChosenModel.open(request, note)) {
                Answerer answerer = new Answerer(
                        chosen.model(),
                        DataSettings.chat(
                                request.config(),
                                request.base().root(),
                                chosen.model().tokenizer()),
                        request.sampling());
                if (question.prompt().isEmpty() && question.messages().isEmpty()) {
                    return new Conversation(
                                    answerer,
                                    question.system(),
                                    request.sampling().maxTokens(),
                                    request.out())
                            .hold(request.in().stream(), title(request, chosen));
                }
                return once(request, messages, chosen, answerer, note);
            }
        }
    }

    private static String title(GenerateRequest request, ChosenModel chosen) {
        return chosen.step().isPresent()
                ? "%s, %s".formatted(request.config().get(ConfigKeys.MODEL_NAME), chosen.name())
                : chosen.name();
    }

    private static ExitCode once(
            GenerateRequest request,
            List<Message> messages,
            ChosenModel chosen,
            Answerer answerer,
            Consumer<String> note) {
        AnswerText text = new AnswerText(request.out());
        Consumer<String> shown = request.json() ? _ -> {} : text;
        Answer answer = request.question().raw()
                ? answerer.toRaw(request.question().prompt().orElseThrow(), shown)
                : answerer.toMessages(messages, shown);
        if (request.json()) {
            request.out().println(AnswerJson.of(answer, chosen));
        } else {
            text.end();
            String why = AnswerText.note(answer.completion(), request.sampling().maxTokens());
            if (!why.isEmpty()) {
                note.accept(why);
            }
        }
        return answer.completion().finish() == Finish.INTERRUPTED ? ExitCode.INTERRUPTED : ExitCode.OK;
    }

    /// What was said before, and the prompt; in a conversation nothing yet.
    private static List<Message> messages(Question question) {
        List<Message> messages = new ArrayList<>();
        question.messages().ifPresent(file -> messages.addAll(read(file)));
        if (question.system().isPresent()) {
            if (messages.stream().anyMatch(message -> message.role() == Role.SYSTEM)) {
                throw new CliException(ExitCode.USAGE, "--messages has a system message already", "leave out --system");
            }
            messages.addFirst(new Message(Role.SYSTEM, question.system().get()));
        }
        question.prompt().ifPresent(text -> messages.add(new Message(Role.USER, text)));
        boolean answerable = messages.isEmpty() || messages.getLast().role() != Role.ASSISTANT;
        if (question.messages().isPresent() && (messages.isEmpty() || !answerable)) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--messages ends with no message to be answered",
                    "let the user say something last, or name a PROMPT");
        }
        return messages;
    }

    private static List<Message> read(Path file) {
        try {
            return ChatPrompt.read(file);
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--messages cannot be read: %s".formatted(Printable.line(String.valueOf(e.getMessage()))),
                    "it is a JSON list of {\"role\": …, \"content\": …}");
        }
    }
}
