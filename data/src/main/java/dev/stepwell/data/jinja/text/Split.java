package dev.stepwell.data.jinja.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Python's `split`, `rsplit` and `splitlines`. A limit below zero is none.
public final class Split {
    private Split() {}

    /// At runs of whitespace, none of which is kept but in what is left when the limit is reached.
    public static List<String> whitespace(String text, int limit) {
        List<String> parts = new ArrayList<>();
        int at = skip(text, 0);
        while (at < text.length()) {
            if (parts.size() == limit) {
                parts.add(text.substring(at));
                return parts;
            }
            int end = at;
            while (end < text.length() && !Characters.isSpace(text.charAt(end))) {
                end++;
            }
            parts.add(text.substring(at, end));
            at = skip(text, end);
        }
        return parts;
    }

    /// The same from the right.
    public static List<String> whitespaceFromRight(String text, int limit) {
        List<String> parts = new ArrayList<>();
        int at = skipBack(text, text.length());
        while (at > 0) {
            if (parts.size() == limit) {
                parts.add(text.substring(0, at));
                break;
            }
            int start = at;
            while (start > 0 && !Characters.isSpace(text.charAt(start - 1))) {
                start--;
            }
            parts.add(text.substring(start, at));
            at = skipBack(text, start);
        }
        Collections.reverse(parts);
        return parts;
    }

    /// At a separator, which is not empty.
    public static List<String> separator(String text, String separator, int limit) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int found = text.indexOf(separator);
        while (found >= 0 && parts.size() != limit) {
            parts.add(text.substring(start, found));
            start = found + separator.length();
            found = text.indexOf(separator, start);
        }
        parts.add(text.substring(start));
        return parts;
    }

    /// The same from the right.
    public static List<String> separatorFromRight(String text, String separator, int limit) {
        List<String> parts = new ArrayList<>();
        int end = text.length();
        int found = text.lastIndexOf(separator);
        while (found >= 0 && parts.size() != limit) {
            parts.add(text.substring(found + separator.length(), end));
            end = found;
            found = text.lastIndexOf(separator, end - separator.length());
        }
        parts.add(text.substring(0, end));
        Collections.reverse(parts);
        return parts;
    }

    /// At the ends of lines, of which there are many.
    public static List<String> lines(String text, boolean keepEnds) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && !Characters.isLineEnd(text.charAt(end))) {
                end++;
            }
            int next = end;
            if (next < text.length()) {
                next += text.startsWith("\r\n", next) ? 2 : 1;
            }
            lines.add(text.substring(start, keepEnds ? next : end));
            start = next;
        }
        return lines;
    }

    private static int skip(String text, int from) {
        int at = from;
        while (at < text.length() && Characters.isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int skipBack(String text, int from) {
        int at = from;
        while (at > 0 && Characters.isSpace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }
}
