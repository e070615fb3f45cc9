package dev.stepwell.app.config;

import dev.stepwell.app.text.NearestName;
import dev.stepwell.app.text.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Turns the text of a `config.json` into a [Config], or finds everything that is wrong with it.
final class ConfigParser {
    private static final Map<String, ConfigKey<?>> KEYS = ConfigKeys.ALL.stream()
            .collect(Collectors.toMap(ConfigKey::name, key -> key, (a, b) -> a, LinkedHashMap::new));
    private static final Set<String> SECTIONS = KEYS.keySet().stream()
            .filter(name -> name.contains("."))
            .map(name -> name.substring(0, name.indexOf('.')))
            .collect(Collectors.toSet());

    /// Names that other trainers have for a key, and those that keys had before they were in a section.
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "base_model", ConfigKeys.MODEL_PATH.name(),
            "web_port", ConfigKeys.WEB_PORT.name(),
            "max_upload_mb", ConfigKeys.MAX_UPLOAD.name());

    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Map<ConfigKey<?>, Object> accepted = new HashMap<>();
    private final Set<ConfigKey<?>> faulty = new HashSet<>();

    private ConfigParser() {}

    /// @param source where the text is from, for the message
    /// @throws ConfigException if anything is wrong, with all of it
    static Config parse(String text, String source) {
        return new ConfigParser().read(RawConfig.parse(text, SECTIONS), source);
    }

    private Config read(RawConfig raw, String source) {
        Map<String, Long> firstLines = new HashMap<>();
        for (RawConfig.Entry entry : raw.entries()) {
            Long first = firstLines.putIfAbsent(nameOf(entry), entry.line());
            if (first == null) {
                check(entry);
            } else {
                problems.add(new ConfigProblem(
                        entry.line(),
                        "%s = %s: the key is already on line %d; keep one of them"
                                .formatted(Printable.brief(entry.name()), shown(entry), first)));
            }
        }
        Config config = new Config(accepted);
        if (raw.problems().isEmpty()) {
            checkCombinations(config, firstLines);
        }
        problems.addAll(raw.problems());
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingLong(ConfigProblem::line));
            throw new ConfigException(source, problems);
        }
        return config;
    }

    /// A rule about a key that is wrong by itself says nothing: what was meant is not known.
    private void checkCombinations(Config config, Map<String, Long> lines) {
        for (Combinations.Rule rule : Combinations.ALL) {
            if (rule.keys().stream().noneMatch(faulty::contains)) {
                long line = rule.keys().stream()
                        .mapToLong(key -> lines.getOrDefault(key.name(), 0L))
                        .max()
                        .orElse(0);
                rule.contradiction().apply(config).ifPresent(message -> problems.add(new ConfigProblem(line, message)));
            }
        }
    }

    /// The name by which everything here knows what was written.
    private static String nameOf(RawConfig.Entry entry) {
        return OTHER_NAMES.getOrDefault(entry.name(), entry.name());
    }

    private void check(RawConfig.Entry entry) {
        ConfigKey<?> key = KEYS.get(nameOf(entry));
        if (key != null) {
            check(key, entry);
        } else if (!SECTIONS.contains(entry.name())) {
            problems.add(new ConfigProblem(entry.line(), unknown(entry)));
        } else if (entry.value().kind() != RawValue.Kind.OBJECT) {
            problems.add(new ConfigProblem(
                    entry.line(),
                    "%s = %s is not an object; allowed: { } with the keys %s"
                            .formatted(entry.name(), entry.value().shown(), keysOf(entry.name()))));
        }
    }

    private void check(ConfigKey<?> key, RawConfig.Entry entry) {
        switch (key.domain().read(entry.value())) {
            case Reading.Accepted<?> value -> accepted.put(key, value.value());
            case Reading.Refused<?> refused -> {
                faulty.add(key);
                problems.add(new ConfigProblem(
                        entry.line(),
                        "%s = %s %s; allowed: %s"
                                .formatted(
                                        key.name(),
                                        shown(entry),
                                        refused.why(),
                                        key.domain().allowed())));
            }
        }
    }

    /// An address under a mistyped key may be as secret as under the right one.
    private static String shown(RawConfig.Entry entry) {
        ConfigKey<?> key = KEYS.get(nameOf(entry));
        if (key == null) {
            return entry.value().text().startsWith("http")
                    ? "\"…\""
                    : entry.value().shown();
        }
        return key.domain().shown(entry.value());
    }

    private static String unknown(RawConfig.Entry entry) {
        String what = "%s = %s: there is no such key".formatted(Printable.brief(entry.name()), shown(entry));
        return nearest(entry.name())
                .map(key -> what
                        + "; the nearest is %s (%s)"
                                .formatted(key.name(), key.domain().allowed()))
                .orElse(what);
    }

    /// Also finds a key that was written outside its section, or in one where it does not belong.
    private static Optional<ConfigKey<?>> nearest(String name) {
        return NearestName.of(name, KEYS.keySet())
                .or(() -> NearestName.of(
                                leaf(name),
                                KEYS.keySet().stream().map(ConfigParser::leaf).toList())
                        .flatMap(near -> KEYS.keySet().stream()
                                .filter(key -> leaf(key).equals(near))
                                .findFirst()))
                .map(KEYS::get);
    }

    private static String leaf(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String keysOf(String section) {
        return KEYS.keySet().stream()
                .filter(name -> name.startsWith(section + "."))
                .map(ConfigParser::leaf)
                .collect(Collectors.joining(", "));
    }
}
