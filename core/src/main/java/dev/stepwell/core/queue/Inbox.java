package dev.stepwell.core.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The inbox as the intake sees it: looks, waits until files have settled, takes them.
///
/// [#look] belongs to the intake's thread; [#holdsWork] may be asked by any.
final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int BATCH_FILES = 256;
    private static final long BATCH_BYTES = 64L << 20;

    private final Path directory;
    private final Taking taking;
    private final InstantSource clock;
    private final SettledFiles settled;
    private String complaint = "";
    private final SaidOnce said = new SaidOnce();
    /// Files that could not be moved, with the reason: tried again when [#retryStuck] is called.
    private final Map<Path, String> stuck = new ConcurrentHashMap<>();

    Inbox(Path directory, Taking taking, SettledFiles settled, InstantSource clock) {
        this.directory = directory;
        this.taking = taking;
        this.settled = settled;
        this.clock = clock;
    }

    /// What a look found.
    ///
    /// @param directories the inbox and its folders
    /// @param unsettled   whether files are left that will be taken once they have settled
    /// @param wrote       whether the queue was written to
    record Look(List<Path> directories, boolean unsettled, boolean wrote) {}

    /// Takes what has settled, after what an error kept from being taken to its end the last time.
    ///
    /// @throws IOException if the queue cannot be written; looking again goes on from there
    Look look() throws IOException {
        boolean wrote = taking.goOn();
        Optional<InboxListing> listed = list();
        if (listed.isEmpty()) {
            return new Look(List.of(), false, wrote);
        }
        InboxListing listing = listed.get();
        List<Candidate> takeable = takeable(listing);
        report(listing);
        List<SettledFiles.Watched> ready = new ArrayList<>(settled.observe(takeable, clock.instant()));
        ready.sort(Comparator.comparingLong(SettledFiles.Watched::group)
                .thenComparing(w -> NaturalOrder.key(w.candidate().name()), Arrays::compareUnsigned));
        boolean unsettled = ready.size() < takeable.size();
        for (int from = 0; from < ready.size(); ) {
            int to = endOfBatch(ready, from);
            Map<Path, String> refused = taking.take(ready.subList(from, to));
            stuck.putAll(refused);
            refused.forEach(this::stays); // Now: a daemon that ends when the inbox holds no work looks no second time.
            from = to;
        }
        return new Look(listing.directories(), unsettled, wrote || !ready.isEmpty());
    }

    /// An inbox that is gone is made again; one that cannot be read, as a share that is away, may be back later.
    private Optional<InboxListing> list() {
        try {
            if (Files.notExists(directory)) {
                Files.createDirectories(directory);
                LOG.warn("the inbox was gone and was made again: {}", directory);
            }
            InboxListing listing = InboxListing.of(directory);
            complaint = "";
            return Optional.of(listing);
        } catch (IOException e) {
            if (!complaint.equals(e.toString())) {
                complaint = e.toString();
                LOG.warn("the inbox cannot be read, and is tried again: {}", Printable.of(complaint));
            }
            return Optional.empty();
        }
    }

    /// Whether something lies in the inbox that can be taken, now or once it has settled.
    ///
    /// @throws IOException if the inbox cannot be read
    boolean holdsWork() throws IOException {
        return !takeable(InboxListing.of(directory)).isEmpty();
    }

    /// Lets files that could not be moved be tried again.
    void retryStuck() {
        stuck.clear();
    }

    private List<Candidate> takeable(InboxListing listing) {
        return listing.candidates().stream()
                .filter(c -> !stuck.containsKey(c.path()) && Files.isReadable(c.path()))
                .toList();
    }

    private void report(InboxListing listing) {
        Set<Path> present = new HashSet<>();
        for (InboxListing.Refused refused : listing.refused()) {
            present.add(refused.path());
            stays(refused.path(), refused.reason());
        }
        for (Candidate candidate : listing.candidates()) {
            Path path = candidate.path();
            present.add(path);
            String reason = stuck.get(path);
            if (reason != null) {
                stays(path, reason);
            } else if (!Files.isReadable(path) && Files.exists(path)) {
                stays(path, "cannot be read: permission denied");
            }
        }
        said.retain(present);
    }

    private void stays(Path path, String reason) {
        if (said.isNews(path, reason)) {
            LOG.warn("inbox: {} stays where it is: it {}", Printable.of(path.toString()), Printable.of(reason));
        }
    }

    private static int endOfBatch(List<SettledFiles.Watched> ready, int from) {
        long bytes = 0;
        int to = from;
        while (to < ready.size() && to - from < BATCH_FILES && (to == from || bytes < BATCH_BYTES)) {
            bytes += ready.get(to++).candidate().bytes();
        }
        return to;
    }
}
