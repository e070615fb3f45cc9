package dev.stepwell.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.queue.FileSummary;
import dev.stepwell.core.queue.Priority;
import dev.stepwell.monitor.terminal.Cells;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueTableTest {
    private static final DeskAnswer.Listing LISTING = new DeskAnswer.Listing(
            Map.of(FileState.TRAINING, 1L, FileState.HELD, 1L, FileState.WAITING, 100_000L),
            List.of(
                    file(7, "tuesday.jsonl", FileState.TRAINING, null),
                    file(
                            8,
                            "a very long name with 漢字 and \u001b[31m, of which the end matters.jsonl",
                            FileState.HELD,
                            "held by hand"),
                    file(100_006, "x.jsonl", FileState.WAITING, null)));

    @Test
    void it_counts_lists_and_says_what_it_leaves_out() {
        assertThat(new QueueTable(Integer.MAX_VALUE, ZoneOffset.UTC).lines(LISTING, Set.of()))
                .containsExactly(
                        "1 training, 1 held, 100,000 waiting",
                        "",
                        "    ID  STATE     PRIORITY   ROWS  STEPS  TRIES  TAKEN             NAME",
                        "     7  training  normal    1,888    118      1  2026-01-01 00:00  tuesday.jsonl",
                        "     8  held      normal    1,888    118      1  2026-01-01 00:00  a very long name with 漢字 and"
                                + " \ufffd[31m, of which the end matters.jsonl",
                        "        held by hand; let it wait with: ./stepwell release 8",
                        "100006  waiting   normal    1,888    118      1  2026-01-01 00:00  x.jsonl",
                        "",
                        "… and 99,999 more waiting; see them with: ./stepwell list --all");
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 120})
    void no_row_is_wider_than_the_terminal_and_the_end_of_a_name_stays(int columns) {
        List<String> lines = new QueueTable(columns, ZoneOffset.UTC).lines(LISTING, Set.of());
        assertThat(lines).allMatch(line -> Cells.width(line) <= columns);
        assertThat(lines.get(4)).contains("…").endsWith("jsonl");
    }

    @Test
    void only_states_that_were_asked_for_are_said_to_be_left_out() {
        DeskAnswer.Listing held = new DeskAnswer.Listing(LISTING.counts(), List.of());
        assertThat(new QueueTable(80, ZoneOffset.UTC).lines(held, Set.of(FileState.HELD)))
                .contains("… and 1 more held; see them with: ./stepwell list --all");
        assertThat(new QueueTable(80, ZoneOffset.UTC).lines(new DeskAnswer.Listing(Map.of(), List.of()), Set.of()))
                .containsExactly("The queue is empty.");
    }

    private static FileSummary file(long id, String name, FileState state, @Nullable String reason) {
        Instant taken = Instant.parse("2026-01-01T00:00:00Z");
        return new FileSummary(
                id,
                name,
                state,
                Priority.NORMAL,
                9,
                1_888L,
                0L,
                118L,
                90_000L,
                taken,
                null,
                1,
                null,
                null,
                reason,
                null);
    }
}
