package dev.stepwell.data.judge;

/// A text that a pattern may look at only so often, so that one which backtracks without end is an error, not a
/// training that stands still.
final class BoundedText implements CharSequence {
    /// Looks at one character of a text that has no more than a million: some tenths of a second.
    private static final int LOOKS = 50_000_000;

    private final String text;
    private final int[] left;

    private BoundedText(String text, int[] left) {
        this.text = text;
        this.left = left;
    }

    static BoundedText of(String text) {
        return new BoundedText(text, new int[] {LOOKS});
    }

    @Override
    public char charAt(int index) {
        if (--left[0] < 0) {
            throw new JudgeException(
                    "judge_pattern takes too long on a text of %d characters: write it without nested repetitions"
                            .formatted(text.length()),
                    null);
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
