package dev.stepwell.data.jinja;

/// How far a rendering may go. Whatever is reached ends it with [FailureKind#LIMIT].
///
/// @param steps       statements, calls, elements and, 32 at a time, chars that are worked on
/// @param depth       levels of the template's tree that are being run at once, calls of macros included
/// @param outputChars chars of the text that is made
/// @param valueChars  chars of one string on the way
/// @param valueItems  elements of one list, tuple or dictionary on the way
/// @param allocation  chars and, 8 for each, elements that are made in all, whether they are still needed or not
/// @param integerBits bits of an integer on the way
public record Limits(
        long steps, int depth, int outputChars, int valueChars, int valueItems, long allocation, int integerBits) {
    /// Ample for a conversation of 2,000 messages and some megabytes of text, a second or two for a template gone wild.
    public static final Limits DEFAULT = new Limits(50_000_000, 1_000, 1 << 26, 1 << 24, 1 << 20, 1 << 28, 1 << 16);

    public Limits {
        if (steps < 1
                || depth < 1
                || outputChars < 0
                || valueChars < 0
                || valueItems < 0
                || allocation < 0
                || integerBits < 64) {
            throw new IllegalArgumentException("a limit is too low for any template");
        }
    }
}
