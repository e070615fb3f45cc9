package dev.stepwell.data.judge;

/// The same text, white space around either aside.
record ExactJudge() implements EarlyJudge {
    /// What decoding gives for bytes that are no whole character.
    private static final char NO_CHARACTER = '\uFFFD';

    @Override
    public boolean right(String prompt, String golden, String answer) {
        return golden.strip().equals(answer.strip());
    }

    @Override
    public boolean mayBecomeRight(String golden, String begun) {
        String wanted = golden.strip();
        String there = wholeCharacters(begun).stripLeading();
        return there.length() <= wanted.length() ? wanted.startsWith(there) : right("", wanted, there);
    }

    private static String wholeCharacters(String begun) {
        int end = begun.length();
        while (end > 0 && begun.charAt(end - 1) == NO_CHARACTER) {
            end--;
        }
        return begun.substring(0, end);
    }
}
