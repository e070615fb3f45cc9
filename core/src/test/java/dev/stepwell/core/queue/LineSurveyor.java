package dev.stepwell.core.queue;

import dev.stepwell.core.training.FileFormat;
import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.FileSurveyor;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Every line is a row and takes one step and seven tokens; a line that says `bad` is refused, and one that says `held`
/// is held out.
public final class LineSurveyor implements FileSurveyor {
    static final int TOKENS_OF_A_ROW = 7;
    static final FileFormat FORMAT = new FileFormat("lines", true);

    @Override
    public FileSurvey survey(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<RowRejection> rejections = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("bad")) {
                rejections.add(new RowRejection(i + 1L, 1, "says so"));
            }
        }
        int heldOut = (int) lines.stream().filter("held"::equals).count();
        int usable = lines.size() - heldOut - rejections.size();
        return new FileSurvey(
                new RowLedger(lines.size(), heldOut, rejections.size(), 0, 0, rejections),
                usable,
                TOKENS_OF_A_ROW * (long) usable,
                sha256(Files.readAllBytes(file)),
                FORMAT);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
