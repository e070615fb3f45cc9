package dev.stepwell.data.chat;

import dev.stepwell.data.jinja.Span;
import dev.stepwell.data.jinja.TemplateException;
import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.Row;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows in the form in which a model reads them. With a template that writes ChatML:
///
/// ```
///  messages             <|im_start|>system⏎be brief<|im_end|>⏎<|im_start|>user⏎hi<|im_end|>⏎
///                       <|im_start|>assistant⏎[hello<|im_end|>]
///  prompt, completion   prompt[completion<|im_end|>]
///  text                 [text<|endoftext|>]
/// ```
///
/// What is in brackets is learnt: of a conversation every answer with its end, whatever the number of turns. Turns
/// after the last answer are left out, since nothing is learnt from them. Control tokens that people write into
/// messages are characters ([ControlTexts]). Prompts, completions and texts are encoded raw, since who writes them
/// writes the model's own format.
///
/// An answer is tokenized apart from what precedes it, because the model will be asked after exactly those tokens; only
/// where the tokenizer would make other tokens of a text that does not begin a row is it all tokenized at once.
///
/// A prompt, completion or text far longer than can be used is cut before it is tokenized, at the end that would be cut
/// off afterwards.
final class RowRenderer {
    private final HuggingFaceBpeTokenizer tokenizer;
    private final @Nullable ChatTemplate template;
    private final ControlTexts controls;
    private final TrainOn trainOn;
    private final int longestText;

    /// @param template  of conversations; empty if the model has none
    /// @param maxLength tokens of a row
    RowRenderer(HuggingFaceBpeTokenizer tokenizer, Optional<ChatTemplate> template, TrainOn trainOn, int maxLength) {
        this.tokenizer = tokenizer;
        this.template = template.orElse(null);
        this.trainOn = trainOn;
        controls = new ControlTexts(tokenizer.controls());
        // So many chars are more than maxLength tokens, whatever they are, and the row still counts as cut.
        longestText = (int) Math.min(Integer.MAX_VALUE, (maxLength + 1L) * tokenizer.longestToken());
    }

    /// @param clock which a template may ask for the date
    /// @throws TemplateException     if the template refuses the row, or fails
    /// @throws TurnNotFoundException if it does not show which part of what it writes is the answer
    RenderedRow render(Row row, Clock clock) {
        return switch (row) {
            case Row.Conversation conversation -> conversation(conversation, clock);
            case Row.PromptCompletion(String prompt, String completion) ->
                new RenderedRow(
                        List.of(
                                beginning(),
                                new Piece.Text(tail(prompt), true, trainOn == TrainOn.ALL),
                                new Piece.Text(head(completion), true, true),
                                new Piece.Control(List.of(tokenizer.endOfTurn()), true)),
                        2);
            case Row.PlainText(String text) ->
                new RenderedRow(
                        List.of(
                                beginning(),
                                new Piece.Text(head(text), true, true),
                                new Piece.Control(List.of(tokenizer.endOfText()), true)),
                        1);
        };
    }

    private Piece beginning() {
        return new Piece.Control(
                IntStream.of(tokenizer.beginningOfText()).boxed().toList(), false);
    }

    private RenderedRow conversation(Row.Conversation row, Clock clock) {
        if (template == null) {
            throw new NoTemplateException();
        }
        Row.Conversation used = new Row.Conversation(row.messages().subList(0, row.lastAnswer() + 1), row.tools());
        ControlTexts.Screened screened = controls.screen(used);
        WrittenTurns turns = new WrittenTurns(template, screened.conversation(), clock, this::endsWithControl);
        List<Span> answers = answers(screened.conversation(), turns);
        Span last = answers.getLast();
        List<Span> targets = trainOn == TrainOn.ALL ? List.of(new Span(0, last.end())) : answers;
        WrittenText text = new WrittenText(turns.text().substring(0, last.end()), screened.mark());
        Set<RowNote> notes = EnumSet.noneOf(RowNote.class);
        if (screened.mark() != 0) {
            notes.add(RowNote.CONTROL_TOKENS_WRITTEN_OUT);
        }
        if (!row.tools().isEmpty() && !template.writesTools()) {
            notes.add(RowNote.TOOLS_LEFT_OUT);
        }
        return text.render(targets, last.start(), tokenizer.encodesStretches(), notes);
    }

    private List<Span> answers(Row.Conversation conversation, WrittenTurns turns) {
        int last = conversation.lastAnswer();
        List<Span> answers = new ArrayList<>();
        for (int i = trainOn == TrainOn.ANSWERS ? 0 : last; i <= last; i++) {
            Message message = conversation.messages().get(i);
            if (message.learnt()) {
                Span answer = turns.of(i);
                if (!answers.isEmpty() && answer.start() < answers.getLast().end()) {
                    throw new TurnNotFoundException(i);
                }
                answers.add(answer);
            }
        }
        return answers;
    }

    private boolean endsWithControl(String text) {
        return tokenizer.controls().stream().anyMatch(text::endsWith);
    }

    private String head(String text) {
        if (text.length() <= longestText) {
            return text;
        }
        return text.substring(0, longestText + (Character.isLowSurrogate(text.charAt(longestText)) ? 1 : 0));
    }

    private String tail(String text) {
        int start = text.length() - longestText;
        if (start <= 0) {
            return text;
        }
        return text.substring(Character.isLowSurrogate(text.charAt(start)) ? start - 1 : start);
    }
}
