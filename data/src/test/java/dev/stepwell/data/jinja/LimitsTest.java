package dev.stepwell.data.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Templates that would run for ever, or take all memory, or all of the stack: each ends by the name of a limit, on a
/// thread with as little stack as any that renders.
class LimitsTest {
    private static final int SMALL_STACK = 512 << 10;
    private static final Clock NOON = Clock.fixed(Instant.ofEpochSecond(1_751_965_811), ZoneOffset.UTC);
    /// A fiftieth of the default in time and memory, and all of its depth.
    private static final RenderContext CONTEXT = new RenderContext(
            NOON, new Limits(1_000_000, Limits.DEFAULT.depth(), 1 << 20, 1 << 18, 1 << 14, 1 << 22, 1 << 12));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
                "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
                "{{ range(100001) }}",
                "{{ 'x' * 10 ** 9 }}",
                "{{ 10 ** 9 * 'x' }}",
                "{{ [0] * 10 ** 9 }}",
                "{{ (1, 2) * 10 ** 9 }}",
                "{{ 'x' * 10 ** 30 }}",
                "{{ 2 ** (10 ** 9) }}",
                "{{ 2 ** 10000 }}",
                "{% set ns = namespace(n=2) %}{% for i in range(999) %}{% set ns.n = ns.n * ns.n %}{% endfor %}{{ ns.n }}",
                "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
                "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "{% set ns = namespace(s=[1]) %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "{% set ns = namespace(s='x') %}{% for i in range(99999) %}{% set ns.s = ns.s ~ 'xxxxxxxx' %}{% endfor %}",
                "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s.replace('x', 'xx') %}{% endfor %}",
                "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s|replace('x', 'xx') %}{% endfor %}",
                "{% set ns = namespace(s='&') %}{% for i in range(99) %}{% set ns.s = (ns.s|string)|replace('&', '&&')|e|string %}{% endfor %}",
                "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s]|join %}{% endfor %}",
                "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ''.join([ns.s, ns.s]) %}{% endfor %}",
                "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = '{0}{0}'.format(ns.s) %}{% endfor %}",
                "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = '%s%s' % (ns.s, ns.s) %}{% endfor %}",
                "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s %}{{ ns.s }}{{ ns.s }}{% endset %}{% endfor %}",
                "{% set ns = namespace(s=[]) %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s }}",
                "{% set ns = namespace(s=[]) %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s|tojson }}",
                "{% set ns = namespace(s=[], t=[]) %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s] %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.s == ns.t }}",
                "{% set ns = namespace(s=(), t=()) %}{% for i in range(99) %}{% set ns.s = (ns.s, ns.s) %}{% set ns.t = (ns.t, ns.t) %}{% endfor %}{{ ns.s < ns.t }}",
                "{% set ns = namespace(s=()) %}{% for i in range(99) %}{% set ns.s = (ns.s, ns.s) %}{% endfor %}{{ {ns.s: 1} }}",
                "{% set ns = namespace(s=()) %}{% for i in range(99) %}{% set ns.s = (ns.s, ns.s) %}{% endfor %}{{ {1: 2}[ns.s] }}",
                "{% set ns = namespace(s=()) %}{% for i in range(99) %}{% set ns.s = (ns.s, ns.s) %}{% endfor %}{{ {1: 2}.get(ns.s) }}",
                "{% set ns = namespace(s=()) %}{% for i in range(99) %}{% set ns.s = (ns.s, ns.s) %}{% endfor %}{{ ns.s in {1: 2} }}",
                "{% set ns = namespace(s=()) %}{% for i in range(99) %}{% set ns.s = (ns.s, ns.s) %}{% endfor %}{{ [ns.s]|unique|list }}",
                "{% set ns = namespace(s=()) %}{% for i in range(99) %}{% set ns.s = (ns.s, ns.s) %}{% endfor %}{{ [ns.s, ns.s]|sort }}",
                "{% set ns = namespace(s=()) %}{% for i in range(99) %}{% set ns.s = (ns.s, ns.s) %}{% endfor %}{{ ns.s|string|length }}",
                "{% set ns = namespace(s=()) %}{% for i in range(99) %}{% set ns.s = (ns.s, ns.s) %}{% endfor %}{{ '%s' % (ns.s,) }}",
                "{% set ns = namespace(s=()) %}{% for i in range(99) %}{% set ns.s = (ns.s, ns.s) %}{% endfor %}{{ messages[0][ns.s] }}",
                "{% set ns = namespace(s=[]) %}{% for i in range(9999) %}{% set ns.s = [ns.s] %}{% endfor %}{{ ns.s }}",
                "{% set ns = namespace(s=[]) %}{% for i in range(9999) %}{% set ns.s = [ns.s] %}{% endfor %}{{ ns.s|tojson }}",
                "{% set ns = namespace(s=[], t=[]) %}{% for i in range(9999) %}{% set ns.s = [ns.s] %}{% set ns.t = [ns.t] %}{% endfor %}{{ ns.s == ns.t }}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
                "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
                "{% macro m(f) %}{{ f(f) }}{% endmacro %}{{ m(m) }}",
                "{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}{% call m() %}{% endcall %}",
                "{% for a in [[1]] recursive %}{{ loop([a]) }}{% endfor %}",
                "{% set ns = namespace(i=0) %}{% for a in [0] recursive %}{{ loop([0, 0]) }}{% endfor %}",
                "{{ 'x'.center(10 ** 9) }}",
                "{{ 'x'.ljust(10 ** 9) }}",
                "{{ 'x'.rjust(10 ** 12) }}",
                "{{ 'x'.zfill(10 ** 9) }}",
                "{{ 'x'|center(10 ** 9) }}",
                "{{ 'a\nb\nc'|indent(10 ** 9) }}",
                "{{ '%1000000000d' % 1 }}",
                "{{ '{:1000000000}'.format(1) }}",
                "{{ 'x\t'.expandtabs(10 ** 9) }}",
                "{{ [1]|tojson(indent=10 ** 9) }}",
                "{{ [1]|batch(10 ** 9, 0)|list }}",
                "{{ [1]|slice(10 ** 9)|list }}",
                "{{ range(99999)|list|sort|list }}",
                "{{ ('x' * 200000)|list }}",
                "{{ ('x ' * 100000).split() }}",
                "{{ ('x\n' * 100000).splitlines() }}",
                "{% for i in range(99999) %}{{ ('ab' * 50000).find('b' * 49999 ~ 'a') }}{% endfor %}",
                "{% for i in range(99999) %}{{ 'z' in 'xy' * 50000 }}{% endfor %}",
                "{% for i in range(99999) %}{{ 'xy' * 50000 == 'xy' * 50000 }}{% endfor %}",
                "{% for i in range(99999) %}{{ 'xy' * 50000 | upper | lower | title | length }}{% endfor %}",
                "{% for i in range(99999) %}{{ ('xy' * 50000)[::-1] | length }}{% endfor %}",
                "{% for i in range(99999) %}{{ (10 ** 300 * 10 ** 300) | string | length }}{% endfor %}",
                "{% for i in range(99999) %}{{ strftime_now('%c' * 1000) }}{% endfor %}",
                "{{ strftime_now('%c' * 100000) }}",
                "{% for i in range(99999) %}{% set a, b = messages, messages %}{{ a | tojson | length }}{% endfor %}",
                "{% for i in range(99999) %}{{ messages|groupby('role')|list|length }}{% endfor %}",
                "{% for i in range(99999) %}{{ range(9999)|sum }}{% endfor %}",
                "{% for i in range(99999) %}{{ range(9999)|map('string')|join|length }}{% endfor %}",
                "{% for i in range(99999) %}{{ (range(9999)|list + [1])|unique|list|length }}{% endfor %}"
            })
    void whatGrowsWithoutEndReachesALimit(String source) throws Exception {
        Throwable thrown = onSmallStack(() -> Template.compile(source).render(variables(), CONTEXT));
        assertThat(thrown).isInstanceOf(TemplateRenderException.class);
        TemplateRenderException failure = (TemplateRenderException) thrown;
        assertThat(failure.kind()).as(failure.getMessage()).isIn(FailureKind.LIMIT, FailureKind.OVERFLOW);
        assertThat(failure).hasMessageMatching("(?s)line \\d+: .+|calls are nested deeper than the stack");
    }

    /// A piece of a template that is repeated, or opened and never closed, ten thousand times.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ §(§ }}",
                "{{ §[§ }}",
                "{{ §{1: § }}",
                "{{ §not §1 }}",
                "{{ §- §1 }}",
                "{{ §+§1 }}",
                "{{ 1§ + 1§ }}",
                "{{ 1§ ~ 1§ }}",
                "{{ 1§ ** 1§ }}",
                "{{ 1§ if 1 else 1§ }}",
                "{{ 1§ and 1§ }}",
                "{{ 1§ or 1§ }}",
                "{{ 1§ < 1§ }}",
                "{{ x§.a§ }}",
                "{{ x§[0]§ }}",
                "{{ x§()§ }}",
                "{{ x§|string§ }}",
                "{{ 1§ is defined§ }}",
                "{{ x§[x§ }}",
                "{{ x§(x§ }}",
                "{{ x§|default(x§ }}",
                "{{ §(1§ }}",
                "{% if 1 %}§{% elif 1 %}§{% endif %}",
                "§{% if 1 %}§",
                "§{% for x in y %}§",
                "§{% set x %}§",
                "§{% macro m() %}§",
                "§{% call m() %}§",
                "§{% filter upper %}§",
                "§{% with %}§",
                "§{% generation %}§",
                "§{% raw %}§",
                "§{# §",
                "§{{ §",
                "{{ '§x'~'§' }}",
                "{% set x = y§.a§ = 1 %}",
                "{% for §(a§ in b %}",
                "{% set §(a, §b = 1 %}",
                "{{ [§1, §] }}",
                "{{ 'a' §'b' §}}",
                "{{ 1§1§ }}",
                "{{ 1.§1§ }}",
                "{{ x[§:§] }}",
                "{{ x|a§.b§ }}"
            })
    void deepOrLongSourcesAreRenderedOrRefusedByName(String pattern) throws Exception {
        String[] parts = pattern.split("§", -1);
        String source = parts[0] + parts[1].repeat(10_000) + parts[2];
        Throwable thrown = onSmallStack(() -> Template.compile(source).render(variables(), CONTEXT));
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(TemplateException.class).hasMessageMatching("(?s)line \\d+: .{1,400}");
        }
    }

    @Test
    void valuesAsDeepAsTheyLikeAreWrittenOrRefusedByName() throws Exception {
        Object deep = List.of();
        Object deepMap = Map.of();
        for (int i = 0; i < 100_000; i++) {
            deep = List.of(deep);
            deepMap = Map.of("a", deepMap);
        }
        for (Object value : List.of(deep, deepMap)) {
            for (String use : List.of(
                    "{{ v }}",
                    "{{ v|tojson }}",
                    "{{ v|tojson(indent=2) }}",
                    "{{ v == [v] }}",
                    "{{ v|string }}",
                    "{{ v in [v] }}")) {
                Throwable thrown = onSmallStack(() -> Template.compile(use).render(Map.of("v", value), CONTEXT));
                if (thrown != null) {
                    assertThat(thrown).as(use).isInstanceOf(TemplateRenderException.class);
                }
            }
        }
    }

    /// Recursion as deep as is allowed must not need more stack than there is.
    @Test
    void theDepthThatIsAllowedFitsASmallStack() throws Exception {
        String recursive =
                "{% macro m(n) %}{% if n %}{% for x in [1] %}{% set y %}{{ [m(n - 1)]|join }}{% endset %}{{ y }}{% endfor %}{% endif %}{% endmacro %}{{ m(%d) }}";
        assertThat(onSmallStack(
                        () -> Template.compile(recursive.replace("%d", "50")).render(Map.of(), CONTEXT)))
                .isNull();
        assertThat(onSmallStack(
                        () -> Template.compile(recursive.replace("%d", "99999")).render(Map.of(), CONTEXT)))
                .isInstanceOfSatisfying(
                        TemplateRenderException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.LIMIT));
    }

    @Test
    void aLimitIsNotAnErrorThatATemplateCouldCatchOrSwallow() {
        assertThatExceptionOfType(TemplateRenderException.class)
                .isThrownBy(() -> Template.compile("{{ ('x' * 10 ** 9) | default('y', true) }}")
                        .render(Map.of(), CONTEXT))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.LIMIT));
        assertThatThrownBy(() -> new Limits(0, 1, 1, 1, 1, 1, 64)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<String, Object> variables() {
        Map<String, Object> variables = new HashMap<>();
        variables.put("messages", Collections.nCopies(500, Map.of("role", "user", "content", "hi ".repeat(30))));
        return variables;
    }

    /// What `task` throws on a thread of its own, or null.
    private static @Nullable Throwable onSmallStack(Callable<?> task) throws Exception {
        List<Throwable> thrown = new ArrayList<>();
        FutureTask<Object> future = new FutureTask<>(
                () -> {
                    try {
                        task.call();
                    } catch (Throwable e) {
                        thrown.add(e);
                    }
                },
                "");
        Thread thread = new Thread(null, future, "small", SMALL_STACK);
        thread.start();
        future.get();
        thread.join();
        return thrown.isEmpty() ? null : thrown.getFirst();
    }
}
