package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class StoredNameTest {
    @Test
    void the_name_as_dropped_follows_the_id() {
        assertThat(of(7, "syllo_batch_autogen_06.jsonl")).isEqualTo("7__syllo_batch_autogen_06.jsonl");
        assertThat(StoredName.nameOf("7__a__b.jsonl")).isEqualTo("a__b.jsonl");
        assertThat(StoredName.idOf("7__a__b.jsonl")).hasValue(7);
        assertThat(StoredName.idOf("a.jsonl")).isEmpty();
        assertThat(StoredName.idOf("99999999999999999999__a.jsonl")).isEmpty();
    }

    @Test
    void control_characters_do_not_reach_the_disk() {
        assertThat(of(1, "a\nb\u0007.jsonl")).isEqualTo("1__a_b_.jsonl");
    }

    @Test
    void a_name_of_255_bytes_leaves_room_for_its_report() {
        String stored = of(123_456, "🙂".repeat(62) + ".jsonl");
        assertThat(stored).startsWith("123456__🙂").endsWith("~.jsonl");
        String aside = "." + stored + StoredName.REPORT_SUFFIX + ".tmp";
        assertThat(aside.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(255);
    }

    @Property(tries = 200)
    void every_stored_name_fits_and_says_its_id(
            @ForAll String name, @ForAll @LongRange(min = 1, max = 1L << 58) long id) {
        String stored = of(id, name);
        assertThat(stored.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(StoredName.MAX_BYTES);
        assertThat(StoredName.idOf(stored)).hasValue(id);
    }

    private static String of(long id, String name) {
        return StoredName.of(id, name, FileSystems.getDefault());
    }
}
