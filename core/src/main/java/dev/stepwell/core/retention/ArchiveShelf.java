package dev.stepwell.core.retention;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.Trees;
import dev.stepwell.core.queue.FileReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The files of `archive/`, each together with its report. The database remembers them when they are gone.
///
/// A file came when its report was written; one without a report, when it was last modified.
public final class ArchiveShelf implements Shelf {
    private static final Comparator<Item> NEWEST_FIRST =
            Comparator.comparing(Item::time).thenComparing(Item::name).reversed();

    private final BaseDirectory base;

    public ArchiveShelf(BaseDirectory base) {
        this.base = base;
    }

    @Override
    public List<Item> newestFirst() throws IOException {
        Map<String, BasicFileAttributes> files = new HashMap<>();
        Map<String, BasicFileAttributes> reports = new HashMap<>();
        for (Path entry : Trees.list(base.archive())) {
            String name = entry.getFileName().toString();
            Optional<BasicFileAttributes> found = AtomicFiles.isAside(name) ? Optional.empty() : attributes(entry);
            if (found.isEmpty() || !found.get().isRegularFile()) {
                continue;
            }
            if (name.endsWith(FileReport.SUFFIX)) {
                reports.put(name.substring(0, name.length() - FileReport.SUFFIX.length()), found.get());
            } else {
                files.put(name, found.get());
            }
        }
        TreeSet<String> names = new TreeSet<>(files.keySet());
        names.addAll(reports.keySet());
        List<Item> items = new ArrayList<>(names.size());
        for (String name : names) {
            items.add(item(name, Optional.ofNullable(files.get(name)), Optional.ofNullable(reports.get(name))));
        }
        items.sort(NEWEST_FIRST);
        return items;
    }

    private Item item(String name, Optional<BasicFileAttributes> file, Optional<BasicFileAttributes> report) {
        Instant time = report.or(() -> file).orElseThrow().lastModifiedTime().toInstant();
        long bytes = file.map(BasicFileAttributes::size).orElse(0L)
                + report.map(BasicFileAttributes::size).orElse(0L);
        return new Item(name, time, bytes, file.isEmpty() && arriving(name) ? Protection.BEING_WRITTEN : null);
    }

    /// Whether a report without its file is one whose file follows. In this order: a file leaves the queue for
    /// the archive, so it cannot be missed between the two questions.
    private boolean arriving(String name) {
        return Files.exists(base.queue().resolve(name), LinkOption.NOFOLLOW_LINKS)
                || Files.exists(base.archive().resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /// The file first: what a crash leaves is a report without its file, which is deleted the next time, and
    /// never a file of which nobody knows how it was trained.
    @Override
    public void delete(Item item) throws IOException {
        Files.deleteIfExists(base.archive().resolve(item.name()));
        if (!Files.exists(base.queue().resolve(item.name()), LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(base.archive().resolve(item.name() + FileReport.SUFFIX));
        }
    }

    private static Optional<BasicFileAttributes> attributes(Path entry) throws IOException {
        try {
            return Optional.of(Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException _) { // Somebody tidies up by hand.
            return Optional.empty();
        }
    }
}
