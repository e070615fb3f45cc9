package dev.stepwell.data;

import dev.stepwell.data.KeptRows.Kept;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows held out of each file, as a validation set: those of the newest file first, for that is what is
/// being learnt, and no more than [#MOST_ROWS] in all. Not thread-safe.
///
/// They lie in a folder in the format of [KeptRows], of each file as many as [#MOST_OF_A_FILE], spread evenly
/// over it. Files that are deleted there are not asked any more.
public final class HeldOutRows implements ValidationSet {
    /// Rows that are asked at most.
    public static final int MOST_ROWS = 8_192;

    /// Rows of each file that are asked at most.
    public static final int MOST_OF_A_FILE = 2_048;

    private final KeptRows folder;
    private Map<Long, Part> read = new HashMap<>();

    /// @param folder where they are; made when it is needed
    public HeldOutRows(KeptRows folder) {
        this.folder = folder;
    }

    /// Makes `rows` what is held out of their file, in place of what was when it was begun before. To be called
    /// before its first step, so that no row is asked that was trained.
    ///
    /// @throws IOException if that cannot be written
    public void put(Kept rows) throws IOException {
        read.remove(rows.fileId());
        folder.replace(rows);
    }

    @Override
    public List<Part> parts() throws IOException {
        Map<Long, Part> asked = new HashMap<>();
        List<Part> parts = new ArrayList<>();
        int left = MOST_ROWS;
        for (long fileId : folder.files().reversed()) {
            Part whole = left > 0 ? part(fileId) : null;
            if (whole != null) {
                asked.put(fileId, whole);
                parts.add(
                        whole.rows().size() <= left
                                ? whole
                                : new Part(whole.file(), true, whole.rows().subList(0, left)));
                left -= Math.min(left, whole.rows().size());
            }
        }
        read = asked;
        return parts;
    }

    /// @return null if somebody has deleted it just now
    private @Nullable Part part(long fileId) throws IOException {
        Part known = read.get(fileId);
        if (known != null) {
            return known;
        }
        try {
            Kept kept = folder.of(fileId);
            return new Part(kept.name(), true, kept.rows());
        } catch (NoSuchFileException _) {
            return null;
        }
    }
}
