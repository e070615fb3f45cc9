package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.text.Case;
import dev.stepwell.data.jinja.text.Characters;
import dev.stepwell.data.jinja.text.Strip;
import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.MadeDict;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Tuple;
import dev.stepwell.data.jinja.value.Value;
import java.util.Iterator;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Filters that make text of text.
final class TextFilters {
    private static final String WORD_STARTS = "-({[<";

    private TextFilters() {}

    static void addTo(Map<String, Filter> filters) {
        filters.put("upper", changing("upper", Case::upper));
        filters.put("lower", changing("lower", Case::lower));
        filters.put("capitalize", changing("capitalize", Case::capitalize));
        filters.put("title", BoundFilter.with(Signature.of("title", 0), TextFilters::title));
        filters.put(
                "string",
                BoundFilter.with(Signature.of("string", 0), (run, value, given) -> Repr.str(run.budget(), value)));
        filters.put("trim", BoundFilter.with(Signature.of("trim", 0, "chars"), TextFilters::trim));
        filters.put(
                "replace", BoundFilter.with(Signature.of("replace", 2, "old", "new", "count"), TextFilters::replace));
        filters.put("join", BoundFilter.with(Signature.of("join", 0, "d", "attribute"), TextFilters::join));
        filters.put("wordcount", BoundFilter.with(Signature.of("wordcount", 0), TextFilters::words));
        filters.put("format", TextFilters::format);
    }

    private static Filter changing(String name, UnaryOperator<String> change) {
        return BoundFilter.with(Signature.of(name, 0), (run, value, given) -> {
            Str text = Repr.str(run.budget(), value);
            run.budget().chars(text.length());
            return text.with(change.apply(text.text()));
        });
    }

    private static Value trim(Run run, Value value, Bound given) {
        Str text = Repr.str(run.budget(), value);
        run.budget().read(text.length());
        Value characters = given.get(0);
        if (characters == None.NONE) {
            String stripped = Strip.whitespace(text.text(), true, true);
            return stripped.length() == text.length() ? text : text.with(stripped);
        }
        if (!(characters instanceof Str unwanted)) {
            throw Fault.type("strip arg must be None or str");
        }
        run.budget().search(text.length(), unwanted.length());
        return text.with(Strip.characters(text.text(), unwanted.text(), true, true));
    }

    private static Value title(Run run, Value value, Bound given) {
        Str text = Repr.str(run.budget(), value);
        run.budget().chars(text.length());
        StringBuilder title = new StringBuilder(text.length());
        String whole = text.text();
        int start = 0;
        while (start < whole.length()) {
            boolean separator = isWordStart(whole.charAt(start));
            int end = start;
            while (end < whole.length() && isWordStart(whole.charAt(end)) == separator) {
                end++;
            }
            int second = whole.offsetByCodePoints(start, 1);
            title.append(Case.upper(whole.substring(start, second)));
            title.append(Case.lower(whole.substring(second, end)));
            start = end;
        }
        return Str.of(title.toString());
    }

    private static boolean isWordStart(char point) {
        return WORD_STARTS.indexOf(point) >= 0 || Characters.isSpace(point);
    }

    private static Value replace(Run run, Value value, Bound given) {
        String text = Repr.str(run.budget(), value).text();
        String old = Repr.str(run.budget(), given.get(0)).text();
        String by = Repr.str(run.budget(), given.get(1)).text();
        int limit = given.get(2) == None.NONE ? -1 : given.number(2, -1);
        return Str.of(StrSearches.replace(run.budget(), text, old, by, limit));
    }

    private static Value join(Run run, Value value, Bound given) {
        AttributePath path = AttributePath.of(given.get(1));
        Joining joining = new Joining(run.budget(), Repr.str(run.budget(), given.get(0, Str.EMPTY)));
        for (Iterator<Value> rest = Iteration.iterate(value); rest.hasNext(); ) {
            run.budget().step();
            joining.add(Repr.str(run.budget(), path.of(run, rest.next(), None.NONE)));
        }
        return Str.of(joining.text());
    }

    private static Value words(Run run, Value value, Bound given) {
        Str text = Repr.str(run.budget(), value);
        run.budget().read(text.length());
        int words = 0;
        boolean inWord = false;
        for (int point : text.text().codePoints().toArray()) {
            boolean word = point == '_' || Characters.isAlphanumeric(point);
            words += word && !inWord ? 1 : 0;
            inWord = word;
        }
        return Int.of(words);
    }

    private static Value format(Run run, Value value, Arguments arguments) {
        if (arguments.size() > 0 && !arguments.named().isEmpty()) {
            throw Fault.of(FailureKind.RUNTIME, "can't handle positional and keyword arguments at the same time");
        }
        Str format = Repr.str(run.budget(), value);
        if (arguments.named().isEmpty()) {
            return Printf.format(run, format, new Tuple(arguments.positional()));
        }
        MadeDict named = new MadeDict();
        arguments.named().forEach((name, argument) -> named.put(run.budget(), Str.of(name), argument));
        return Printf.format(run, format, named);
    }
}
