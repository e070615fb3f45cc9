package dev.stepwell.data;

import dev.stepwell.core.training.FileFormat;
import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.FileSurveyor;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.data.chat.RowTokenizer;
import dev.stepwell.data.rows.FieldMapping;
import dev.stepwell.data.rows.FileRow;
import dev.stepwell.data.rows.HoldOut;
import dev.stepwell.data.rows.RowFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Counts the rows of a file of JSON rows without tokenizing more of them than a sample. What it counts as usable is
/// what [JsonlDataReader] will find usable, since whether a row is does not depend on its tokens. Rows that will be cut
/// are not known yet: the ledger has none. The bytes are digested on the same way, so that a file is read once.
public final class JsonlSurveyor implements FileSurveyor {
    private final LongUnaryOperator plannedSteps;
    private final FieldMapping mapping;
    private final HoldOut holdOut;
    private final @Nullable RowTokenizer tokenizer;
    private final int passes;

    /// A surveyor for one way to train, of files of which nothing is held out.
    ///
    /// @param plannedSteps the steps that so many usable rows take
    /// @param mapping      names that fields have in files of others
    public JsonlSurveyor(LongUnaryOperator plannedSteps, FieldMapping mapping) {
        this(plannedSteps, mapping, HoldOut.NONE);
    }

    /// A surveyor for one way to train.
    ///
    /// @param plannedSteps the steps that so many usable rows take
    /// @param mapping      names that fields have in files of others
    /// @param holdOut      which rows are not trained
    public JsonlSurveyor(LongUnaryOperator plannedSteps, FieldMapping mapping, HoldOut holdOut) {
        this(plannedSteps, mapping, holdOut, null, 0);
    }

    private JsonlSurveyor(
            LongUnaryOperator plannedSteps,
            FieldMapping mapping,
            HoldOut holdOut,
            @Nullable RowTokenizer tokenizer,
            int passes) {
        this.plannedSteps = plannedSteps;
        this.mapping = mapping;
        this.holdOut = holdOut;
        this.tokenizer = tokenizer;
        this.passes = passes;
    }

    /// This surveyor, but one that also says how many tokens training will take.
    ///
    /// @param newTokenizer makes them of rows, as the reader will
    /// @param epochs       passes over each file
    public JsonlSurveyor sampling(RowTokenizer newTokenizer, int epochs) {
        return new JsonlSurveyor(plannedSteps, mapping, holdOut, newTokenizer, epochs);
    }

    @Override
    public FileSurvey survey(Path file) throws IOException {
        LedgerBuilder ledger = new LedgerBuilder();
        TokenSample sample = tokenizer == null ? null : new TokenSample(tokenizer, TokenizedRows.clockOf(file));
        FileFormat format;
        MessageDigest sha256 = sha256();
        try (InputStream input = new DigestInputStream(Files.newInputStream(file), sha256);
                RowFile rows = new RowFile(input, RowFile.DEFAULT_MAX_BYTES, mapping)) {
            for (FileRow next = rows.next(); next != null; next = rows.next()) {
                switch (next) {
                    case FileRow.Usable usable when holdOut.holds(usable.row()) -> ledger.heldOut();
                    case FileRow.Usable usable -> {
                        ledger.usable();
                        if (sample != null) {
                            sample.offer(usable.row());
                        }
                    }
                    case FileRow.Refused refused -> ledger.refused(refused);
                }
            }
            format = rows.format();
            input.transferTo(OutputStream.nullOutputStream()); // Not every file is read as rows to its end.
        }
        RowLedger counted = ledger.build();
        return new FileSurvey(
                counted,
                plannedSteps.applyAsLong(counted.usable()),
                sample == null ? 0 : Math.round(passes * sample.tokensOf(counted.usable())),
                HexFormat.of().formatHex(sha256.digest()),
                format);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
