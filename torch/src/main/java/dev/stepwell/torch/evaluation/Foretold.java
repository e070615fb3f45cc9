package dev.stepwell.torch.evaluation;

import dev.stepwell.data.chat.Example;
import java.util.Arrays;

/// What is known of the answer that greedy decoding would give, from the tokens that the model likes best where it
/// reads the right answer.
///
/// ```
///  right answer      the  cat  sat  on   it   ⟨end⟩
///  likeliest there   the  cat  lay  on   it   ⟨end⟩
///  greedy answer     the  cat  lay  …                    what comes behind is not known
/// ```
///
/// As long as the likeliest token is the right one, decoding has read what stands here, and goes on likewise. So the
/// greedy answer is known up to the first place where it is not, and with the token that it has there.
sealed interface Foretold {
    /// It is this, in tokens, without the end of turn.
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    record Whole(int[] answer) implements Foretold {}

    /// It begins so, and goes on.
    @SuppressWarnings("ArrayRecordComponent") // Likewise.
    record Begun(int[] beginning) implements Foretold {}

    /// The answer to the question of a row.
    ///
    /// @param promptLength tokens of the row up to where its answer begins
    /// @param likeliest    of each of the row's targets, what the model likes best there
    /// @param endOfTurn    token that ends an answer
    static Foretold of(Example row, int promptLength, int[] likeliest, int endOfTurn) {
        int[] ids = row.ids();
        int target = row.targets().get(0, promptLength).cardinality();
        int at = promptLength;
        while (at < ids.length && row.targets().get(at)) {
            int token = likeliest[target++];
            if (token == endOfTurn) {
                return new Whole(Arrays.copyOfRange(ids, promptLength, at));
            }
            if (token != ids[at]) {
                int[] beginning = Arrays.copyOfRange(ids, promptLength, at + 1);
                beginning[at - promptLength] = token;
                return new Begun(beginning);
            }
            at++;
        }
        return new Begun(Arrays.copyOfRange(ids, promptLength, at));
    }
}
