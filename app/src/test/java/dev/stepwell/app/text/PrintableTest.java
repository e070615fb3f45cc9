package dev.stepwell.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void ordinary_text_stays_as_it_is() {
        assertThat(Printable.line("größer — 数 🎉")).isEqualTo("größer — 数 🎉");
    }

    @Test
    void nothing_can_break_the_line_or_repaint_the_screen() {
        assertThat(Printable.line("a\nb\r\tc\u001b[2Jd\u2028e\u202ef"))
                .isEqualTo("a\\nb\\r\\tc\\u001b[2Jd\\u2028e\\u202ef");
        assertThat(Printable.line("\ud800")).isEqualTo("\\ud800");
    }

    @Test
    void long_text_is_cut_between_characters() {
        assertThat(Printable.brief("🎉".repeat(61))).isEqualTo("🎉".repeat(59) + "…");
        assertThat(Printable.brief("🎉".repeat(60))).isEqualTo("🎉".repeat(60));
    }
}
