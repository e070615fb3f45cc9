package dev.stepwell.data.rows;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The rows of a file, whatever holds them, each for itself.
sealed interface RowSource {
    /// A row as it is by itself.
    sealed interface Found {
        record Usable(Shape shape, FileRow.Usable row) implements Found {}

        record Refused(FileRow.Refused row) implements Found {}
    }

    /// The next row, or null after the last.
    ///
    /// @throws IOException if the file cannot be read
    @Nullable
    Found next() throws IOException;

    private static Found refused(Place place, String reason) {
        return new Found.Refused(new FileRow.Refused(place.line(), place.column(), reason));
    }

    /// Of a file that cannot be read as text: one refused row.
    final class Foreign implements RowSource {
        private final String reason;
        private boolean told;

        Foreign(String reason) {
            this.reason = reason;
        }

        @Override
        public @Nullable Found next() {
            if (told) {
                return null;
            }
            told = true;
            return refused(new Place(1, 0), reason);
        }
    }

    /// One in each line.
    final class Lines implements RowSource {
        private final LineReader lines;
        private final RowParser parser;

        Lines(LineReader lines, FieldMapping mapping) {
            this.lines = lines;
            this.parser = new RowParser(Container.LINES, mapping);
        }

        @Override
        public @Nullable Found next() throws IOException {
            PhysicalLine line = lines.next();
            if (line == null) {
                return null;
            }
            Place whole = new Place(line.number(), 0);
            if (line.tooLong()) {
                return refused(whole, "the line is longer than %d bytes".formatted(lines.maxBytes()));
            }
            Place start = new Place(line.number(), 1);
            return switch (Utf8Text.decode(line.bytes())) {
                case Utf8Text.Decoded.Fault(String before, String reason) -> refused(start.after(before), reason);
                case Utf8Text.Decoded.Text(String text) ->
                    switch (parser.parse(text)) {
                        case ParsedRow.Usable(Shape shape, Row row) ->
                            new Found.Usable(shape, new FileRow.Usable(line.number(), 1, row));
                        case ParsedRow.Refused(int offset, String reason, boolean _) ->
                            refused(offset < 0 ? whole : start.after(text.substring(0, offset)), reason);
                    };
            };
        }
    }

    /// One in each element of a list.
    final class Elements implements RowSource {
        private final ElementReader elements;
        private final RowParser parser;
        private boolean ended;

        Elements(ElementReader elements, FieldMapping mapping) {
            this.elements = elements;
            this.parser = new RowParser(Container.LIST, mapping);
        }

        @Override
        public @Nullable Found next() throws IOException {
            return switch (ended ? null : elements.next()) {
                case null -> null;
                case ElementReader.Found.Break(Place place, String reason) -> refused(place, reason);
                case ElementReader.Found.Element element ->
                    element.tooLong()
                            ? refused(
                                    element.place(),
                                    "the element is longer than %d bytes".formatted(elements.maxBytes()))
                            : found(element);
            };
        }

        private Found found(ElementReader.Found.Element element) {
            Place start = element.place();
            return switch (Utf8Text.decode(element.bytes())) {
                case Utf8Text.Decoded.Fault(String before, String reason) -> refused(start.after(before), reason);
                case Utf8Text.Decoded.Text(String text) ->
                    switch (parser.parse(text)) {
                        case ParsedRow.Usable(Shape shape, Row row) ->
                            new Found.Usable(shape, new FileRow.Usable(start.line(), start.column(), row));
                        case ParsedRow.Refused(int offset, String reason, boolean broken) -> {
                            ended = broken;
                            Place place = start.after(text.substring(0, Math.max(offset, 0)));
                            yield refused(place, broken ? reason + ElementReader.END : reason);
                        }
                    };
            };
        }
    }
}
