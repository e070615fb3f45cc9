package dev.stepwell.torch.testing;

import dev.stepwell.data.tokens.Tokenizer;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Text is the ids themselves, in decimal, separated by blanks. Id 0 pads, id 1 ends a turn.
public record IdTokenizer(int vocabSize) implements Tokenizer {
    public static final int PADDING = 0;
    public static final int END = 1;

    @Override
    public int[] encode(String text) {
        return Stream.of(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    @Override
    public String decode(int[] ids) {
        return Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    @Override
    public int endOfTurn() {
        return END;
    }

    @Override
    public int padding() {
        return PADDING;
    }
}
