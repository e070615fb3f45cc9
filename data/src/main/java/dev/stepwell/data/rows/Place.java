package dev.stepwell.data.rows;

/// Where something is in a file.
///
/// @param line   physical line, from 1
/// @param column Unicode character in it, from 1; 0 for the line as a whole
record Place(long line, int column) {
    /// Where the end of `text` is, if it begins here.
    Place after(String text) {
        int feed = text.lastIndexOf('\n');
        if (feed < 0) {
            return new Place(line, column + text.codePointCount(0, text.length()));
        }
        long feeds = text.chars().limit(feed + 1L).filter(c -> c == '\n').count();
        return new Place(line + feeds, text.codePointCount(feed + 1, text.length()) + 1);
    }
}
