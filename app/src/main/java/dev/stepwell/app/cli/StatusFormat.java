package dev.stepwell.app.cli;

import dev.stepwell.app.text.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How `status` shows what it knows.
public enum StatusFormat {
    /// A bar for the file and one for the queue.
    BARS,
    /// One line of numbers and one with the file's name.
    SIMPLE,
    /// The status file itself.
    JSON;

    private static final List<String> WORDS = Arrays.stream(values())
            .map(format -> format.name().toLowerCase(Locale.ROOT))
            .toList();

    static final class Converter implements ITypeConverter<StatusFormat> {
        @Override
        public StatusFormat convert(String value) {
            String word = value.toLowerCase(Locale.ROOT);
            if (!WORDS.contains(word)) {
                String meant = NearestName.of(word, WORDS)
                        .map(near -> " (did you mean %s?)".formatted(near))
                        .orElse("");
                throw new TypeConversionException(
                        "'%s' is not one of %s%s".formatted(value, String.join(", ", WORDS), meant));
            }
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
