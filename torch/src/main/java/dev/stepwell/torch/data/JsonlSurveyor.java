package dev.stepwell.torch.data;

import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.FileSurveyor;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.torch.TrainerConfig;
import java.io.IOException;
import java.nio.file.Path;

/// Counts the rows of a JSON Lines file without tokenizing them. What it counts as usable is what [JsonlDataReader]
/// will find usable, since whether a row is does not depend on its tokens. Rows that will be cut are not known yet:
/// the ledger has none.
public final class JsonlSurveyor implements FileSurveyor {
    private final TrainerConfig config;

    /// Plans steps by `config`.
    ///
    /// @param config says how many rows a step takes
    public JsonlSurveyor(TrainerConfig config) {
        this.config = config;
    }

    @Override
    public FileSurvey survey(Path file) throws IOException {
        LedgerBuilder ledger = new LedgerBuilder();
        try (RowFile rows = new RowFile(file)) {
            for (RowFile.NumberedRow next = rows.next(); next != null; next = rows.next()) {
                switch (next.row()) {
                    case ParsedRow.Usable _ -> ledger.usable();
                    case ParsedRow.Refused refused -> ledger.refused(next.number(), refused);
                }
            }
        }
        RowLedger counted = ledger.build();
        return new FileSurvey(counted, config.plannedSteps(counted.usable()));
    }
}
