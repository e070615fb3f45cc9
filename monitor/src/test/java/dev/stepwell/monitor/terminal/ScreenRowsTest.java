package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScreenRowsTest {
    private final ScreenRows rows = new ScreenRows();

    @Test
    void theLeastImportantGoesFirstAndTheOrderStays() {
        rows.add(Rank.NEXT, Line.of("next"));
        rows.gap();
        rows.gap();
        rows.add(Rank.STATE, Line.of("state"));
        rows.add(Rank.LOSS, Line.of("loss"));

        assertThat(render(5)).containsExactly("next", "", "state", "loss", "keys");
        assertThat(render(4)).containsExactly("next", "state", "loss", "keys");
        assertThat(render(3)).containsExactly("state", "loss", "keys");
        assertThat(render(1)).containsExactly("state");
    }

    @Test
    void whatBelongsTogetherIsShownWholeOrInASmallerForm() {
        rows.add(Rank.STATE, Line.of("state"));
        rows.add(Rank.PREVIEW, List.of(lines("prompt", "golden", "answer"), lines("brief")));
        rows.add(Rank.MACHINE, List.of(lines("machine", "gpu")));

        assertThat(render(7)).containsExactly("state", "prompt", "golden", "answer", "machine", "gpu", "keys");
        assertThat(render(6)).containsExactly("state", "prompt", "golden", "answer", "", "keys");
        assertThat(render(5)).containsExactly("state", "prompt", "golden", "answer", "keys");
        assertThat(render(4)).containsExactly("state", "brief", "", "keys");
        assertThat(render(2)).containsExactly("state", "keys");
    }

    private static List<Line> lines(String... texts) {
        return Stream.of(texts).map(Line::of).toList();
    }

    private List<String> render(int height) {
        return rows.render(lines("keys"), 20, height, Style.PLAIN);
    }
}
