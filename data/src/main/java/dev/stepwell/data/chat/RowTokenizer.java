package dev.stepwell.data.chat;

import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.Role;
import dev.stepwell.data.rows.Row;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows to token ids with the positions to be learnt.
///
/// A conversation longer than `maxLength` tokens loses its first turns, but not its system message, and begins with a
/// user's turn then. Where not even the last question fits, and of other rows, the last `maxLength` tokens are kept, so
/// that what is furthest from the last answer goes; only if that answer is itself too long does the row begin one token
/// before it and lose the answer's end. A plain text keeps its beginning. So every row keeps at least one token to
/// learn, whatever its length.
public final class RowTokenizer {
    private static final int SHORTEST = 2;

    private final HuggingFaceBpeTokenizer tokenizer;
    private final RowRenderer renderer;
    private final int maxLength;

    /// Cuts rows at `maxLength` tokens.
    ///
    /// @param chat      how conversations are written; empty if the model does not know any
    /// @param maxLength tokens a row may have
    /// @throws IllegalArgumentException if `maxLength` is below 2: one token to see and one to learn
    public RowTokenizer(
            HuggingFaceBpeTokenizer tokenizer, Optional<ChatTemplate> chat, TrainOn trainOn, int maxLength) {
        if (maxLength < SHORTEST) {
            throw new IllegalArgumentException("max_length %d is below %d".formatted(maxLength, SHORTEST));
        }
        this.tokenizer = tokenizer;
        this.renderer = new RowRenderer(tokenizer, chat, trainOn, maxLength);
        this.maxLength = maxLength;
    }

    /// Tokenizes rows together, on all cores. In the order of `rows`.
    ///
    /// @param clock which a chat template may ask for the date
    public List<TokenizedRow> tokenize(List<Row> rows, Clock clock) {
        List<RenderResult> rendered = rows.parallelStream()
                .map(row -> RenderResult.of(renderer, row, clock))
                .toList();
        EncodedTexts texts = new EncodedTexts(
                tokenizer,
                rendered.stream()
                        .filter(RenderResult.Written.class::isInstance)
                        .map(written -> ((RenderResult.Written) written).row())
                        .toList());
        List<TokenizedRow> tokenized = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            tokenized.add(
                    switch (rendered.get(i)) {
                        case RenderResult.Written(RenderedRow row) -> fitted(rows.get(i), row, texts, clock);
                        case RenderResult.Refused(String reason) -> new TokenizedRow.Refused(reason);
                    });
        }
        return tokenized;
    }

    private TokenizedRow fitted(Row row, RenderedRow rendered, EncodedTexts texts, Clock clock) {
        Tokens tokens = Tokens.of(rendered, texts, tokenizer);
        if (tokens.ids().length > maxLength && row instanceof Row.Conversation conversation) {
            TokenizedRow shorter = withoutFirstTurns(conversation, clock);
            if (shorter != null) {
                return shorter;
            }
        }
        return cut(row, tokens, rendered.notes());
    }

    /// The conversation without as many of its first turns as it takes; null if that is not enough, or the template
    /// does not write it.
    private @Nullable TokenizedRow withoutFirstTurns(Row.Conversation conversation, Clock clock) {
        List<Message> messages = conversation.messages();
        int last = conversation.lastAnswer();
        int[] beginnings = IntStream.range(firstTurn(messages) + 1, last)
                .filter(i -> messages.get(i).role() == Role.USER)
                .toArray();
        // The more is left out, the shorter it is: the first that fits is found by halving.
        int low = 0;
        int high = beginnings.length;
        TokenizedRow found = null;
        while (low < high) {
            int middle = (low + high) >>> 1;
            TokenizedRow shorter = from(conversation, beginnings[middle], clock);
            if (shorter == null) {
                low = middle + 1;
            } else {
                found = shorter;
                high = middle;
            }
        }
        return found;
    }

    /// Where the turns begin, behind what is said to the model before them.
    private static int firstTurn(List<Message> messages) {
        int first = 0;
        while (messages.get(first).role() == Role.SYSTEM || messages.get(first).role() == Role.DEVELOPER) {
            first++;
        }
        return first;
    }

    /// @return null if it does not fit
    private @Nullable TokenizedRow from(Row.Conversation conversation, int beginning, Clock clock) {
        List<Message> messages = conversation.messages();
        List<Message> kept = new ArrayList<>(messages.subList(0, firstTurn(messages)));
        kept.addAll(messages.subList(beginning, messages.size()));
        Row.Conversation shorter = new Row.Conversation(kept, conversation.tools());
        if (!(RenderResult.of(renderer, shorter, clock) instanceof RenderResult.Written(RenderedRow row))) {
            return null;
        }
        Tokens tokens = Tokens.of(row, new EncodedTexts(tokenizer, List.of(row)), tokenizer);
        if (tokens.ids().length > maxLength) {
            return null;
        }
        Set<RowNote> notes = EnumSet.of(RowNote.MESSAGES_LEFT_OUT);
        notes.addAll(row.notes());
        return new TokenizedRow.Usable(
                conversation, example(tokens.ids(), tokens.targets()), tokens.answerStart(), true, true, notes);
    }

    private TokenizedRow cut(Row row, Tokens tokens, Set<RowNote> notes) {
        int[] ids = tokens.ids();
        int answerStart = tokens.answerStart();
        int start = Math.max(0, Math.min(ids.length - maxLength, answerStart - 1));
        int end = Math.min(ids.length, start + maxLength);
        Example example =
                example(Arrays.copyOfRange(ids, start, end), tokens.targets().get(start, end));
        if (example.targets().isEmpty()) {
            return new TokenizedRow.Refused("no token of it is to be learnt");
        }
        return new TokenizedRow.Usable(
                row, example, answerStart - start, end - start < ids.length, end == ids.length, notes);
    }

    private static Example example(int[] ids, BitSet targets) {
        // Nothing comes before the first token from which it could be predicted.
        targets.clear(0);
        return new Example(ids, targets);
    }
}
