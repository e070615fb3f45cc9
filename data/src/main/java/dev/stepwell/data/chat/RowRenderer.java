package dev.stepwell.data.chat;

import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.Row;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import dev.stepwell.data.tokens.SpecialTokens;
import java.util.ArrayList;
import java.util.List;

/// Rows in the format of the model trained from scratch:
///
/// ```
///  messages             <|im_start|>system⏎be brief<|im_end|>⏎<|im_start|>user⏎hi<|im_end|>⏎
///                       <|im_start|>assistant⏎[hello<|im_end|>]
///  prompt, completion   prompt[completion<|im_end|>]
///  text                 [text<|endoftext|>]
/// ```
///
/// What is in brackets is learnt: of a conversation every answer with its end, whatever the number of turns. Turns
/// after the last answer are left out, since nothing is learnt from them. Messages are encoded plain: special tokens
/// in them are characters. Prompts, completions and texts are encoded raw, since who writes them writes the model's
/// own format.
///
/// A text far longer than can be used is cut before it is tokenized, at the end that would be cut off afterwards.
final class RowRenderer {
    private final HuggingFaceBpeTokenizer tokenizer;
    private final ChatMl chat;
    private final int endOfText;
    private final int longestText;

    /// @param maxLength tokens of a row
    RowRenderer(HuggingFaceBpeTokenizer tokenizer, int maxLength) {
        this.tokenizer = tokenizer;
        chat = new ChatMl(tokenizer);
        endOfText = tokenizer.special(SpecialTokens.END_OF_TEXT);
        // So many chars are more than maxLength tokens, whatever they are, and the row still counts as cut.
        longestText = (int) Math.min(Integer.MAX_VALUE, (maxLength + 1L) * tokenizer.longestToken());
    }

    RenderedRow render(Row row) {
        return switch (row) {
            case Row.Conversation conversation -> conversation(conversation);
            case Row.PromptCompletion(String prompt, String completion) ->
                new RenderedRow(
                        List.of(
                                new Piece.Text(tail(prompt), true, false),
                                new Piece.Text(head(completion), true, true),
                                new Piece.Control(tokenizer.endOfTurn(), true)),
                        1);
            case Row.PlainText(String text) ->
                new RenderedRow(List.of(new Piece.Text(head(text), true, true), new Piece.Control(endOfText, true)), 0);
        };
    }

    private RenderedRow conversation(Row.Conversation conversation) {
        List<Piece> pieces = new ArrayList<>();
        int last = conversation.lastAnswer();
        for (int i = 0; i <= last; i++) {
            Message message = conversation.messages().get(i);
            String said = SaidText.of(message);
            chat.begin(pieces, message.role());
            chat.finish(pieces, i == last ? head(said) : tail(said), message.learnt());
        }
        return new RenderedRow(pieces, pieces.size() - 2);
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
