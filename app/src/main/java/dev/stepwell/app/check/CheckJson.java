package dev.stepwell.app.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import dev.stepwell.data.FileCheck;
import dev.stepwell.data.Lengths;
import dev.stepwell.data.chat.RowNote;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// What `check --json` prints of a file, on one line.
///
/// @param format     in words
/// @param rows       in the file, refused ones included
/// @param heldOut    rows that would be asked and never trained
/// @param truncated  usable rows that are cut
/// @param rejections the first of them
/// @param tokens     of the usable rows; null if there is none
/// @param targets    tokens that are learnt
/// @param notes      by name, rows of which a user should know something
/// @param steps      optimizer steps in all epochs
/// @param seconds    that they take, by the speed of the last training here; null if there was none
@JsonInclude(JsonInclude.Include.ALWAYS)
record CheckJson(
        String file,
        String format,
        long rows,
        long usable,
        long heldOut,
        long rejected,
        long truncated,
        List<RowRejection> rejections,
        @Nullable Lengths tokens,
        long targets,
        double targetShare,
        Map<String, Long> notes,
        int maxLength,
        int rowsPerStep,
        int epochs,
        long steps,
        @Nullable Double seconds) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    static String of(Checked checked) {
        FileCheck check = checked.check();
        RowLedger ledger = check.ledger();
        return JSON.writeValueAsString(new CheckJson(
                checked.file().toString(),
                check.format().words(),
                ledger.rows(),
                ledger.usable(),
                ledger.heldOut(),
                ledger.rejected(),
                ledger.truncated(),
                ledger.rejections(),
                check.lengths().orElse(null),
                check.targets(),
                checked.targetShare(),
                check.notes().entrySet().stream()
                        .collect(Collectors.toMap(
                                note -> name(note.getKey()), Map.Entry::getValue, (a, _) -> a, TreeMap::new)),
                checked.maxLength(),
                checked.rowsPerStep(),
                checked.epochs(),
                checked.steps(),
                checked.seconds().isPresent() ? checked.seconds().getAsDouble() : null));
    }

    private static String name(RowNote note) {
        return note.name().toLowerCase(Locale.ROOT);
    }
}
