package dev.stepwell.app.cli;

import dev.stepwell.app.config.Method;
import dev.stepwell.app.text.NearestName;
import dev.stepwell.app.text.Printable;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.queue.Priority;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Enums as words of a command line: in lower case, and with the nearest one named where a word is none.
final class Words {
    private Words() {}

    static final class OfPriority implements ITypeConverter<Priority> {
        @Override
        public Priority convert(String word) {
            return constant(Priority.class, word);
        }
    }

    static final class OfFileState implements ITypeConverter<FileState> {
        @Override
        public FileState convert(String word) {
            return constant(FileState.class, word);
        }
    }

    static final class OfMethod implements ITypeConverter<Method> {
        @Override
        public Method convert(String word) {
            return constant(Method.class, word);
        }
    }

    /// @throws TypeConversionException if `word` names no constant of `type`
    static <E extends Enum<E>> E constant(Class<E> type, String word) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        String typed = word.toLowerCase(Locale.ROOT);
        if (!words.contains(typed)) {
            String meant = NearestName.of(typed, words)
                    .map(near -> " (did you mean %s?)".formatted(near))
                    .orElse("");
            throw new TypeConversionException(
                    "'%s' is not one of %s%s".formatted(Printable.brief(word), String.join(", ", words), meant));
        }
        return Enum.valueOf(type, typed.toUpperCase(Locale.ROOT));
    }
}
