package dev.stepwell.app.config;

import dev.stepwell.app.text.Printable;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The values that a key may have.
///
/// @param <T> what such a value is in Java
sealed interface Domain<T> {
    /// Reads a value of this domain, or says why it is none.
    Reading<T> read(RawValue raw);

    /// Which values there are, in words, to follow "allowed:".
    String allowed();

    /// `value` as an object that Jackson writes the way the file shows it.
    Optional<Object> toJson(T value);

    /// How a message shows what stands in the file.
    default String shown(RawValue raw) {
        return raw.shown();
    }

    /// Numbers without a fraction. JSON knows only one kind of number, so `16`, `16.0` and `1.6e1` are the same value.
    record Whole(long min, long max) implements Domain<Long> {
        private static final int MAX_CHARACTERS = 100;

        @Override
        public Reading<Long> read(RawValue raw) {
            if (raw.kind() != RawValue.Kind.NUMBER) {
                return new Reading.Refused<>("is not a number");
            }
            Optional<BigDecimal> number = decimal(raw.text());
            // The range first: only a number within it is small enough to be unrolled into its digits.
            if (number.isEmpty()
                    || number.get().compareTo(BigDecimal.valueOf(min)) < 0
                    || number.get().compareTo(BigDecimal.valueOf(max)) > 0) {
                return new Reading.Refused<>("is out of range");
            }
            BigDecimal stripped = number.get().stripTrailingZeros();
            return stripped.scale() > 0
                    ? new Reading.Refused<>("is not a whole number")
                    : new Reading.Accepted<>(stripped.longValueExact());
        }

        @Override
        public String allowed() {
            return "whole number, %d to %d".formatted(min, max);
        }

        @Override
        public Optional<Object> toJson(Long value) {
            return Optional.of(value);
        }

        /// Empty if the number is beyond what is worth representing: every range here fits in 64 bits.
        private static Optional<BigDecimal> decimal(String text) {
            if (text.length() > MAX_CHARACTERS) {
                return Optional.empty();
            }
            try {
                return Optional.of(new BigDecimal(text));
            } catch (NumberFormatException _) {
                return Optional.empty();
            }
        }
    }

    /// Numbers, rounded to 64-bit floating point.
    ///
    /// @param min         least value, or the bound above which values begin
    /// @param minExcluded whether `min` itself is not allowed
    record Real(double min, boolean minExcluded, double max) implements Domain<Double> {
        @Override
        public Reading<Double> read(RawValue raw) {
            if (raw.kind() != RawValue.Kind.NUMBER) {
                return new Reading.Refused<>("is not a number");
            }
            double number = Double.parseDouble(raw.text());
            return number < min || number > max || (minExcluded && number == min)
                    ? new Reading.Refused<>("is out of range")
                    : new Reading.Accepted<>(number);
        }

        @Override
        public String allowed() {
            return minExcluded
                    ? "number, above %s, up to %s".formatted(plain(min), plain(max))
                    : "number, %s to %s".formatted(plain(min), plain(max));
        }

        @Override
        public Optional<Object> toJson(Double value) {
            return Optional.of(new BigDecimal(plain(value)));
        }

        private static String plain(double value) {
            return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
        }
    }

    /// `true` or `false`.
    record Flag() implements Domain<Boolean> {
        @Override
        public Reading<Boolean> read(RawValue raw) {
            return switch (raw.kind()) {
                case TRUE -> new Reading.Accepted<>(true);
                case FALSE -> new Reading.Accepted<>(false);
                case NUMBER, STRING, NULL, ARRAY, OBJECT -> new Reading.Refused<>("is neither true nor false");
            };
        }

        @Override
        public String allowed() {
            return "true or false";
        }

        @Override
        public Optional<Object> toJson(Boolean value) {
            return Optional.of(value);
        }
    }

    /// Text on one line that is not blank.
    record Text(int maxLength) implements Domain<String> {
        @Override
        public Reading<String> read(RawValue raw) {
            if (raw.kind() != RawValue.Kind.STRING) {
                return new Reading.Refused<>("is not text");
            }
            if (raw.text().isBlank()) {
                return new Reading.Refused<>("is blank");
            }
            if (!Printable.line(raw.text()).equals(raw.text())) {
                return new Reading.Refused<>("has characters that cannot be shown");
            }
            return raw.text().length() > maxLength
                    ? new Reading.Refused<>("is longer than %d characters".formatted(maxLength))
                    : new Reading.Accepted<>(raw.text());
        }

        @Override
        public String allowed() {
            return "text of 1 to %d characters".formatted(maxLength);
        }

        @Override
        public Optional<Object> toJson(String value) {
            return Optional.of(value);
        }
    }

    /// Where a server is asked by HTTP. Who has such an address may often write there, so no message repeats it.
    record WebAddress() implements Domain<URI> {
        private static final int MAX_LENGTH = 2_048;

