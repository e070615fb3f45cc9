package dev.stepwell.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Rows that are asked and never trained.
@FunctionalInterface
public interface ValidationSet {
    /// The rows as they are now, in an order that does not change.
    ///
    /// @throws IOException if they cannot be read
    List<Part> parts() throws IOException;

    /// The rows of this set, and then those of `others`.
    default ValidationSet then(ValidationSet others) {
        return () -> {
            List<Part> all = new ArrayList<>(parts());
            all.addAll(others.parts());
            return List.copyOf(all);
        };
    }

    /// The rows of one file.
    ///
    /// @param file    its name
    /// @param heldOut whether the file was trained but for these
    record Part(String file, boolean heldOut, List<ExamRow> rows) {
        public Part {
            rows = List.copyOf(rows);
        }

        /// Rows of a file that was never trained.
        public Part(String file, List<ExamRow> rows) {
            this(file, false, rows);
        }
    }
}
