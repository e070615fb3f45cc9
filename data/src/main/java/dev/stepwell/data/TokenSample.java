package dev.stepwell.data;

import dev.stepwell.data.chat.RowTokenizer;
import dev.stepwell.data.chat.TokenizedRow;
import dev.stepwell.data.rows.Row;
import java.time.Clock;
import java.util.List;

/// How many tokens the rows of a file have, from some of them, spread evenly over it: every row of a short file.
///
/// No row is held: those that may be in the sample are tokenized when they come.
final class TokenSample {
    private static final int ROWS = 32;

    private final RowTokenizer tokenizer;
    private final Clock clock;
    private final EvenSample<Integer> lengths = new EvenSample<>(ROWS);

    /// @param clock which a chat template may ask for the date
    TokenSample(RowTokenizer tokenizer, Clock clock) {
        this.tokenizer = tokenizer;
        this.clock = clock;
    }

    /// Shows it the next row that is trained.
    void offer(Row row) {
        lengths.offer(() -> length(row));
    }

    private int length(Row row) {
        return switch (tokenizer.tokenize(List.of(row), clock).getFirst()) {
            case TokenizedRow.Usable usable -> usable.example().ids().length;
            case TokenizedRow.Refused _ -> 0;
        };
    }

    /// Tokens that `rows` such rows are expected to have.
    double tokensOf(long rows) {
        return rows
                * lengths.sample().stream()
                        .mapToInt(Integer::intValue)
                        .average()
                        .orElse(0);
    }
}
