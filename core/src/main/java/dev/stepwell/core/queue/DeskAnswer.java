package dev.stepwell.core.queue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a [QueueDesk] answers. Each is one JSON object ([DeskJson]), told apart by `answer`.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DeskAnswer.Listing.class, name = "list"),
    @JsonSubTypes.Type(value = DeskAnswer.Details.class, name = "details"),
    @JsonSubTypes.Type(value = DeskAnswer.Done.class, name = "done"),
    @JsonSubTypes.Type(value = DeskAnswer.Refused.class, name = "refused")
})
public sealed interface DeskAnswer {
    /// Files, those in training first, then those held, those that wait in the order of their turns, and those
    /// with which the queue is done, newest first.
    ///
    /// @param counts how many files there are of each state that there is, shown or not
    /// @param files  those shown
    record Listing(Map<FileState, Long> counts, List<FileSummary> files) implements DeskAnswer {
        public Listing {
            counts = Map.copyOf(counts);
            files = List.copyOf(files);
        }
    }

    /// All that is known of a file.
    record Details(FileDetails file) implements DeskAnswer {}

    /// A change took effect, and survives a loss of power.
    ///
    /// @param what in words, to follow the file's name: `is held`
    /// @param file as it is now; null for one that lies in the inbox and has no identity yet
    record Done(String what, @Nullable FileSummary file) implements DeskAnswer {}

    /// Nothing was changed.
    ///
    /// @param reason  of which kind
    /// @param problem what is in the way, one sentence without a full stop
    /// @param remedy  what to do, likewise
    /// @param ids     the files meant by an ambiguous name, newest first; else empty
    record Refused(Reason reason, String problem, String remedy, List<Long> ids) implements DeskAnswer {
        public Refused {
            ids = List.copyOf(ids);
        }
    }

    /// Why something is refused.
    enum Reason {
        /// No file has that id or name.
        UNKNOWN_FILE,
        /// Several files have that name.
        AMBIGUOUS_NAME,
        /// The file is not in a state in which that could be done.
        WRONG_STATE,
        /// The file's bytes are gone, are others, or are none that could be trained.
        UNUSABLE_CONTENT
    }
}
