package dev.stepwell.data;

import dev.stepwell.core.training.FileFormat;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.data.chat.Example;
import dev.stepwell.data.chat.RowNote;
import dev.stepwell.data.chat.RowTokenizer;
import dev.stepwell.data.chat.TokenizedRow;
import dev.stepwell.data.rows.FieldMapping;
import dev.stepwell.data.rows.FileRow;
import dev.stepwell.data.rows.HoldOut;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What a model would be taught by a file.
///
/// @param format  of the file
/// @param ledger  its rows, and why some are refused
/// @param lengths of its usable rows; empty if there is none
/// @param targets tokens that are learnt
/// @param notes   rows of which a user should know something
/// @param first   its first usable rows
public record FileCheck(
        FileFormat format,
        RowLedger ledger,
        Optional<Lengths> lengths,
        long targets,
        Map<RowNote, Long> notes,
        List<Shown> first) {
    public FileCheck {
        notes = Map.copyOf(notes);
        first = List.copyOf(first);
    }

    /// A row that is shown.
    ///
    /// @param line    at which it begins, from 1
    /// @param example its tokens
    public record Shown(long line, Example example) {}

    /// Reads a file as training would.
    ///
    /// @param mapping names that fields have in files of others
    /// @param holdOut which rows are not to be trained
    /// @param shown   rows to be shown
    /// @param gate    asked now and then; what it answers is passed over
    /// @throws IOException if the file cannot be read
    public static FileCheck of(
            Path file, RowTokenizer tokenizer, FieldMapping mapping, HoldOut holdOut, int shown, Runnable gate)
            throws IOException {
        Counted counted = new Counted(shown);
        FileFormat format = new TokenizedRows(tokenizer, mapping)
                .read(
                        file,
                        holdOut,
                        () -> {
                            gate.run();
                            return true;
                        },
                        counted);
        return new FileCheck(
                Objects.requireNonNull(format),
                counted.ledger.build(),
                Lengths.of(counted.lengths),
                counted.targets,
                counted.notes,
                counted.first);
    }

    private static final class Counted implements RowVisitor {
        final LedgerBuilder ledger = new LedgerBuilder();
        final IntList lengths = new IntList();
        final Map<RowNote, Long> notes = new EnumMap<>(RowNote.class);
        final List<Shown> first = new ArrayList<>();
        private final int shown;
        long targets;

        Counted(int shown) {
            this.shown = shown;
        }

        @Override
        public void refused(FileRow.Refused row) {
            ledger.refused(row);
        }

        @Override
        public void heldOut(TokenizedRow.Usable row) {
            ledger.heldOut();
        }

        @Override
        public void usable(long line, TokenizedRow.Usable row) {
            ledger.usable();
            if (row.truncated()) {
                ledger.truncated();
            }
            row.notes().forEach(note -> notes.merge(note, 1L, Long::sum));
            lengths.add(row.example().ids().length);
            targets += row.example().targets().cardinality();
            if (first.size() < shown) {
                first.add(new Shown(line, row.example()));
            }
        }
    }
}
