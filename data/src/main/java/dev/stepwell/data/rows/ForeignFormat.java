package dev.stepwell.data.rows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells files that cannot be JSON Lines by their first bytes, so that the user hears what to do about them instead of
/// a thousand complaints about bytes.
final class ForeignFormat {
    /// The longer marks come first where one begins with another.
    private static final List<ForeignFormat> KNOWN = List.of(
            new ForeignFormat("1F8B", "the file is gzip-compressed: unpack it with gunzip first"),
            new ForeignFormat("28B52FFD", "the file is Zstandard-compressed: unpack it with unzstd first"),
            new ForeignFormat("FD377A585A00", "the file is xz-compressed: unpack it with unxz first"),
            new ForeignFormat("425A68", "the file is bzip2-compressed: unpack it with bunzip2 first"),
            new ForeignFormat("504B0304", "the file is a ZIP archive: unpack it with unzip first"),
            new ForeignFormat("50415231", "the file is Parquet: convert it to JSON Lines first"),
            new ForeignFormat("FFFE0000", "the file is UTF-32: convert it to UTF-8 first"),
            new ForeignFormat("0000FEFF", "the file is UTF-32: convert it to UTF-8 first"),
            new ForeignFormat("FFFE", "the file is UTF-16: convert it to UTF-8 first"),
            new ForeignFormat("FEFF", "the file is UTF-16: convert it to UTF-8 first"));

    private final byte[] mark;
    private final String reason;

    private ForeignFormat(String mark, String reason) {
        this.mark = HexFormat.of().parseHex(mark);
        this.reason = reason;
    }

    static @Nullable String of(byte[] bytes, int length) {
        for (ForeignFormat format : KNOWN) {
            int end = format.mark.length;
            if (length >= end && Arrays.equals(bytes, 0, end, format.mark, 0, end)) {
                return format.reason;
            }
        }
        return null;
    }
}
