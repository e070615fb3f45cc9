package dev.stepwell.data.chat;

import dev.stepwell.data.rows.Role;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import dev.stepwell.data.tokens.SpecialTokens;
import java.util.List;

/// Turns of a conversation in ChatML, as pieces: `<|im_start|>role⏎content<|im_end|>`, with `⏎` between two of them.
final class ChatMl {
    private final int imStart;
    private final int endOfTurn;

    ChatMl(HuggingFaceBpeTokenizer tokenizer) {
        imStart = tokenizer.special(SpecialTokens.IM_START);
        endOfTurn = tokenizer.endOfTurn();
    }

    /// Adds what stands before the content of a turn. The first turn is the one that finds `pieces` empty.
    void begin(List<Piece> pieces, Role role) {
        if (!pieces.isEmpty()) {
            pieces.add(new Piece.Text("\n", false, false));
        }
        pieces.add(new Piece.Control(imStart, false));
        pieces.add(new Piece.Text(role.json() + "\n", false, false));
    }

    /// Adds the content of a turn and its end.
    ///
    /// @param target whether both are to be learnt
    void finish(List<Piece> pieces, String content, boolean target) {
        pieces.add(new Piece.Text(content, false, target));
        pieces.add(new Piece.Control(endOfTurn, target));
    }
}
