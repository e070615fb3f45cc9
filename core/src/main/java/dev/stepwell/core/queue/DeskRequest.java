package dev.stepwell.core.queue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Set;

/// What somebody asks of a [QueueDesk]. Each is one JSON object ([DeskJson]), told apart by `request`.
///
/// A `file` is an id, a name as dropped, or a name on disk; of a name that several files have, the id is needed.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "request")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DeskRequest.ListFiles.class, name = "list"),
    @JsonSubTypes.Type(value = DeskRequest.Show.class, name = "show"),
    @JsonSubTypes.Type(value = DeskRequest.Add.class, name = "add"),
    @JsonSubTypes.Type(value = DeskRequest.Hold.class, name = "hold"),
    @JsonSubTypes.Type(value = DeskRequest.Release.class, name = "release"),
    @JsonSubTypes.Type(value = DeskRequest.Remove.class, name = "remove"),
    @JsonSubTypes.Type(value = DeskRequest.Retry.class, name = "retry"),
    @JsonSubTypes.Type(value = DeskRequest.Prioritize.class, name = "priority")
})
public sealed interface DeskRequest {
    /// One that changes nothing.
    sealed interface Reading extends DeskRequest {}

    /// One that changes the queue.
    sealed interface Change extends DeskRequest {}

    /// One that changes a file of the queue.
    sealed interface OfFile extends Change {
        String file();
    }

    /// Which files there are.
    ///
    /// @param states those of interest; empty for all
    /// @param limit  how many of each state at most; 0 for all
    record ListFiles(Set<FileState> states, int limit) implements Reading {
        public ListFiles {
            states = Set.copyOf(states);
        }
    }

    /// All that is known of a file.
    record Show(String file) implements Reading {}

    /// Copies a file into the inbox; the original stays.
    ///
    /// @param path of the file, absolute, on the machine of the queue
    record Add(String path, Priority priority) implements Change {}

    /// Takes its turn from a file that waits.
    record Hold(String file) implements OfFile {}

    /// Gives a held file its turn back.
    record Release(String file) implements OfFile {}

    /// Takes a file out of the queue, into `removed/`.
    record Remove(String file) implements OfFile {}

    /// Puts a file that failed, was skipped or was removed back into the queue, or ends its back-off.
    record Retry(String file) implements OfFile {}

    /// Gives a file that waits or is held another priority.
    record Prioritize(String file, Priority priority) implements OfFile {}
}
