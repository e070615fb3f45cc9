package dev.stepwell.app.cli;

import dev.stepwell.app.cli.Operations.GenerateRequest;
import dev.stepwell.app.cli.Operations.Question;
import dev.stepwell.app.cli.Operations.Sampling;
import dev.stepwell.app.config.ConfigFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "generate",
        description = {
            "Ask the model as it is now, and print its answer while it comes. Also while a daemon trains it.",
            "On a terminal without a PROMPT: a conversation, in which the model sees what was said before."
                    + " /new starts afresh, /exit or Ctrl-D ends it, Ctrl-C ends an answer; a line that ends with \\ goes on in"
                    + " the next."
        },
        footer = {
            "",
            "Examples:",
            "  ./stepwell generate                                    talk to it",
            "  ./stepwell generate \"What is the capital of Peru?\"     one answer",
            "  git diff | ./stepwell generate --system \"Summarize.\"   standard input",
            "  ./stepwell generate --checkpoint 500 --json \"Hi\"       an older model",
            "  ./stepwell generate --temperature 0.7 --top-p 0.9 Hi   drawn, not likeliest"
        })
final class GenerateCommand extends BaseCommand {
    private static final String STANDARD_INPUT = "-";

    private final StandardInput input;

    @Parameters(
            arity = "0..1",
            paramLabel = "PROMPT",
            description = "What to ask. - for standard input, which is read too where it is no terminal.")
    private @Nullable String prompt;

    @Option(
            names = "--messages",
            paramLabel = "FILE",
            description = "What was said before: a JSON list of {\"role\": …, \"content\": …}."
                    + " Its last message is answered where there is no PROMPT.")
    private @Nullable Path messages;

    @Option(names = "--system", paramLabel = "TEXT", description = "A system message to begin with.")
    private @Nullable String system;

    @Option(
            names = "--raw",
            description = "The PROMPT as it stands, as in rows of prompt and completion: no chat template.")
    private boolean raw;

    @Option(
            names = "--checkpoint",
            paramLabel = "WHICH",
            description = "A step, the name of a checkpoint, the date of a snapshot, or the folder of any model or"
                    + " adapter. Default: the newest checkpoint, or where there is none the model of model_path.")
    private @Nullable String checkpoint;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description =
                    "Draw tokens; the higher, the bolder. 0: take the likeliest. Default: 0, or 1 where --top-p or"
                            + " --top-k is given.")
    private @Nullable Double temperature;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Draw from the likeliest tokens that have this much of the probability, above 0 up to 1.")
    private @Nullable Double topP;

    @Option(names = "--top-k", paramLabel = "K", description = "Draw from the K likeliest tokens; 0: from all.")
    private @Nullable Integer topK;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same one draws the same. Default: a new one each time.")
    private @Nullable Long seed;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "512",
            description = "Tokens after which an answer is cut off. Default: 512.")
    private int maxTokens;

    @Option(names = "--json", description = "Print one JSON object with the answer and what it took.")
    private boolean json;

    GenerateCommand(Operations operations, Map<String, String> environment, StandardInput input) {
        super(operations, environment);
        this.input = input;
    }

    @Override
    ExitCode execute() throws IOException {
        return operations.generate(new GenerateRequest(
                base(),
                ConfigFile.load(base().config()),
                Optional.ofNullable(checkpoint),
                question(),
                sampling(),
                json,
                input,
                spec.commandLine().getOut(),
                spec.commandLine().getErr()));
    }

    private Sampling sampling() {
        double t = temperature != null ? temperature : topP != null || topK != null ? 1 : 0;
        double p = topP != null ? topP : 1;
        int k = topK != null ? topK : 0;
        if (!(t >= 0 && t <= 100)) {
            throw outOfRange("--temperature", temperature, "0 to 100");
        }
        if (!(p > 0 && p <= 1)) {
            throw outOfRange("--top-p", topP, "above 0, up to 1");
        }
        if (k < 0) {
            throw outOfRange("--top-k", topK, "0 and above");
        }
        if (maxTokens < 1) {
            throw outOfRange("--max-tokens", maxTokens, "1 and above");
        }
        return new Sampling(t, k, p, seed != null ? seed : System.nanoTime(), maxTokens);
    }

    private Question question() throws IOException {
        boolean talks = prompt == null && messages == null && input.terminal();
        if (talks && json) {
            throw wrong("--json prints one answer: name a PROMPT");
        }
        if (talks && raw) {
            throw wrong("--raw needs a PROMPT: a conversation is written in the chat template");
        }
        if (raw && (system != null || messages != null)) {
            throw wrong("--raw takes the PROMPT as it stands: leave out --system and --messages");
        }
        Optional<String> asked =
                talks || (prompt == null && messages != null) ? Optional.empty() : Optional.of(asked());
        return new Question(asked, Optional.ofNullable(messages), Optional.ofNullable(system), raw);
    }

    private String asked() throws IOException {
        String text = prompt == null || prompt.equals(STANDARD_INPUT) ? standardInput() : prompt;
        if (text.isBlank()) {
            throw wrong("the prompt is empty");
        }
        return text;
    }

    /// All of it, without the line breaks at its end, which `echo` and its like add.
    private String standardInput() throws IOException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(input.stream().readAllBytes()))
                    .toString();
            return raw ? text : text.stripTrailing();
        } catch (CharacterCodingException _) {
            throw wrong("standard input is not UTF-8");
        }
    }

    private ParameterException outOfRange(String option, @Nullable Object value, String allowed) {
        return wrong("%s %s is out of range; allowed: %s".formatted(option, value, allowed));
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