        @Override
        public Reading<URI> read(RawValue raw) {
            if (raw.kind() != RawValue.Kind.STRING) {
                return new Reading.Refused<>("is not text");
            }
            URI uri;
            try {
                uri = new URI(raw.text());
            } catch (URISyntaxException _) { // Its message repeats the address.
                return new Reading.Refused<>("is not a URL");
            }
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null || raw.text().length() > MAX_LENGTH) {
                return new Reading.Refused<>("is not an address of a web server");
            }
            return uri.getRawUserInfo() != null || uri.getRawFragment() != null
                    ? new Reading.Refused<>("has a user or a fragment")
                    : new Reading.Accepted<>(uri);
        }

        @Override
        public String allowed() {
            return "URL that begins with http:// or https://";
        }

        @Override
        public Optional<Object> toJson(URI value) {
            return Optional.of(value.toString());
        }

        @Override
        public String shown(RawValue raw) {
            return raw.kind() == RawValue.Kind.STRING ? "\"…\"" : raw.shown();
        }
    }

    /// A time of day, by the minute.
    record TimeOfDay() implements Domain<LocalTime> {
        private static final DateTimeFormatter FORMAT =
                DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

        @Override
        public Reading<LocalTime> read(RawValue raw) {
            if (raw.kind() != RawValue.Kind.STRING) {
                return new Reading.Refused<>("is not text");
            }
            try {
                return new Reading.Accepted<>(LocalTime.parse(raw.text(), FORMAT));
            } catch (DateTimeException _) {
                return new Reading.Refused<>("is not a time of day");
            }
        }

        @Override
        public String allowed() {
            return "time of day, \"00:00\" to \"23:59\"";
        }

        @Override
        public Optional<Object> toJson(LocalTime value) {
            return Optional.of(FORMAT.format(value));
        }
    }

    /// One of a few words.
    ///
    /// @param type whose constants the words are, in lower case
    record Choice<E extends Enum<E>>(Class<E> type) implements Domain<E> {
        @Override
        public Reading<E> read(RawValue raw) {
            if (raw.kind() == RawValue.Kind.STRING) {
                for (E constant : type.getEnumConstants()) {
                    if (word(constant).equals(raw.text())) {
                        return new Reading.Accepted<>(constant);
                    }
                }
            }
            return new Reading.Refused<>("is none of them");
        }

        @Override
        public String allowed() {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> '"' + word(constant) + '"')
                    .collect(Collectors.joining(", "));
        }

        @Override
        public Optional<Object> toJson(E value) {
            return Optional.of(word(value));
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }

    /// A value of another domain, or `null`.
    ///
    /// @param of which
    record OrNull<T>(Domain<T> of) implements Domain<Optional<T>> {
        @Override
        public Reading<Optional<T>> read(RawValue raw) {
            if (raw.kind() == RawValue.Kind.NULL) {
                return new Reading.Accepted<>(Optional.empty());
            }
            return switch (of.read(raw)) {
                case Reading.Accepted<T> accepted -> new Reading.Accepted<>(Optional.of(accepted.value()));
                case Reading.Refused<T> refused -> new Reading.Refused<>(refused.why());
            };
        }

        @Override
        public String allowed() {
            return of.allowed() + ", or null";
        }

        @Override
        public Optional<Object> toJson(Optional<T> value) {
            return value.flatMap(of::toJson);
        }

        @Override
        public String shown(RawValue raw) {
            return of.shown(raw);
        }
    }

    /// Some of a few names, with commas between them, in the order in which they are known; or a word for all.
    ///
    /// @param all   stands for every name
    /// @param names of which at least one is given
    record Names(String all, List<String> names) implements Domain<List<String>> {
        public Names {
            names = List.copyOf(names);
        }

        @Override
        public Reading<List<String>> read(RawValue raw) {
            if (raw.kind() != RawValue.Kind.STRING) {
                return new Reading.Refused<>("is not text");
            }
            if (raw.text().equals(all)) {
                return new Reading.Accepted<>(names);
            }
            List<String> given =
                    Arrays.stream(raw.text().split(",", -1)).map(String::strip).toList();
            Optional<String> unknown =
                    given.stream().filter(name -> !names.contains(name)).findFirst();
            return unknown.isPresent()
                    ? new Reading.Refused<>("has '%s'".formatted(Printable.brief(unknown.get())))
                    : new Reading.Accepted<>(
                            names.stream().filter(given::contains).toList());
        }

        @Override
        public String allowed() {
            return "\"%s\", or some of %s, with commas between them".formatted(all, String.join(", ", names));
        }

        @Override
        public Optional<Object> toJson(List<String> value) {
            return Optional.of(value.equals(names) ? all : String.join(",", value));
        }
    }
}
