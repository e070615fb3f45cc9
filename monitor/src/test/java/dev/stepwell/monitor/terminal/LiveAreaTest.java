package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LiveAreaTest {
    private final LiveArea area = new LiveArea();

    @Test
    void aPictureIsDrawnOverTheLastOne() {
        assertThat(draw(80, "one", "two")).isEqualTo("\rone\u001B[K\r\ntwo\u001B[K\u001B[J");
        assertThat(draw(80, "three")).isEqualTo("\r\u001B[1Athree\u001B[K\u001B[J");
        assertThat(draw(80, "four")).isEqualTo("\rfour\u001B[K\u001B[J");
    }

    @Test
    void linesThatANarrowerTerminalBrokeAreCountedAsItShowsThem() {
        draw(80, "x".repeat(79), "", "x".repeat(41));

        assertThat(draw(40, "y")).startsWith("\r\u001B[4A");
    }

    @Test
    void aLogLineTakesThePlaceOfThePictureAndCannotSteerTheTerminal() {
        draw(80, "one", "two");

        assertThat(area.printAbove("a\u001B[2J\nb", 80)).isEqualTo("\r\u001B[1A\u001B[Ja\uFFFD[2J\r\nb\r\n");
        assertThat(draw(80, "one")).isEqualTo("\rone\u001B[K\u001B[J");
    }

    private String draw(int columns, String... lines) {
        return area.redraw(List.of(lines), List.of(lines), columns);
    }
}
