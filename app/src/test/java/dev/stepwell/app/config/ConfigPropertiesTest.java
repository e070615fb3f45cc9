package dev.stepwell.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.torch.ModelConfig;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConfigPropertiesTest {
    @Property(tries = 200)
    void a_whole_number_is_accepted_just_when_it_is_in_its_range(
            @ForAll("wholeKeys") ConfigKey<Long> key, @ForAll long anywhere) {
        Domain.Whole range = (Domain.Whole) key.domain();
        for (long value : new long[] {range.min(), range.max(), range.min() - 1, range.max() + 1, anywhere}) {
            boolean inside = range.min() <= value && value <= range.max();
            RawValue raw = new RawValue(RawValue.Kind.NUMBER, Long.toString(value));
            assertThat(range.read(raw) instanceof Reading.Accepted).isEqualTo(inside);
        }
    }

    @Property(tries = 200)
    void a_number_is_accepted_just_when_it_is_in_its_range(
            @ForAll("realKeys") ConfigKey<Double> key, @ForAll double anywhere) {
        Domain.Real range = (Domain.Real) key.domain();
        for (double value :
                new double[] {range.min(), range.max(), Math.nextDown(range.min()), Math.nextUp(range.max()), anywhere
                }) {
            boolean inside = (range.minExcluded() ? value > range.min() : value >= range.min()) && value <= range.max();
            RawValue raw = new RawValue(RawValue.Kind.NUMBER, Double.toString(value));
            assertThat(range.read(raw) instanceof Reading.Accepted).isEqualTo(inside);
        }
    }

    @Property(tries = 1)
    void every_default_is_in_its_domain() {
        for (ConfigKey<?> key : ConfigKeys.ALL) {
            String json = "{%s}"
                    .formatted(entry(
                            key.name(), key.defaultAsJson().map(v -> json(v)).orElse("null")));
            assertThat(ConfigParser.parse(json, "config.json").get(key)).isEqualTo(key.defaultValue());
        }
    }

    /// What the parser lets through must be what the trainer's own records take.
    @Property(tries = 500)
    void an_accepted_shape_can_be_built(@ForAll("shapes") String json) {
        Config config;
        try {
            config = ConfigParser.parse(json, "config.json");
        } catch (ConfigException _) {
            return;
        }
        ModelConfig model = TrainerSettings.model(config, 512);
        assertThat(model.headDim() * model.numAttentionHeads()).isEqualTo(model.hiddenSize());
        assertThat(TrainerSettings.trainer(config).rowsPerStep()).isPositive();
    }

    @Property(tries = 2_000)
    void whatever_stands_in_the_file_is_accepted_or_refused_by_name(@ForAll("documents") String text) {
        try {
            assertThat(ConfigParser.parse(text, "config.json")).isNotNull();
        } catch (ConfigException e) {
            assertThat(e.problems()).isNotEmpty();
            assertThat(e).hasMessageStartingWith("config.json");
        }
    }

    @Property(tries = 1)
    void depth_without_end_is_refused_by_name() {
        for (String text : List.of("[".repeat(100_000), "{\"model\":".repeat(100_000), "{\"a\":" + "[".repeat(9_999))) {
            assertThatThrownBy(() -> ConfigParser.parse(text, "config.json")).isInstanceOf(ConfigException.class);
        }
    }

    @Provide
    Arbitrary<ConfigKey<?>> wholeKeys() {
        return keys(Domain.Whole.class);
    }

    @Provide
    Arbitrary<ConfigKey<?>> realKeys() {
        return keys(Domain.Real.class);
    }

    @Provide
    Arbitrary<String> shapes() {
        Arbitrary<Integer> hidden = Arbitraries.integers().between(8, 200);
        Arbitrary<Integer> heads = Arbitraries.integers().between(1, 16);
        return Combinators.combine(hidden, heads, heads).as("""
                {"model": {"hidden_size": %d, "num_attention_heads": %d, "num_key_value_heads": %d}}"""::formatted);
    }

    /// Mostly known keys with strange values, some text that is no JSON at all, some cut short.
    @Provide
    Arbitrary<String> documents() {
        Arbitrary<String> name = Arbitraries.oneOf(
                Arbitraries.of(ConfigKeys.ALL).map(ConfigKey::name),
                Arbitraries.of("model", "batch-size", "", "a.b"),
                Arbitraries.strings().ascii().ofMaxLength(8).map(s -> s.replaceAll("[\"\\\\]", "")));
        Arbitrary<String> scalar = Arbitraries.of(
                "0", "-0", "1", "1e3", "1e400", "-1e-400", "16.0", "true", "null", "\"\"", "\"x\"", "NaN", "01", "'",
                "[]");
        Arbitrary<String> value = Arbitraries.lazyOf(
                () -> scalar,
                () -> Arbitraries.doubles().map(String::valueOf),
                () -> Combinators.combine(name, scalar).as((n, v) -> "{" + entry(n, v) + "}"));
        Arbitrary<String> object = Combinators.combine(name, value)
                .as(ConfigPropertiesTest::entry)
                .list()
                .ofMaxSize(6)
                .map(entries -> entries.stream().collect(Collectors.joining(",\n", "{", "}")));
        Arbitrary<String> cut = Combinators.combine(
                        object, Arbitraries.integers().between(0, 100))
                .as((text, length) -> text.substring(0, Math.min(length, text.length())));
        return Arbitraries.oneOf(object, object, cut, Arbitraries.strings().ofMaxLength(40));
    }

    private static Arbitrary<ConfigKey<?>> keys(Class<?> domain) {
        return Arbitraries.of(ConfigKeys.ALL.stream()
                .filter(key -> domain.isInstance(key.domain()))
                .toList());
    }

    private static String entry(String name, String value) {
        int dot = name.indexOf('.');
        return dot < 0
                ? "\"%s\": %s".formatted(name, value)
                : "\"%s\": {\"%s\": %s}".formatted(name.substring(0, dot), name.substring(dot + 1), value);
    }

    private static String json(Object value) {
        return value instanceof String text ? '"' + text + '"' : value.toString();
    }
}
