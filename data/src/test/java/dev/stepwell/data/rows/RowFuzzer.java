package dev.stepwell.data.rows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What must hold of a file whatever its bytes are: it is read to its end without an exception, each row is usable or
/// refused at a place and with a reason on one line, and reading it again gives the same.
///
/// Jazzer calls this with inputs that it makes from coverage, see `tools/fuzz.sh`; [RowFuzzerTest] with those that are
/// kept.
public final class RowFuzzer {
    private static final FieldMapping ANSWERED = new FieldMapping.QuestionAnswer(Optional.of("s"), "q", "d.a");
    private static final int LONGEST_REASON = 400;

    private RowFuzzer() {}

    /// Jazzer's entry point.
    public static void fuzzerTestOneInput(byte[] input) {
        check(input, 1 << 16, FieldMapping.NONE);
        check(input, 64, ANSWERED);
        check(input, 1 << 16, new FieldMapping.Messages("d.m"));
    }

    private static void check(byte[] input, int maxBytes, FieldMapping mapping) {
        List<FileRow> rows = RowFiles.read(input, maxBytes, mapping);
        for (FileRow row : rows) {
            require(row.line() >= 1 && row.line() <= input.length + 1L, row);
            switch (row) {
                case FileRow.Refused(long _, int column, String reason) -> {
                    require(column >= 0 && column <= input.length + 1, row);
                    require(!reason.isBlank() && reason.length() < LONGEST_REASON, row);
                    require(reason.chars().noneMatch(Character::isISOControl), row);
                }
                case FileRow.Usable(long _, int column, Row usable) -> {
                    require(column >= 1 && usable.length() >= 1, row);
                    usable.texts().forEach(text -> require(!JsonValues.hasLoneSurrogate(text), row));
                    if (usable instanceof Row.Conversation conversation) {
                        require(
                                conversation
                                        .messages()
                                        .get(conversation.lastAnswer())
                                        .learnt(),
                                row);
                    }
                }
            }
        }
        require(isCountRight(input, rows.size()), rows);
        require(rows.equals(RowFiles.read(input, maxBytes, mapping)), rows);
        require(inSips(input, maxBytes).equals(elements(input, maxBytes, input.length + 8)), rows);
    }

    /// Every line is a row; a list has no more elements than bytes.
    private static boolean isCountRight(byte[] input, int rows) {
        try {
            ByteSource source = new ByteSource(new ByteArrayInputStream(input));
            if (source.foreignFormat() != null) {
                return rows == 1;
            }
            if (source.beginsList()) {
                return rows <= input.length;
            }
            LineReader lines = new LineReader(source, 1 << 16);
            int count = 0;
            while (lines.next() != null) {
                count++;
            }
            return rows == count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// By eight bytes, and by as many more as it takes to see that there is a list.
    private static List<String> inSips(byte[] input, int maxBytes) {
        int blank = 0;
        while (blank < input.length && (blank < 3 || ByteSource.isBlank(input[blank]))) {
            blank++;
        }
        return elements(input, maxBytes, blank + 8);
    }

    /// The elements that the reader finds through a small buffer must be those it finds through a large one.
    private static List<String> elements(byte[] input, int maxBytes, int bufferBytes) {
        try {
            ByteSource source = new ByteSource(new ByteArrayInputStream(input), bufferBytes);
            List<String> found = new ArrayList<>();
            if (!source.beginsList()) {
                return found;
            }
            ElementReader reader = new ElementReader(source, maxBytes);
            for (ElementReader.Found next = reader.next(); next != null; next = reader.next()) {
                found.add(
                        switch (next) {
                            case ElementReader.Found.Break end -> end.toString();
                            case ElementReader.Found.Element element ->
                                element.place() + " " + element.tooLong() + " " + Arrays.toString(element.bytes());
                        });
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(boolean holds, Object what) {
        if (!holds) {
            throw new AssertionError(what.toString());
        }
    }
}
