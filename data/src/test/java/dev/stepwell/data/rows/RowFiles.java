package dev.stepwell.data.rows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Files of rows that are only in memory.
final class RowFiles {
    private RowFiles() {}

    static List<FileRow> read(byte[] file, FieldMapping mapping) {
        return read(file, 1 << 20, mapping);
    }

    static List<FileRow> read(byte[] file, int maxBytes, FieldMapping mapping) {
        List<FileRow> read = new ArrayList<>();
        try (RowFile rows = new RowFile(new ByteArrayInputStream(file), maxBytes, mapping)) {
            for (FileRow next = rows.next(); next != null; next = rows.next()) {
                read.add(next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    static List<FileRow> read(String file) {
        return read(file.getBytes(StandardCharsets.UTF_8), FieldMapping.NONE);
    }

    /// What a file of that one line holds.
    static FileRow only(String line, FieldMapping mapping) {
        List<FileRow> rows = read((line + "\n").getBytes(StandardCharsets.UTF_8), mapping);
        if (rows.size() != 1) {
            throw new AssertionError(rows);
        }
        return rows.getFirst();
    }

    /// The row in that line, which must be usable.
    static Row row(String line, FieldMapping mapping) {
        return switch (only(line, mapping)) {
            case FileRow.Usable(long _, int _, Row row) -> row;
            case FileRow.Refused refused -> throw new AssertionError(refused);
        };
    }

    static Row row(String line) {
        return row(line, FieldMapping.NONE);
    }

    /// What the rows of a file are.
    static String format(String file, FieldMapping mapping) throws IOException {
        try (RowFile rows =
                new RowFile(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), 1 << 20, mapping)) {
            while (rows.next() != null) {
                // Only the format is asked for.
            }
            return rows.format().words();
        }
    }
}
