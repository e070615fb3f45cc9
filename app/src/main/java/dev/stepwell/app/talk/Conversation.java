package dev.stepwell.app.talk;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.text.Printable;
import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A conversation on a terminal: what the user says, what the model answers, and so on, each time with all that was
/// said before. A line that ends with a backslash goes on in the next.
final class Conversation {
    private static final String PROMPT = "> ";
    private static final String HELP = "/new starts afresh, /exit ends, Ctrl-C stops an answer";
    /// At the end of a line: what is said goes on in the next.
    private static final String GOES_ON = "\\";

    private final Answerer answerer;
    private final Optional<String> system;
    private final int maxTokens;
    private final PrintWriter out;
    private final List<Message> said = new ArrayList<>();

    Conversation(Answerer answerer, Optional<String> system, int maxTokens, PrintWriter out) {
        this.answerer = answerer;
        this.system = system;
        this.maxTokens = maxTokens;
        this.out = out;
    }

    /// Talks until the user ends it.
    ///
    /// @param name of the model
    ExitCode hold(InputStream in, String name) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        out.println("%s. %s.".formatted(Printable.line(name), HELP));
        startAfresh();
        while (true) {
            out.print(PROMPT);
            out.flush();
            String line = said(reader);
            if (line == null) {
                out.println();
                out.flush();
                return ExitCode.OK;
            }
            String word = line.strip();
            switch (word) {
                case "" -> {}
                case "/exit", "/quit" -> {
                    return ExitCode.OK;
                }
                case "/new" -> startAfresh();
                default -> {
                    if (word.startsWith("/") && word.indexOf(' ') < 0) {
                        out.println("(no command %s: %s)".formatted(Printable.brief(word), HELP));
                    } else {
                        answer(line);
                    }
                }
            }
        }
    }

    /// The next thing that the user says; null where there is nothing more.
    private static @Nullable String said(BufferedReader reader) throws IOException {
        String line = reader.readLine();
        if (line == null) {
            return null;
        }
        StringBuilder said = new StringBuilder(line);
        while (line != null && line.endsWith(GOES_ON)) {
            said.setLength(said.length() - GOES_ON.length());
            line = reader.readLine();
            said.append('\n').append(line == null ? "" : line);
        }
        return said.toString();
    }

    private void startAfresh() {
        said.clear();
        system.ifPresent(text -> said.add(new Message(Role.SYSTEM, text)));
    }

    private void answer(String line) {
        said.add(new Message(Role.USER, line));
        AnswerText text = new AnswerText(out);
        try {
            var completion = answerer.toMessages(said, text).completion();
            text.end();
            String note = AnswerText.note(completion, maxTokens);
            if (!note.isEmpty()) {
                out.println("(%s)".formatted(note));
            }
            said.add(new Message(Role.ASSISTANT, completion.text()));
        } catch (CliException e) {
            // One question too many is no reason to end: it is as if it had not been asked.
            said.removeLast();
            text.end();
            out.println("(%s; /new starts afresh)".formatted(e.getMessage()));
        }
        out.println();
    }
}
