package dev.stepwell.data.tokens.bpe;

import java.nio.charset.StandardCharsets;

/// GPT-2's way to write bytes as visible characters: printable ones of Latin-1 stand for themselves, the others for
/// the characters from U+0100 on, in order. A space is so `Ġ`, a line feed `Ċ`.
///
/// Source: `bytes_to_unicode` in Radford et al., *Language Models are Unsupervised Multitask Learners* (2019), code.
final class ByteAlphabet {
    private static final int BYTES = 256;

    private final char[] characters = new char[BYTES];

    ByteAlphabet() {
        char next = BYTES;
        for (int value = 0; value < BYTES; value++) {
            characters[value] = isVisible(value) ? (char) value : next++;
        }
    }

    /// @param value 0 to 255
    char of(int value) {
        return characters[value];
    }

    /// UTF-8 bytes of `text`, each as its character.
    String write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder written = new StringBuilder(bytes.length);
        for (byte value : bytes) {
            written.append(characters[Byte.toUnsignedInt(value)]);
        }
        return written.toString();
    }

    private static boolean isVisible(int value) {
        return (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || (value >= 0xAE && value <= 0xFF);
    }
}
