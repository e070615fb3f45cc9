package dev.stepwell.app.check;

import dev.stepwell.app.text.Printable;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import dev.stepwell.data.FileCheck;
import dev.stepwell.data.Lengths;
import dev.stepwell.data.chat.RowNote;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import dev.stepwell.monitor.terminal.Words;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// What was found in a file, in lines for people.
final class CheckText {
    private static final String FACT = "  %-10s %s";
    private static final int REJECTIONS_SHOWN = 10;

    private final ShownRow rows;

    /// @param color whether what is learnt is coloured; else it stands in brackets
    CheckText(HuggingFaceBpeTokenizer tokenizer, boolean color) {
        rows = new ShownRow(tokenizer, color);
    }

    List<String> lines(Checked checked) {
        FileCheck check = checked.check();
        RowLedger ledger = check.ledger();
        List<String> lines = new ArrayList<>();
        lines.add(Printable.line(checked.file().toString()));
        lines.add(FACT.formatted("format", check.format().words()));
        lines.add(FACT.formatted("rows", rowsLine(ledger, checked.maxLength())));
        check.lengths().ifPresent(lengths -> {
            lines.add(FACT.formatted("tokens", tokensLine(lengths)));
            lines.add(FACT.formatted(
                    "learnt", "%,d of them (%s)".formatted(check.targets(), percent(checked.targetShare()))));
            lines.add(FACT.formatted("training", trainingLine(checked)));
        });
        notes(check.notes()).forEach(note -> lines.add(FACT.formatted("note", note)));
        rejections(ledger, lines);
        if (!check.first().isEmpty()) {
            lines.add("  " + rows.legend());
        }
        for (FileCheck.Shown shown : check.first()) {
            lines.add("  line %,d, %,d tokens"
                    .formatted(shown.line(), shown.example().ids().length));
            rows.text(shown.example()).lines().forEach(line -> lines.add("  | " + line));
        }
        lines.add("");
        return lines;
    }

    private static String rowsLine(RowLedger ledger, int maxLength) {
        StringBuilder line = new StringBuilder("%,d".formatted(ledger.rows()));
        if (ledger.rejected() == 0 && ledger.heldOut() == 0) {
            line.append(", all usable");
        } else {
            line.append(": %,d usable".formatted(ledger.usable()));
            if (ledger.heldOut() > 0) {
                line.append(", %,d held out".formatted(ledger.heldOut()));
            }
            line.append(", %,d refused".formatted(ledger.rejected()));
        }
        if (ledger.truncated() > 0) {
            line.append("; %,d are longer than max_length %,d and are cut".formatted(ledger.truncated(), maxLength));
        }
        return line.toString();
    }

    private static String tokensLine(Lengths lengths) {
        return "%,d in all; a row has %,d to %,d, half of them at most %,d, 95 %% at most %,d"
                .formatted(lengths.total(), lengths.shortest(), lengths.longest(), lengths.median(), lengths.p95());
    }

    private static String trainingLine(Checked checked) {
        OptionalDouble seconds = checked.seconds();
        return "%,d %s of %,d rows, %,d %s; %s"
                .formatted(
                        checked.steps(),
                        checked.steps() == 1 ? "step" : "steps",
                        checked.rowsPerStep(),
                        checked.epochs(),
                        checked.epochs() == 1 ? "epoch" : "epochs",
                        seconds.isPresent()
                                ? "about %s, as fast as the last training here"
                                        .formatted(Words.duration(seconds.getAsDouble()))
                                : "how long that takes is known once something was trained here");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /// In the order in which the notes are declared.
    private static List<String> notes(Map<RowNote, Long> notes) {
        List<String> lines = new ArrayList<>();
        Map<RowNote, Long> ordered = new EnumMap<>(RowNote.class);
        ordered.putAll(notes);
        ordered.forEach((note, count) -> lines.add(note(note, count)));
        return lines;
    }

    private static String note(RowNote note, long count) {
        return switch (note) {
            case CONTROL_TOKENS_WRITTEN_OUT ->
                "%s control tokens written out in a message, such as <|im_end|>: they are learnt as characters"
                        .formatted(rowsHave(count));
            case TOOLS_LEFT_OUT ->
                "%s tools, of which the chat template writes nothing: the model does not see them"
                        .formatted(rowsHave(count));
            case MESSAGES_LEFT_OUT ->
                "of the rows that are cut %,d lose whole turns from their beginning, the others a part of one"
                        .formatted(count);
        };
    }

    private static String rowsHave(long count) {
        return count == 1 ? "1 row has" : "%,d rows have".formatted(count);
    }

    private static void rejections(RowLedger ledger, List<String> lines) {
        for (RowRejection rejection : ledger.rejections()
                .subList(0, Math.min(REJECTIONS_SHOWN, ledger.rejections().size()))) {
            lines.add(FACT.formatted(
                    "refused",
                    "line %,d%s: %s"
                            .formatted(
                                    rejection.line(),
                                    rejection.column() > 0 ? ", column %,d".formatted(rejection.column()) : "",
                                    Printable.line(rejection.reason()))));
        }
        if (ledger.rejected() > REJECTIONS_SHOWN) {
            lines.add(FACT.formatted(
                    "",
                    "and %,d more; --json names up to %,d"
                            .formatted(ledger.rejected() - REJECTIONS_SHOWN, RowLedger.KEPT_REJECTIONS)));
        }
    }
}
