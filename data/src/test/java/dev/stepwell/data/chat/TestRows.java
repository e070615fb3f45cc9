package dev.stepwell.data.chat;

import dev.stepwell.data.rows.Row;
import dev.stepwell.data.tokens.TestTokenizer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/// Rows tokenized by the shipped tokenizer and its chat template.
public final class TestRows {
    static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private TestRows() {}

    public static RowTokenizer tokenizer(int maxLength) {
        return new RowTokenizer(
                TestTokenizer.SHIPPED, ChatTemplate.of(TestTokenizer.SHIPPED), TrainOn.ANSWERS, maxLength);
    }

    static TokenizedRow.Usable tokenized(Row row, int maxLength) {
        return (TokenizedRow.Usable)
                tokenizer(maxLength).tokenize(List.of(row), CLOCK).getFirst();
    }
}
