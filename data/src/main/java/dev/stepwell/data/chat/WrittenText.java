package dev.stepwell.data.chat;

import dev.stepwell.data.jinja.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A written conversation that is cut into pieces, each of which is tokenized in one way.
///
/// @param text as the template wrote it; nothing follows the last answer
/// @param mark what stands after the first character and at the end of what looks like a control token and is none;
///             0 if nothing does
record WrittenText(String text, char mark) {
    /// @param targets    what is to be learnt, in order
    /// @param lastAnswer where the last answer begins
    /// @param split      whether pieces may begin and end where targets do
    RenderedRow render(List<Span> targets, int lastAnswer, boolean split, Set<RowNote> notes) {
        List<Span> literals = literals();
        TreeSet<Integer> cuts = new TreeSet<>(List.of(0, text.length()));
        literals.forEach(literal -> cut(cuts, literal));
        if (split) {
            targets.forEach(target -> cut(cuts, target));
            cuts.add(lastAnswer);
        }
        List<Piece> pieces = new ArrayList<>();
        int answer = 0;
        int from = 0;
        for (int to : cuts.tailSet(1)) {
            Span stretch = new Span(from, to);
            if (from <= lastAnswer) {
                answer = pieces.size();
            }
            pieces.add(piece(stretch, literals.contains(stretch), targets, split));
            from = to;
        }
        return new RenderedRow(pieces, answer, notes);
    }

    private static void cut(Set<Integer> cuts, Span span) {
        cuts.add(span.start());
        cuts.add(span.end());
    }

    private Piece piece(Span stretch, boolean literal, List<Span> targets, boolean split) {
        String part = text.substring(stretch.start(), stretch.end());
        List<Span> within = targets.stream()
                .filter(target -> target.start() < stretch.end() && target.end() > stretch.start())
                .map(target -> new Span(
                        Math.max(0, target.start() - stretch.start()),
                        Math.min(part.length(), target.end() - stretch.start())))
                .toList();
        if (literal) {
            return new Piece.Text(part.replace(String.valueOf(mark), ""), false, !within.isEmpty());
        }
        return split ? new Piece.Text(part, true, !within.isEmpty()) : new Piece.Marked(part, within);
    }

    /// What looks like control tokens and is none, with the marks in it.
    private List<Span> literals() {
        List<Span> literals = new ArrayList<>();
        int from = mark == 0 ? -1 : text.indexOf(mark);
        while (from >= 0) {
            int end = text.indexOf(mark, from + 1);
            // A template that took a message apart may have left one mark alone: all behind it is no control token.
            int to = end < 0 ? text.length() : end + 1;
            literals.add(new Span(from == 0 ? 0 : text.offsetByCodePoints(from, -1), to));
            from = text.indexOf(mark, to);
        }
        return literals;
    }
}
