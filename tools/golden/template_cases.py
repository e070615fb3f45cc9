"""The small templates of templates.py: every feature of Jinja that chat templates use, and where Python and Java differ."""

VARIABLES = {
    "s": "Hello World",
    "empty": "",
    "uni": "naïve 日本 🎉 ǅ ß",
    "emoji": "a🎉b👩‍👩‍👧c",
    "ws": " \t\n padded \u2003\x1c\r\n",
    "lines": "one\ntwo\r\nthree\rfour\x0bfive\x85six\u2028seven\n",
    "quotes": "it's \"quoted\" \\ \n\t\r \x00\x7f\u200b\xa0",
    "html": "<b>&\"'</b>",
    "n": 7,
    "neg": -7,
    "zero": 0,
    "big": 123456789012345678901234567890,
    "infinity": "inf",
    "nan": "nan",
    "pi": 3.14159,
    "half": 2.5,
    "yes": True,
    "no": False,
    "nothing": None,
    "nums": [3, 1, 2],
    "mixed": [1, "a", None, True, 2.5, [1, 2], {"k": "v"}],
    "words": ["banana", "Apple", "cherry", "apple"],
    "d": {"b": 2, "a": 1, "C": 3},
    "nested": {"a": {"b": {"c": [10, 20, {"d": "deep"}]}}, "items": "shadowed", "get": 5},
    "users": [
        {"name": "Bob", "age": 30, "city": "Paris", "active": True},
        {"name": "alice", "age": 25, "city": "berlin", "active": False},
        {"name": "Carol", "age": 30, "city": "Berlin", "active": True},
        {"name": "dave", "city": "paris"},
    ],
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello!"},
        {"role": "user", "content": "Bye"},
    ],
    "tool": {
        "type": "function",
        "function": {
            "name": "f",
            "description": "d \u00e9 </x> \"q\"",
            "parameters": {"type": "object", "properties": {"x": {"type": "integer"}}, "required": []},
        },
    },
}

LITERALS = r"""
{{ 1 }}|{{ -1 }}|{{ 1_000 }}|{{ 0x1F }}|{{ 0b101 }}|{{ 0o17 }}|{{ 00 }}
{{ 1.5 }}|{{ 1e3 }}|{{ 1.5E-7 }}|{{ 1_0.2_5 }}|{{ 1e100 }}|{{ 1e-5 }}|{{ 0.0001 }}
{{ 1e16 }}|{{ 1e15 }}|{{ 123456789.123 }}|{{ 1e22 }}|{{ 5e-324 }}|{{ 1.7976931348623157e308 }}
{{ 0.1 + 0.2 }}|{{ 1/3 }}|{{ 2/3 }}|{{ 100.0 }}
{{ 'a' "b" 'c' }}|{{ "it's" }}|{{ 'say "hi"' }}
{{ 'a\tb\nc\\d\'e\"f' }}
{{ '\x41\u00e9\U0001f389\101\0' | tojson }}
{{ '\N{BULLET}\a\b\f\v' | tojson }}
{{ '\q\é\日\🎉' }}
{{ true }}{{ True }}{{ false }}{{ False }}{{ none }}{{ None }}
{{ [] }}{{ [1, 'a', none, true, 1.0] }}{{ [1,] }}
{{ () }}{{ (1,) }}{{ (1, 'b') }}{{ 1, 2 }}
{{ {} }}{{ {'a': 1, "b": [2]} }}{{ {1: 2, 1.0: 3, true: 4} }}{{ {'a': 1,} }}
{{ {none: 1, (1, 2): 3, 1.5: 'x'} }}
{{ {'a': 1, 'a': 2} }}
{{ 'abc'[0] }}{{ 'abc'[-1] }}{{ 'abc'[5] }}{{ [1,2][1] }}{{ (1,2)[-2] }}
{{ x.1.0 if x is defined else 'nope' }}
{{ [[1,2],[3,4]].1.0 }}
{{ '{{' }}{{ '}}' }}{{ '{%' }}{{ "#}" }}
{{ {'a': {'b': 1}}.a.b }}
{{ 12345678901234567890 }}|{{ -12345678901234567890 }}
{{ (1) }}{{ ((1,),) }}
{{ 1 is defined }}{{ 'a' 'b' is string }}
"""

ARITHMETIC = r"""
{{ 7 + 2 }}|{{ 7 - 2 }}|{{ 7 * 2 }}|{{ 7 / 2 }}|{{ 7 // 2 }}|{{ 7 % 2 }}|{{ 7 ** 2 }}
{{ -7 // 2 }}|{{ -7 % 3 }}|{{ 7 % -3 }}|{{ 7 // -2 }}|{{ -7 / 2 }}
{{ 7.5 // 2 }}|{{ -7.5 // 2 }}|{{ 7.5 % 2 }}|{{ -7.5 % 2 }}|{{ 7.5 % -2 }}|{{ 5.0 // 0.3 }}
{{ 2 ** 10 }}|{{ 2 ** -1 }}|{{ 2 ** 0.5 }}|{{ 2 ** 3 ** 2 }}|{{ -2 ** 2 }}|{{ (-2) ** 3 }}|{{ 0 ** 0 }}
{{ 2 ** 100 }}|{{ big * big }}|{{ big + 1 }}|{{ big // 7 }}|{{ big % 7 }}|{{ -big // 7 }}|{{ -big % 7 }}|{{ big / 3 }}
{{ 9223372036854775807 + 1 }}|{{ -9223372036854775808 - 1 }}|{{ 9223372036854775807 * 2 }}
{{ true + true }}|{{ true * 3 }}|{{ -true }}|{{ +true }}|{{ true / 2 }}
{{ 1 + 1.5 }}|{{ 1.0 * 2 }}|{{ 3 - 1.0 }}|{{ 1 // 1.0 }}
{{ 1 / 0 }}
{{ 1 // 0 }}
{{ 1 % 0 }}
{{ 1.0 / 0 }}
{{ 1.0 // 0 }}
{{ 1.0 % 0 }}
{{ 0 ** -1 }}
{{ 'a' + 'b' }}|{{ 'ab' * 3 }}|{{ 3 * 'ab' }}|{{ 'ab' * 0 }}|{{ 'ab' * -1 }}|{{ 'ab' * true }}
{{ [1] + [2] }}|{{ [1, 2] * 2 }}|{{ 2 * (1,) }}|{{ (1,) + (2,) }}
{{ 'a' + 1 }}
{{ 1 + 'a' }}
{{ [1] + (2,) }}
{{ 'a' - 'b' }}
{{ 'a' * 'b' }}
{{ 'a' * 1.5 }}
{{ none + 1 }}
{{ {} + {} }}
{{ -'a' }}
{{ +'a' }}
{{ -none }}
{{ 1 ~ 2 }}|{{ 'a' ~ none ~ true ~ 1.0 ~ [1, 'x'] ~ {'a': 'b'} }}|{{ missing ~ 'x' }}
{{ 1 ~ 2 * 3 }}
{{ 1 + 2 ~ 3 }}
{{ 1 ~ 2 + 3 }}
{{ missing + 1 }}
{{ 'a' + missing }}
{{ missing * 2 }}
{{ missing - 1 }}
{{ -missing }}
{{ missing.x }}
{{ missing['x'] }}
{{ missing() }}
{{ nothing.x }}|{{ nothing['x'] }}|{{ n.x }}|{{ s.x }}|{{ nums.x }}|{{ d.x }}
{{ nothing.x.y }}
{{ d.x.y }}
{{ nums[10].y }}
{{ s.nope() }}
{{ nothing() }}
{{ n() }}
{{ 1 if true }}|{{ 1 if false }}|{{ 1 if false else 2 }}|{{ 1 if no else 2 if no else 3 }}
{{ (1 if false).x }}
{{ not 1 }}|{{ not '' }}|{{ not not [] }}|{{ not none }}|{{ not missing }}|{{ not d == 1 }}
{{ 1 and 2 }}|{{ 0 and 2 }}|{{ '' or 'x' }}|{{ 'y' or 'x' }}|{{ none or 0 or [] }}|{{ 1 and '' and 2 }}
{{ 1 or 1/0 }}|{{ 0 and 1/0 }}
{{ 1 < 2 }}|{{ 1 <= 1 }}|{{ 2 > 3 }}|{{ 'a' < 'b' }}|{{ 'Z' < 'a' }}|{{ [1,2] < [1,3] }}|{{ (1,) < (1,0) }}|{{ 1 == 1.0 }}
{{ 1 < 2 < 3 }}|{{ 1 < 3 < 2 }}|{{ 3 > 2 > 1 == true }}|{{ 1 == 1 == 1 }}|{{ 1 < 2 in [2] }}
{{ '🎉' > '\uffff' }}|{{ 'é' > 'z' }}|{{ '日' < '🎉' }}
{{ 1 < 'a' }}
{{ 'a' > 1 }}
{{ none < 1 }}
{{ [1] < ['a'] }}
{{ {} < {} }}
{{ missing < 1 }}
{{ 1 > missing }}
{{ missing == missing }}|{{ missing == none }}|{{ missing != 1 }}|{{ none == none }}|{{ none == false }}|{{ 0 == false }}|{{ 1 == true }}|{{ '' == false }}
{{ [1, [2]] == [1.0, [2]] }}|{{ (1,) == [1] }}|{{ {'a': 1} == {'a': 1.0} }}|{{ {'a': 1, 'b': 2} == {'b': 2, 'a': 1} }}|{{ 'a' == 'a' }}
{{ d == {'a': 1, 'b': 2, 'C': 3} }}|{{ nums == [3, 1, 2] }}|{{ nums != [3, 1] }}|{{ big == big + 0.0 }}|{{ 2 ** 53 == 2.0 ** 53 }}|{{ 2 ** 53 + 1 == 2.0 ** 53 }}
{{ 'ell' in s }}|{{ 'x' not in s }}|{{ '' in '' }}|{{ 1 in nums }}|{{ 'a' in d }}|{{ 'z' in d }}|{{ 1.0 in nums }}|{{ true in nums }}|{{ none in mixed }}|{{ 'x' in missing }}
{{ 1 in 'a' }}
{{ none in 'a' }}
{{ missing in 'a' }}
{{ 'a' in none }}
{{ 'a' in 5 }}
{{ [] in d }}
{{ [1, 2] in mixed }}|{{ (1,2) in mixed }}|{{ 3 in range(5) }}|{{ 'a' in d.keys() }}|{{ 1 in d.values() }}|{{ ('a', 1) in d.items() }}
{{ 1.5 is number and true is number }}|{{ not 1 in [2] }}
{{ 10 ** 20 }}|{{ 10 ** 20 / 10 ** 19 }}|{{ 5 % 3.5 }}|{{ -5 % 3.5 }}
{{ 2 * 3 + 4 * 5 - 6 / 2 }}|{{ (2 + 3) * 4 }}|{{ 2 + 3 * 4 ** 2 // 5 % 7 }}
{{ 1 - -1 }}|{{ 1 + +1 }}|{{ - - 1 }}|{{ -1 | abs }}|{{ (-1) | abs }}|{{ -s | length if false else 3 }}
{{ 1e16 + 1 }}|{{ 0.1 * 3 }}|{{ 1.1 + 2.2 }}|{{ 1e-7 * 3 }}|{{ 4.35 * 100 }}
{{ 10 // 3 * 3 + 10 % 3 }}|{{ -10 // 3 * 3 + -10 % 3 }}
{{ 0.0 }}|{{ -0.0 }}|{{ 0.0 == -0.0 }}|{{ -0.0 // 1 }}|{{ 0.0 % -1 }}|{{ 6.0 // 2 }}
"""

SLICES = r"""
{{ s[1:4] }}|{{ s[:5] }}|{{ s[6:] }}|{{ s[-5:] }}|{{ s[:-6] }}|{{ s[::2] }}|{{ s[::-1] }}|{{ s[8:2:-2] }}|{{ s[100:] }}|{{ s[-100:3] }}
{{ nums[1:] }}|{{ nums[::-1] }}|{{ nums[:0] }}|{{ nums[-2:] }}|{{ nums[::-2] }}|{{ nums[5:1] }}|{{ nums[None:2] }}
{{ (1,2,3,4,5)[1:-1] }}|{{ (1,2,3,4,5)[::-1][1:3] }}|{{ [1,2,3,4,5,6][1:][::2][::-1] }}
{{ emoji[1] }}|{{ emoji[1:3] }}|{{ emoji[::-1] }}|{{ emoji | length }}|{{ emoji[-1] }}|{{ emoji[2:] }}|{{ uni[:8] }}|{{ uni[-3:] }}
{{ range(10)[2:8:2] | list }}|{{ range(10)[::-1] | list }}|{{ range(10)[-1] }}|{{ range(0, 10, 3) }}|{{ range(3) }}
{{ messages[1:] | length }}|{{ messages[::-1][0].content }}|{{ messages[-1]['role'] }}|{{ messages[1:][::-1][0:1] }}
{{ s[1:2:0] }}
{{ s['a':] }}
{{ s[1.0:] }}
{{ d[1:] }}
{{ nothing[1:] }}
{{ n[1:] }}
{{ missing[1:] }}
{{ s[missing:] }}
{{ s[true:3] }}|{{ nums[true] }}|{{ nums[false] }}
{{ s[10 ** 30:] }}|{{ s[-(10 ** 30):3] }}|{{ s[::10 ** 30] }}|{{ nums[10 ** 30] }}
{{ s['upper']() }}|{{ d['a'] }}|{{ d['zz'] }}|{{ nested['items'] }}|{{ nested.items is callable }}|{{ nested['get'] }}|{{ nested.get('a').b.c[2].d }}
{{ nested.a['b'].c[-1]['d'] }}|{{ nums['0'] }}|{{ d[0] }}|{{ d[[]] }}|{{ nums[1.0] }}|{{ nums[none] }}
{{ {1: 'int'}[true] }}|{{ {1: 'int'}[1.0] }}|{{ {'1': 'str'}[1] }}
{{ [10, 20, 30][1:][0] }}|{{ 'abc'[1:][0] }}|{{ ''[0] }}|{{ ''[0:] }}
{{ s[:n] }}|{{ s[n:] }}|{{ s[neg:] }}|{{ s[: n - 2] }}
{{ x[1:2, 3] if x is defined else 'ok' }}
{{ d[1, 2] }}|{{ {(1, 2): 'pair'}[1, 2] }}
"""

STRINGS = r"""
{{ ' a b '.strip() }}|{{ 'xxaxx'.strip('x') }}|{{ 'abcba'.strip('ab') }}|{{ ' a '.lstrip() }}|{{ ' a '.rstrip() }}|{{ 'xa'.lstrip('x') }}|{{ 'ax'.rstrip('x') }}|{{ ' a '.strip(none) }}
[{{ ws.strip() }}]|[{{ ws.lstrip() | tojson }}]|[{{ ws.rstrip() | tojson }}]|{{ '🎉a🎉'.strip('🎉') }}
{{ 'a b  c'.split() }}|{{ 'a,b,,c'.split(',') }}|{{ 'a,b,c'.split(',', 1) }}|{{ ' a  b '.split(' ') }}|{{ ''.split() }}|{{ ''.split(',') }}|{{ 'a b c'.split(none, 1) }}|{{ 'a b c'.split(maxsplit=1) }}|{{ 'a,b'.split(sep=',') }}
{{ '  a  b  c  '.split(none, 1) }}|{{ '  a  b  c  '.rsplit(none, 1) }}|{{ 'a,b,c'.rsplit(',', 1) }}|{{ 'abc'.split('abc') }}|{{ 'aXXbXXc'.split('XX', 0) }}|{{ 'a b'.split(' ', -1) }}
{{ 'a\u2003b\x1cc\x85d\xa0e\u200bf'.split() }}
{{ lines.splitlines() }}|{{ lines.splitlines(true) }}|{{ 'a\n\nb'.splitlines() }}|{{ ''.splitlines() }}|{{ '\n'.splitlines() }}|{{ 'a\r\n'.splitlines(keepends=true) }}
{{ 'abc'.split('') }}
{{ 'abc'.split(1) }}
{{ 'abc'.strip(1) }}
{{ 'abc'.strip('a', 'b') }}
{{ 'abc'.upper(1) }}
{{ 'a-b-c'.partition('-') }}|{{ 'a-b-c'.rpartition('-') }}|{{ 'abc'.partition('-') }}|{{ 'abc'.rpartition('-') }}
{{ 'a'.partition('') }}
{{ 'abc'.startswith('ab') }}|{{ 'abc'.startswith(('x', 'a')) }}|{{ 'abc'.endswith('bc') }}|{{ 'abc'.endswith(('x',)) }}|{{ 'abc'.startswith('b', 1) }}|{{ 'abc'.endswith('b', 0, 2) }}|{{ 'abc'.startswith('') }}|{{ ''.startswith('', 1) }}|{{ 'abc'.startswith('', 3) }}|{{ 'abc'.startswith('', 4) }}
{{ 'abc'.startswith(1) }}
{{ 'abc'.startswith(['a']) }}
{{ 'abc'.startswith(('a', 1)) }}
{{ 'abc'.startswith((1, 'a')) }}
{{ 'aaa'.replace('a', 'b') }}|{{ 'aaa'.replace('a', 'b', 2) }}|{{ 'abc'.replace('', '-') }}|{{ 'abc'.replace('', '-', 2) }}|{{ '🎉🎉'.replace('', '-') }}|{{ ''.replace('', 'x') }}|{{ 'abc'.replace('x', 'y') }}|{{ 'aXbX'.replace('X', '') }}
{{ 'abc'.replace('a', 1) }}
{{ 'abc'.replace('a') }}
{{ 'Hello wOrld'.upper() }}|{{ 'Hello'.lower() }}|{{ 'hello world'.title() }}|{{ 'hELLO'.capitalize() }}|{{ 'Hello'.swapcase() }}|{{ "they're bill's".title() }}|{{ 'a1b2c'.title() }}
{{ 'straße ﬁ ŉ ǆ İ'.upper() }}|{{ 'STRASSE İI'.lower() }}|{{ 'ΑΣ ΑΣΑ Σ'.lower() }}|{{ 'ß ﬁ ǆ'.title() }}|{{ 'ßa'.capitalize() }}|{{ 'ǆa'.capitalize() }}|{{ 'ΌΣΟΣ ΣΑΣ'.title() }}|{{ 'ΣΑΣ'.capitalize() }}|{{ 'αΣ'.swapcase() }}
{{ 'abcabc'.find('c') }}|{{ 'abcabc'.rfind('c') }}|{{ 'abc'.find('x') }}|{{ 'abc'.index('b') }}|{{ 'abcabc'.rindex('b') }}|{{ 'abcabc'.find('c', 3) }}|{{ 'abcabc'.find('a', 1, 3) }}|{{ 'abc'.find('') }}|{{ 'abc'.rfind('') }}|{{ 'abc'.find('', 4) }}|{{ 'abc'.find('c', -1) }}|{{ emoji.find('b') }}|{{ emoji.rfind('c') }}|{{ emoji.index('b', 2) }}
{{ 'abc'.index('x') }}
{{ 'abc'.rindex('x') }}
{{ 'abc'.find(1) }}
{{ 'aaaa'.count('aa') }}|{{ 'abc'.count('') }}|{{ 'abcabc'.count('a', 1) }}|{{ 'abc'.count('x') }}|{{ emoji.count('') }}|{{ ''.count('') }}|{{ 'abc'.count('', 5) }}
{{ ','.join(['a', 'b']) }}|{{ ''.join(('x', 'y')) }}|{{ '-'.join('abc') }}|{{ ','.join(d) }}|{{ ','.join([]) }}|{{ ', '.join(words | map('upper')) }}|{{ '🎉'.join('a👩‍b') }}
{{ ','.join([1]) }}
{{ ','.join(1) }}
{{ ','.join(missing) }}|{{ ','.join('ab', ) }}
{{ 'a{}b{}'.format(1, 'x') }}|{{ '{1}{0}'.format('a', 'b') }}|{{ '{x}-{y}'.format(x=1, y='z') }}|{{ '{0[a]} {0[b]}'.format(d) }}|{{ '{0.name}'.format(users[0]) }}|{{ '{{}}'.format() }}|{{ '{0[0]}{0[2]}'.format(nums) }}|{{ '{!r}:{!s}:{!a}'.format('é', 'é', 'é') }}
{{ '{:>5}|{:<5}|{:^5}|{:*^7}|{:05d}|{:+d}|{: d}'.format('a', 'b', 'c', 'd', 42, 42, 42) }}
{{ '{:.2f}|{:8.3f}|{:e}|{:.1e}|{:g}|{:.3g}|{:%}|{:.1%}|{:,}|{:_}|{:,.2f}'.format(3.14159, 2.5, 12345.678, 0.00012, 1e10, 1234.5, 0.25, 0.256, 1234567, 1234567, 1234567.891) }}
{{ '{:x}|{:X}|{:#x}|{:o}|{:#o}|{:b}|{:#b}|{:08b}|{:#010x}|{:c}'.format(255, 255, 255, 8, 8, 5, 5, 5, 255, 65) }}
{{ '{:.3}|{:10.3}|{:5}|{:>5}|{:^6}'.format('abcdef', 'abcdef', 'é🎉', '日', 'x') }}
{{ '{:5}|{:<5}|{:=+5}|{:+}|{:5}|{:}'.format(42, 42, 42, 1.5, true, none) }}
{{ '{:{w}.{p}f}|{:{}}'.format(3.14159, 'x', 5, w=8, p=2) }}
{{ '{:.0f}|{:.0f}|{:.0f}|{:.1f}|{:.1f}|{}|{:g}|{:g}|{:#g}|{:G}'.format(0.5, 1.5, 2.5, 0.25, 0.35, 1e16, 1e5, 1e-5, 1.0, 1e-10) }}
{{ '{:.3}|{:.10}|{:.1}|{:5.2}|{:n}|{:f}|{:F}|{:z.1f}'.format(3.14159, 1e20, 15.0, 1.0, 1234.5, infinity | float, -(infinity | float), -0.01) }}
{{ '{:09,}|{:012,.1f}|{:+,}|{:_b}|{:_x}|{:<9,}|{:^+9}'.format(1234, 1234.5, 1234, 255, 65535, 1234, 7) }}
{{ '{} {}'.format(1) }}
{{ '{x}'.format(y=1) }}
{{ '{'.format(1) }}
{{ '}'.format(1) }}
{{ '{!x}'.format(1) }}
{{ '{:y}'.format(1) }}
{{ '{:d}'.format('a') }}
{{ '{:d}'.format(1.5) }}
{{ '{:s}'.format(1) }}
{{ '{:=5}'.format('a') }}
{{ '{:,}'.format('a') }}
{{ '{:+}'.format('a') }}
{{ '{:.2d}'.format(1) }}
{{ '{:5}'.format(none) }}
{{ '{:5}'.format([1]) }}
{{ '{0}{}'.format(1, 2) }}
{{ '{}{0}'.format(1, 2) }}
{{ '{0.__class__}'.format(1) }}
{{ '{a.b}'.format(a=missing) }}
{{ '{}'.format(missing) }}|{{ '{}'.format(none) }}|{{ '{}'.format([1, 'a']) }}|{{ '{x}'.format_map({'x': 1}) }}
{{ '{[k]}'.format({'k': 'v'}) }}
{{ 'abc'.isdigit() }}|{{ '123'.isdigit() }}|{{ '²'.isdigit() }}|{{ '²'.isdecimal() }}|{{ '½'.isnumeric() }}|{{ '一'.isnumeric() }}|{{ '٣'.isdigit() }}|{{ ''.isdigit() }}|{{ '1.5'.isdigit() }}
{{ 'abc'.isalpha() }}|{{ 'é日'.isalpha() }}|{{ 'a1'.isalnum() }}|{{ 'a_1'.isalnum() }}|{{ ''.isalpha() }}|{{ ' \t\x1c\xa0'.isspace() }}|{{ '\u200b'.isspace() }}|{{ ''.isspace() }}
{{ 'abc'.islower() }}|{{ 'ABC'.isupper() }}|{{ 'aBc'.islower() }}|{{ '123'.islower() }}|{{ 'a1'.islower() }}|{{ 'Hello World'.istitle() }}|{{ 'Hello world'.istitle() }}|{{ 'ª'.islower() }}|{{ 'ǅ'.istitle() }}|{{ 'abc_1'.isidentifier() }}|{{ '1a'.isidentifier() }}|{{ 'abc'.isascii() }}|{{ 'é'.isascii() }}|{{ 'a\n'.isprintable() }}
{{ 'prefix-x'.removeprefix('prefix-') }}|{{ 'x.py'.removesuffix('.py') }}|{{ 'abc'.removeprefix('x') }}|{{ 'abc'.removesuffix('') }}|{{ ''.removeprefix('a') }}
{{ '42'.zfill(5) }}|{{ '-42'.zfill(5) }}|{{ '+4'.zfill(4) }}|{{ 'abc'.zfill(2) }}|{{ '🎉'.zfill(3) }}|{{ '--'.zfill(4) }}
[{{ 'ab'.center(5) }}]|[{{ 'abc'.center(6, '*') }}]|[{{ 'a'.ljust(3) }}]|[{{ 'a'.rjust(3, '0') }}]|[{{ '🎉'.center(4, '日') }}]|[{{ 'abc'.center(1) }}]|[{{ 'a'.center(4) }}]|[{{ 'ab'.center(4, '🎉') }}]
{{ 'a'.center(3, 'xy') }}
{{ 'a\tb'.expandtabs() }}|{{ 'a\tb\n\tc'.expandtabs(4) }}|{{ '\t'.expandtabs(0) }}
{{ 'abc'.nope }}|{{ 'abc'.upper is callable }}|{{ 'x'.__class__ }}|{{ 'x'.__len__ is defined }}
{{ 'x'.__class__.y }}
{{ '%s and %d' % ('a', 5) }}|{{ '%s' % 'x' }}|{{ '%5d|%-5d|%05d|%+d|% d' % (42, 42, 42, 42, 42) }}|{{ '%.2f|%8.3f|%e|%g|%G' % (3.14159, 2.5, 12345.678, 0.0001, 1e-10) }}|{{ '%x|%X|%#x|%o|%#o' % (255, 255, 255, 8, 8) }}|{{ '%%' % () }}|{{ '%c%c' % ('a', 66) }}
{{ '%(a)s-%(b)05d' % d }}|{{ '%r|%a|%s' % ('é', 'é', 'é') }}|{{ '%.2s|%5s|%-5s|' % ('abc', 'x', 'y') }}|{{ '%*d|%.*f' % (5, 42, 2, 3.14159) }}|{{ '%s' % none }}|{{ '%s' % [1, 'a'] }}|{{ '%s' % (missing,) }}|{{ '%d' % 3.99 }}|{{ '%i' % true }}|{{ '%d' % big }}
{{ 'a' % missing }}|{{ '%s' % missing }}|{{ 'x' % d }}|{{ 'x' % [] }}|{{ '%s%%' % 5 }}|{{ '%.3d' % 7 }}|{{ '%#.0f' % 2.5 }}|{{ '%.0f' % 0.5 }}|{{ '%5.1f|%-8.2e|' % (2.25, 1234.5) }}|{{ '%s' % {'a': 1} }}
{{ '%d' % 'a' }}
{{ '%s' % () }}
{{ '%s %s' % 'a' }}
{{ '%s' % (1, 2) }}
{{ 'a' % 1 }}
{{ '%y' % 1 }}
{{ '%' % 1 }}
{{ '%(a)s' % 1 }}
{{ '%(zz)s' % d }}
{{ '%x' % 1.5 }}
{{ '%f' % 'a' }}
{{ '%c' % 'ab' }}
{{ '%d' % missing }}
{{ s.lower().upper().title().swapcase() }}|{{ s.split()[0].lower() }}|{{ (s ~ '!').strip('!') }}|{{ 'a'.join(['b', 'c']).upper() }}
{{ [1, 2, 1].count(1) }}|{{ [1, 2].index(2) }}|{{ (1, 2, 2).count(2) }}|{{ ('a', 'b').index('b') }}|{{ range(5).index(3) }}|{{ [1, 2].copy() }}|{{ nums.count(9) }}
{{ [1].index(5) }}
{{ nums.append(4) }}
{{ nums.append }}|{{ nums.sort is defined }}|{{ d.pop is defined }}
{{ d.update({'x': 1}) }}
{{ d.pop('a') }}
{{ nums.pop() }}
{{ d.items() }}|{{ d.keys() }}|{{ d.values() }}|{{ d.get('a') }}|{{ d.get('z') }}|{{ d.get('z', 'dflt') }}|{{ d.copy() }}|{{ d | length }}|{{ {}.items() }}
{{ d.get() }}
{{ d.get([]) }}
{{ d.get('a', 1, 2) }}
{{ dict.fromkeys(['a', 'b'], 0) }}|{{ dict(a=1, b='x') }}|{{ dict(d, z=9) }}|{{ dict([('a', 1), ['b', 2]]) }}|{{ dict() }}
{{ dict([1]) }}
{{ dict([(1, 2, 3)]) }}
{{ (5).bit_length() }}|{{ 2.0.is_integer() }}|{{ 2.5.is_integer() }}|{{ true.real }}|{{ (5).numerator }}|{{ 1.5.imag }}
"""

FILTERS = r"""
{{ 'abc' | upper }}|{{ 'ABC' | lower }}|{{ 'hello world' | title }}|{{ "it's a-b (c) [d] {e} <f>" | title }}|{{ 'hELLO' | capitalize }}|{{ 5 | upper }}|{{ none | upper }}|{{ missing | upper }}|{{ 'ß ﬁ' | title }}
[{{ '  a ' | trim }}]|[{{ 'xax' | trim('x') }}]|{{ 5 | trim }}|[{{ missing | trim }}]|{{ ' a ' | trim(none) }}|{{ none | trim }}
{{ 'aXbX' | replace('X', '-') }}|{{ 'aXbX' | replace('X', '-', 1) }}|{{ 121 | replace(1, 3) }}|{{ 'abc' | replace('', '.') }}|{{ missing | replace('a', 'b') }}|{{ 'a' | replace(count=1, old='a', new='z') }}
{{ [1, 2, 3] | join }}|{{ [1, 2, 3] | join(', ') }}|{{ users | join(',', attribute='name') }}|{{ 'abc' | join('-') }}|{{ d | join }}|{{ missing | join(',') }}|{{ [none, true, 1.5] | join('|') }}|{{ [1, 2] | join(0) }}|{{ mixed | join(';') }}|{{ users | join('/', 'age') }}
{{ 5 | join(',') }}
{{ none | join }}
{{ 'a b, c-d _e' | wordcount }}|{{ '' | wordcount }}|{{ 'é日本 x' | wordcount }}
{{ '%s-%s' | format('a', 'b') }}|{{ '%(x)s' | format(x=1) }}|{{ 'x' | format }}|{{ '%d%%' | format(5) }}
{{ '%s' | format(1, x=2) }}
{{ 'a\nb\n\nc' | indent }}|{{ 'a\nb' | indent(2) }}|{{ 'a\nb' | indent(2, true) }}|{{ 'a\n\nb' | indent(2, blank=true) }}|{{ 'a\nb' | indent('> ') }}|{{ 'a\nb' | indent(width=1, first=true) }}|[{{ '' | indent }}]|{{ 'a\r\nb\n' | indent(2) | tojson }}|{{ 'a' | indent(2, first=true) }}
{{ 5 | indent }}
{{ missing | indent }}
{{ 'foo bar baz qux' | truncate(9) }}|{{ 'foo bar baz qux' | truncate(9, true) }}|{{ 'foo bar baz qux' | truncate(11) }}|{{ 'foo bar baz qux' | truncate(11, false, '...', 0) }}|{{ 'abc' | truncate(3) }}|{{ 'foo bar baz qux' | truncate(9, false, '', 0) }}|{{ 'abcdefghijkl' | truncate(5, leeway=0) }}|{{ 'a🎉b👩c日d' | truncate(4, true, '…', 0) }}
{{ 'abc' | truncate(1) }}
[{{ 'ab' | center(6) }}]|[{{ 5 | center(4) }}]|{{ 'a' | center | length }}
{{ 5 | abs }}|{{ -5 | abs }}|{{ (-5.5) | abs }}|{{ neg | abs }}|{{ true | abs }}|{{ (-big) | abs }}
{{ 'a' | abs }}
{{ missing | abs }}
{{ '42' | int }}|{{ ' 42 ' | int }}|{{ '4_2' | int }}|{{ '42.9' | int }}|{{ 'x' | int }}|{{ 'x' | int(7) }}|{{ 3.99 | int }}|{{ -3.99 | int }}|{{ none | int }}|{{ [] | int(default=3) }}|{{ true | int }}|{{ '0x1f' | int(base=16) }}|{{ '1f' | int(0, 16) }}|{{ '0b11' | int(0, 0) }}|{{ '٣' | int }}|{{ '1e3' | int }}|{{ '-7' | int }}|{{ '+7' | int }}|{{ '' | int }}|{{ '12345678901234567890' | int }}|{{ 'inf' | int }}|{{ 'nan' | int(5) }}|{{ '__1' | int }}|{{ '1__0' | int }}|{{ 1e20 | int }}
{{ missing | int }}
{{ infinity | float | int }}
{{ '1.5' | float }}|{{ ' 1e3 ' | float }}|{{ 'x' | float }}|{{ 'x' | float(2.5) }}|{{ 3 | float }}|{{ none | float }}|{{ infinity | float }}|{{ ('-' ~ infinity) | float }}|{{ nan | float }}|{{ '1_0.5' | float }}|{{ '.5' | float }}|{{ '5.' | float }}|{{ '1e' | float }}|{{ true | float }}|{{ '1._5' | float }}
{{ missing | float }}
{{ 42.55 | round }}|{{ 42.55 | round(1) }}|{{ 42.55 | round(1, 'floor') }}|{{ 42.55 | round(1, 'ceil') }}|{{ 2.5 | round }}|{{ 3.5 | round }}|{{ -2.5 | round }}|{{ 42 | round }}|{{ 45 | round(-1) }}|{{ 55 | round(-1) }}|{{ 1234.5 | round(-2) }}|{{ 42.3 | round | int }}|{{ 0.15 | round(1) }}|{{ 2.675 | round(2) }}|{{ true | round }}|{{ 42 | round(1, 'floor') }}|{{ 1.5 | round(0, 'ceil') }}|{{ 1e300 | round(2) }}
{{ 'a' | round }}
{{ 1 | round(1, 'up') }}
{{ missing | round }}
{{ nums | sum }}|{{ [1.5, 2] | sum }}|{{ users[:3] | sum(attribute='age') }}|{{ [] | sum }}|{{ [[1], [2]] | sum(start=[]) }}|{{ nums | sum(start=10) }}|{{ [true, true] | sum }}
{{ ['a', 'b'] | sum }}
{{ ['a'] | sum(start='') }}
{{ users | sum('age') }}
{{ nums | length }}|{{ 'é🎉' | length }}|{{ d | count }}|{{ missing | length }}|{{ range(5) | length }}|{{ (1, 2) | length }}|{{ d.items() | length }}
{{ 5 | length }}
{{ none | length }}
{{ nums | select | length }}
{{ nums | first }}|{{ nums | last }}|{{ 'abc' | first }}|{{ 'ab🎉' | last }}|{{ d | first }}|{{ d | last }}|{{ [] | first }}|{{ [] | last }}|{{ missing | first }}|{{ missing | last }}|{{ range(3) | last }}|{{ d.items() | last }}|{{ nums | select('odd') | first }}|{{ '' | first }}
{{ 5 | first }}
{{ nums | select | last }}
{{ ([] | first).x }}
{{ 'abc' | list }}|{{ d | list }}|{{ range(3) | list }}|{{ d.items() | list }}|{{ missing | list }}|{{ (1, 2) | list }}|{{ 'a🎉' | list }}|{{ d.values() | list }}
{{ 5 | list }}
{{ 'abc' | reverse }}|{{ nums | reverse | list }}|{{ 'a🎉b' | reverse }}|{{ d | reverse | list }}|{{ range(3) | reverse | list }}|{{ (nums | select | reverse) }}|{{ d.items() | reverse | list }}
{{ 5 | reverse }}
{{ d | items | list }}|{{ missing | items | list }}|{% for k, v in d | items %}{{ k }}={{ v }};{% endfor %}
{{ 5 | items | list }}
{{ [1, 2, 3, 4, 5] | batch(2) | list }}|{{ [1, 2, 3] | batch(2, 'x') | list }}|{{ [] | batch(2) | list }}|{{ [1,2] | batch(0) | list }}
{{ [1, 2, 3, 4, 5, 6, 7] | slice(3) | list }}|{{ [1, 2, 3, 4] | slice(3, 'x') | list }}|{{ [] | slice(2) | list }}
{{ [1] | slice(0) | list }}
{{ missing | default('x') }}|{{ missing | d('x') }}|{{ '' | default('x') }}|{{ '' | default('x', true) }}|{{ none | default('x') }}|{{ none | default('x', boolean=true) }}|{{ missing | default }}|{{ 0 | d(5, true) }}|{{ d.zz | default([]) }}|{{ missing | default(default_value='y') }}
{{ missing.x | default('x') }}
{{ [3, 1, 2] | sort }}|{{ words | sort }}|{{ words | sort(case_sensitive=true) }}|{{ words | sort(reverse=true) }}|{{ users[:3] | sort(attribute='age') | map(attribute='name') | list }}|{{ users[:3] | sort(attribute='age,name', reverse=true) | map(attribute='name') | list }}|{{ 'hello' | sort }}|{{ d | sort }}|{{ [[2, 1], [1, 2]] | sort }}|{{ [true, 0, 2.5] | sort }}|{{ missing | sort }}|{{ [[1, 'b'], [0, 'a']] | sort(attribute=1) }}|{{ ['b', 'A', 'a', 'B'] | sort }}
{{ [1, 'a'] | sort }}
{{ users | sort(attribute='age') | list }}
{{ [none, 1] | sort }}
{{ d | dictsort }}|{{ d | dictsort(true) }}|{{ d | dictsort(by='value') }}|{{ d | dictsort(reverse=true) }}|{{ d | dictsort(false, 'value', true) }}
{{ d | dictsort(by='x') }}
{{ nums | dictsort }}
{{ [1, 2, 1, 3, 2] | unique | list }}|{{ words | unique | list }}|{{ words | unique(true) | list }}|{{ users | unique(attribute='city') | map(attribute='name') | list }}|{{ [1, 1.0, true] | unique | list }}|{{ 'aAbB' | unique | join }}
{{ [[1], [1]] | unique | list }}
{{ nums | min }}|{{ nums | max }}|{{ words | min }}|{{ words | max }}|{{ words | min(true) }}|{{ [] | min }}|{{ users[:3] | max(attribute='age') }}|{{ 'hello' | max }}|{{ [1, 1.0] | max }}|{{ [2, 2.0] | min }}
{{ [1, 'a'] | min }}
{{ users[:3] | groupby('age') }}
{% for city, list in users | groupby('city') %}{{ city }}:{{ list | map(attribute='name') | join(',') }};{% endfor %}
{% for g in users | groupby('city', case_sensitive=true) %}{{ g.grouper }}={{ g.list | length }};{% endfor %}|{{ (users | groupby('age', default=0))[0][0] }}
{{ users | groupby('age') }}
{{ nums | map('string') | list }}|{{ words | map('upper') | join(',') }}|{{ users | map(attribute='name') | list }}|{{ users | map(attribute='age', default=0) | list }}|{{ nums | map('string') | map('length') | list }}|{{ [[1, 2], [3, 4]] | map(attribute=1) | list }}|{{ [{'a': {'b': 1}}] | map(attribute='a.b') | list }}|{{ [[{'x': 5}]] | map(attribute='0.x') | list }}|{{ missing | map('upper') | list }}|{{ ['a-b'] | map('replace', '-', '+') | list }}|{{ ['a'] | map('default', 'x') | list }}|{{ [none] | map('default', 'x', true) | list }}|{{ [[3, 1], [2]] | map('sort') | list }}|{{ d.items() | map('first') | list }}
{{ nums | map | list }}
{{ nums | map('nope') | list }}
{{ nums | map(nope) | list }}
{{ nums | map(attribute='x', foo=1) | list }}
{{ 5 | map('upper') | list }}
{{ users | map(attribute='age') | list }}
{{ nums | select('odd') | list }}|{{ nums | reject('odd') | list }}|{{ mixed | select | list }}|{{ mixed | reject | list }}|{{ nums | select('gt', 1) | list }}|{{ nums | select('in', [1, 2]) | list }}|{{ nums | select('equalto', 2) | list }}|{{ nums | select('divisibleby', 3) | list }}|{{ ['a', 'b'] | select('==', 'b') | list }}|{{ missing | select | list }}|{{ mixed | select('string') | list }}|{{ nums | select('>=', 2) | list }}
{{ nums | select('nope') | list }}
{{ users | selectattr('active') | map(attribute='name') | list }}|{{ users | rejectattr('active') | map(attribute='name') | list }}|{{ users | selectattr('age', 'gt', 26) | list if false }}|{{ users | selectattr('city', 'equalto', 'Paris') | map(attribute='name') | list }}|{{ users | selectattr('age', 'defined') | list | length }}|{{ users | rejectattr('age', 'undefined') | map(attribute='name') | list }}|{{ messages | selectattr('role', '==', 'user') | map(attribute='content') | join(' ') }}|{{ messages | rejectattr('role', 'in', ['system', 'user']) | list | length }}|{{ (messages | selectattr('role', 'equalto', 'assistant') | list)[-1].content }}
{{ users | selectattr | list }}
{{ users | selectattr('age', 'gt', 26) | list }}
{{ 5 | select | list }}
{{ 5 | string }}{{ none | string }}|{{ 'a' | string }}|{{ [1, 'b'] | string }}|{{ missing | string }}|{{ 1.0 | string }}
{{ html | e }}|{{ html | escape }}|{{ html | safe }}|{{ 5 | e }}|{{ html | e | e }}|{{ html | forceescape }}|{{ html | e | forceescape }}|{{ ('<' | safe) + '<' }}|{{ '<' + ('<' | safe) }}|{{ ('<' | safe) ~ '<' }}|{{ (html | safe) | upper }}|{{ '<%s>' | safe | format('<') }}|{{ ('<b>' | safe) * 2 + '&' }}|{{ [html | safe] }}|{{ ('a' | safe).join(['<', '>']) }}|{{ ('{}<' | safe).format('<') }}|{{ html | safe | replace('<', '[') }}|{{ ('a<' | safe).replace('a', '<') }}|{{ ('<a' | safe)[1:] + '<' }}|{{ 'x' | safe is escaped }}|{{ 'x' is escaped }}|{{ html | e | tojson }}
{{ {'class': 'a b', 'id': none, 'x': '<', 'y': missing} | xmlattr }}|{{ {'a': 1} | xmlattr(false) }}|[{{ {} | xmlattr }}]
{{ {'a b': 1} | xmlattr }}
{{ 'a b/ü?&=' | urlencode }}|{{ {'a b': 'c/d', 'e': 1} | urlencode }}|{{ [('x', 'ü')] | urlencode }}|{{ 5 | urlencode }}|{{ '🎉~-._' | urlencode }}
{{ users[0] | attr('name') }}|{{ s | attr('upper') is callable }}|{{ d | attr('items') is callable }}
{{ tool | tojson }}|{{ 'é🎉<&>\'"\\/' | tojson }}|{{ [1, 1.0, true, none, 'x', 1e100, 1e16, 0.1] | tojson }}|{{ {} | tojson }}{{ [] | tojson }}{{ '' | tojson }}|{{ (1, 2) | tojson }}|{{ quotes | tojson }}
{{ tool | tojson(indent=2) }}
{{ tool | tojson(indent=4) }}
{{ {'a': [], 'b': {}, 'c': [1]} | tojson(indent=1) }}|{{ [1, [2]] | tojson(indent='--') }}|{{ [1, 2] | tojson(indent=0) }}
{{ {'a': 1, 'b': [1, 2]} | tojson(separators=(',', ':')) }}|{{ {'a': 1} | tojson(indent=2, separators=(', ', '=')) }}|{{ d | tojson(sort_keys=true) }}|{{ 'é🎉' | tojson(ensure_ascii=true) }}|{{ 'é' | tojson(true) }}|{{ '\x7f\x1f\u2028' | tojson }}|{{ '\x7f' | tojson(ensure_ascii=true) }}
{{ {1: 'a', 1.5: 'b', true: 'c', none: 'd'} | tojson }}|{{ infinity | float | tojson }}|{{ big | tojson }}|{{ -0.0 | tojson }}|{{ mixed | tojson }}
{{ missing | tojson }}
{{ {(1, 2): 3} | tojson }}
{{ range(3) | tojson }}
{{ nums | select | tojson }}
{{ d.items() | tojson }}
{{ {1: 1, 'a': 2} | tojson(sort_keys=true) }}
{{ [1] | tojson(indent=1.5) }}
{{ s | upper | lower | title | trim | replace('l', 'L') | length }}|{{ (s | length) + 1 }}|{{ s | length + 1 }}|{{ nums | sort | first }}|{{ nums | sort(reverse=true) | join('>') }}|{{ -5 | abs }}|{{ 'a' ~ 'b' | upper }}|{{ ('a' ~ 'b') | upper }}
{{ 'x' | default(1, 2, 3) }}
{{ 'x' | upper(1) }}
{{ 'x' | replace }}
{{ 'x' | trim(chars='x') }}|{{ 'x' | default(foo=1) if false }}
{{ 'x' | default(foo=1) }}
"""

TESTS = r"""
{{ s is defined }}|{{ missing is defined }}|{{ missing is undefined }}|{{ d.zz is defined }}|{{ nothing is defined }}|{{ missing is not defined }}|{{ not missing is defined }}
{{ nothing is none }}|{{ missing is none }}|{{ 0 is none }}|{{ nothing is not none }}
{{ s is string }}|{{ 1 is string }}|{{ (s | safe) is string }}|{{ d is mapping }}|{{ [] is mapping }}|{{ nums is sequence }}|{{ s is sequence }}|{{ d is sequence }}|{{ 1 is sequence }}|{{ (1,) is sequence }}|{{ missing is sequence }}|{{ range(3) is sequence }}|{{ d.keys() is sequence }}|{{ none is sequence }}
{{ nums is iterable }}|{{ s is iterable }}|{{ 1 is iterable }}|{{ missing is iterable }}|{{ none is iterable }}|{{ d.items() is iterable }}|{{ (nums | select) is iterable }}
{{ 1 is number }}|{{ 1.5 is number }}|{{ true is number }}|{{ '1' is number }}|{{ 1 is integer }}|{{ true is integer }}|{{ 1.0 is integer }}|{{ 1.0 is float }}|{{ 1 is float }}|{{ big is integer }}|{{ true is boolean }}|{{ 1 is boolean }}|{{ none is boolean }}
{{ true is true }}|{{ 1 is true }}|{{ false is false }}|{{ 0 is false }}|{{ yes is true }}|{{ no is false }}|{{ yes is sameas true }}|{{ 1 is sameas 1 }}|{{ none is sameas none }}|{{ 1 is sameas 1.0 }}|{{ 'a' is sameas 'a' }}|{{ [] is sameas [] }}|{{ true is sameas(1) }}
{{ range is callable }}|{{ s is callable }}|{{ s.upper is callable }}|{{ missing is callable }}|{{ namespace is callable }}
{{ 3 is odd }}|{{ 4 is even }}|{{ 0 is even }}|{{ -3 is odd }}|{{ 9 is divisibleby 3 }}|{{ 9 is divisibleby(2) }}|{{ 9 is not divisibleby 2 }}|{{ 2.0 is even }}|{{ true is odd }}
{{ 'a' is odd }}
{{ none is even }}
{{ missing is odd }}
{{ 1 is divisibleby 0 }}
{{ 1 is divisibleby }}
{{ 1 is eq 1 }}|{{ 1 is equalto(1) }}|{{ 1 is ne 2 }}|{{ 1 is lt 2 }}|{{ 1 is lessthan 2 }}|{{ 1 is le 1 }}|{{ 2 is gt 1 }}|{{ 2 is greaterthan(1) }}|{{ 2 is ge 2 }}|{{ 1 is in [1, 2] }}|{{ 3 is in([1, 2]) }}|{{ 'a' is in 'abc' }}|{{ 'a' is not in d }}
{{ 1 is lt 'a' }}
{{ 1 is in 5 }}
{{ 'abc' is lower }}|{{ 'ABC' is upper }}|{{ 'aB' is lower }}|{{ 5 is lower }}|{{ 'É' is upper }}|{{ '' is lower }}
{{ 'upper' is filter }}|{{ 'nope' is filter }}|{{ 'odd' is test }}|{{ 'nope' is test }}
{{ 1 is string or true }}|{{ 1 is number and 'x' is string }}|{{ s is string and s | length > 3 }}|{{ n is odd == true }}|{{ (n is odd) == true }}|{{ n is not odd }}|{{ not n is odd }}
{{ 1 is none is false }}
{{ s is sameas s }}|{{ d is sameas d }}|{{ d.a is sameas d.a }}|{{ nums[0] is sameas nums[0] }}|{{ users[0] is sameas users[0] }}
{{ 1 is integer if true else 2 }}
{{ 'x' if n is defined and n is number else 'y' }}|{{ n is divisibleby 7 and true }}|{{ n is divisibleby n - 1 }}
{{ 1 is nope }}
{{ 1 is number(1) }}
{{ x is defined and x.y is defined }}|{{ d is defined and d.a is defined }}|{{ d.a.b is defined }}|{{ d['a'] is not none }}
"""

STATEMENTS = r"""
{% set x = 5 %}{{ x }}|{% set a, b = 1, 2 %}{{ a }}{{ b }}|{% set (c, (e, f)) = (1, [2, 3]) %}{{ c }}{{ e }}{{ f }}|{% set t = 1, 2 %}{{ t }}
{% set a, b = [1] %}
{% set a, b = 'xyz' %}
{% set a, b = 5 %}
{% set a, b = none %}
{% set a, b = missing %}
{% set x %}block {{ n }}{% endset %}[{{ x }}]|{% set y | upper %}abc{% endset %}{{ y }}|{% set z | replace('a', 'b') | trim %} aa {% endset %}[{{ z }}]
{% if n > 5 %}big{% elif n > 3 %}mid{% else %}small{% endif %}|{% if no %}x{% endif %}|{% if missing %}x{% else %}y{% endif %}|{% if s and d and nums %}all{% endif %}
{% if no %}a{% elif no %}b{% elif yes %}c{% else %}d{% endif %}
{% for i in nums %}{{ i }},{% endfor %}|{% for c in 'a🎉' %}{{ c }}.{% endfor %}|{% for k in d %}{{ k }}{% endfor %}|{% for k, v in d.items() %}{{ k }}{{ v }};{% endfor %}|{% for x in missing %}x{% else %}none{% endfor %}|{% for x in [] %}x{% endfor %}
{% for i in range(3) %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }};{% endfor %}
{% for i in nums %}{{ loop.previtem }}<{{ i }}>{{ loop.nextitem }};{% endfor %}
{% for i in [1, 1, 2] %}{{ loop.changed(i) }}{{ loop.cycle('a', 'b') }}{{ loop.depth }}{{ loop.depth0 }};{% endfor %}
{% for i in nums %}{{ loop.previtem is defined }}{{ loop.nextitem is defined }}{% endfor %}
{% for i in nums if i > 1 %}{{ loop.index }}/{{ loop.length }}:{{ i }}{{ loop.last }};{% else %}none{% endfor %}|{% for i in nums if i > 9 %}{{ i }}{% else %}none{% endfor %}
{% for i in nums %}{% if i == 1 %}{% continue %}{% endif %}{{ i }}{% endfor %}|{% for i in nums %}{% if i == 1 %}{% break %}{% endif %}{{ i }}{% endfor %}
{% for i in [1] %}{% continue %}{% else %}else{% endfor %}|{% for i in [1] %}{% break %}{% else %}else{% endfor %}|{% for i in [1, 2] %}{% if i == 2 %}{% break %}{% endif %}{% else %}else{% endfor %}
{% for a, b in [(1, 2), [3, 4], 'xy'] %}{{ a }}{{ b }};{% endfor %}|{% for a, (b, c) in [(1, (2, 3))] %}{{ a }}{{ b }}{{ c }}{% endfor %}
{% for a, b in [1] %}{% endfor %}
{% for a, b in [(1, 2, 3)] %}{% endfor %}
{% for x in 5 %}{% endfor %}
{% for x in none %}{% endfor %}
{% for i in range(2) %}{% for j in range(2) %}{{ loop.index }}{{ i }}{{ j }};{% endfor %}{{ loop.index }}|{% endfor %}
{% set outer = 1 %}{% for i in nums %}{% set outer = outer + i %}{{ outer }},{% endfor %}{{ outer }}
{% set ns = namespace(x=0) %}{% for i in nums %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}|{{ ns }}|{{ ns.y }}|{{ ns.y is defined }}|{{ ns['x'] }}
{% set ns = namespace({'a': 1}, b=2) %}{{ ns.a }}{{ ns.b }}{% set ns.c = [1] %}{{ ns }}{% set ns.self = ns %}{{ ns }}
{% set ns = namespace() %}{% set ns.a, ns.b = 1, 2 %}{{ ns.a }}{{ ns.b }}{% set ns.t %}text{% endset %}{{ ns.t }}
{% set d.x = 1 %}
{% set missing.x = 1 %}
{% set ns = namespace(_x=1) %}
{% set ns = namespace() %}{% set ns._x = 1 %}
{% set ns = namespace(items=5, get=6) %}{{ ns.items }}{{ ns.get }}
{% if yes %}{% set inside = 1 %}{% endif %}{{ inside }}|{% if no %}{% set never = 1 %}{% endif %}[{{ never }}]|{% if no %}{% set s = 'changed' %}{% endif %}{{ s }}
{% for i in [1] %}{% set loopvar = i %}{% endfor %}[{{ loopvar }}]|{% for s in [1] %}{{ s }}{% endfor %}{{ s }}
{{ x }}{% set x = 1 %}{{ x }}|{% set n = n + 1 %}{{ n }}
{% for i in range(3) %}{% if i == 1 %}{% set n = 100 %}{% endif %}{{ n }},{% endfor %}{{ n }}
{% for m in messages %}{% if loop.first %}{% set s = 'first' %}{% else %}{% set s = s ~ '+' %}{% endif %}{{ s }};{% endfor %}
{% macro m(a, b=2, c=none) %}{{ a }}-{{ b }}-{{ c }}{% endmacro %}{{ m(1) }}|{{ m(1, 3) }}|{{ m(1, c=5) }}|{{ m(b=1, a=0) }}|{{ m() }}|{{ m('x', *[7, 8]) }}|{{ m(**{'a': 9}) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(x=2) }}
{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, 3, x=4) }}|{{ m(1) }}
{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, 2) }}
{% macro m(a) %}{{ a is defined }}{{ a }}{% endmacro %}{{ m() }}|{{ m.name }}{{ m.arguments }}{{ m.catch_kwargs }}{{ m.catch_varargs }}{{ m.caller }}
{% macro m(a) %}{{ a.x }}{% endmacro %}{{ m() }}
{% macro rec(n) %}{{ n }}{% if n > 0 %},{{ rec(n - 1) }}{% endif %}{% endmacro %}{{ rec(5) }}
{% macro outer() %}[{{ inner() }}]{% endmacro %}{% macro inner() %}in{% endmacro %}{{ outer() }}
{% macro m() %}{{ later }}{% endmacro %}{{ m() }}{% set later = 'L' %}{{ m() }}|{% macro k() %}{{ n }}{% endmacro %}{{ k() }}
{% macro m() %}{{ n }}{% endmacro %}{{ m() }}{% set n = 99 %}{{ m() }}
{% macro m() %}{% set n = 5 %}{{ n }}{% endmacro %}{{ m() }}{{ n }}
{% macro m(x) %}{{ caller(x) }}{% endmacro %}{% call(y) m(3) %}got {{ y }} {{ n }}{% endcall %}|{% macro k() %}<{{ caller() }}>{% endmacro %}{% call k() %}body{% endcall %}
{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}
{% macro m() %}x{% endmacro %}{% call m() %}y{% endcall %}
{% macro m() %}{% if caller is defined %}has{% else %}no{% endif %}{% endmacro %}{{ m() }}{% call m() %}{% endcall %}
{% macro m(caller=none) %}{{ caller() if caller else 'none' }}{% endmacro %}{{ m() }}{% call m() %}c{% endcall %}
{% macro m(caller) %}{{ caller() }}{% endmacro %}
{% call range(3) %}{% endcall %}
{% call s %}{% endcall %}
{% for i in nums %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}
{{ m }}{% macro m() %}{% endmacro %}{{ m }}|{{ m is callable }}
{% filter upper %}abc {{ s }}{% endfilter %}|{% filter replace('a', 'b') | trim %} aaa {% endfilter %}|{% filter indent(2) %}x{{ "\\n" }}y{% endfilter %}
{% filter length %}abc{% endfilter %}
{% with a = 1, b = n %}{{ a }}{{ b }}{% endwith %}[{{ a }}]|{% with %}{% set q = 1 %}{{ q }}{% endwith %}[{{ q }}]|{% set a = 5 %}{% with a = 1, b = a %}{{ a }}{{ b }}{% endwith %}|{% with x, y = (1, 2) %}{{ x }}{{ y }}{% endwith %}
{% raw %}{{ not }} {% this %} {# nor #}{% endraw %}|{%- raw -%}  x  {%- endraw -%}  |y
a{# comment #}b{#- strip -#}  c {#+ keep +#} d{# {{ not }} {% if %} #}
{% print 'x' %}{% print 1, 2 %}
{% set x = {'a': 1} %}{{ x.a }}{{ x['a'] }}|{% set y = [1, 2] %}{{ y[0] }}
{% for item in nested.a.b.c %}{% if item is mapping %}{{ item.d }}{% elif item is number %}{{ item }}{% endif %},{% endfor %}
{% for i in range(5) recursive %}{% if i > 2 %}{{ i }}{% endif %}{% endfor %}|{% for x in [{'n': 1, 'c': [{'n': 2, 'c': []}, {'n': 3, 'c': [{'n': 4, 'c': []}]}]}] recursive %}{{ x.n }}@{{ loop.depth }}[{{ loop(x.c) }}]{% endfor %}
{% for x in [[1, [2]], [3]] recursive %}{% if x is iterable %}({{ loop(x) }}){% else %}{{ x }}{% endif %}{% else %}-{% endfor %}
{% for i in nums %}{{ loop([]) }}{% endfor %}
{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{% set _ = c.reset() %}{{ c.next() }}|{% set j = joiner('|') %}{{ j() }}a{{ j() }}b{{ j() }}c|{% set k = joiner() %}{{ k() }}{{ k() }}
{{ cycler() }}
{{ range(3) | list }}{{ range(1, 4) | list }}{{ range(5, 0, -2) | list }}{{ range(0) | list }}{{ range(true) | list }}
{{ range(1.5) }}
{{ range() }}
{{ range('a') }}
{{ range(1, 2, 0) }}
{{ range(100001) }}
{{ raise_exception('bad ' ~ n) }}
{{ raise_exception(message='named') }}
{{ raise_exception(5) }}
{{ raise_exception() }}
{% if yes %}{{ raise_exception('inside') }}{% endif %}
{{ strftime_now('%Y-%m-%d %H:%M:%S') }}|{{ strftime_now('%d %b %Y') }}|{{ strftime_now('%A %B %j %U %W %w %y %I %p %M %f %%') }}|{{ strftime_now('%e|%-d|%k|%l|%D|%F|%T|%R|%C|%G|%V|%u|%h|%n|%t|%P|%r|%s|%c|%x|%X|%Z|%z|%Q|%^a|%_d|%0e|%#Z|%') }}
{% set x = 'a' if yes else 'b' %}{{ x }}|{% set y = none %}{{ y is none }}|{% set tools = none %}{{ tools is none }}
{% set _ = nums %}{{ _ }}|{% set __x = 1 %}{{ __x }}
{% for message in messages %}{{ '<|' ~ message['role'] ~ '|>' }}{{ message['content'] | trim }}{% if not loop.last %}{{ '\n' }}{% endif %}{% endfor %}
{% for m in messages[1:] | selectattr('role', 'equalto', 'user') %}{{ loop.index }}{{ m.content }}{% endfor %}|{% for m in messages | rejectattr('role', 'equalto', 'system') %}{{ loop.length }}{% endfor %}
{% for m in messages | reverse %}{{ m.role }}{{ loop.first }}{% endfor %}|{% for m in messages[::-1] %}{{ loop.index0 }}{{ m.role[0] }}{% endfor %}
{% set ns = namespace(last=-1) %}{% for m in messages %}{% if m.role == 'user' %}{% set ns.last = loop.index0 %}{% endif %}{% endfor %}{{ ns.last }}
{% set ns = namespace(go=true) %}{% for i in range(5) if ns.go %}{{ i }}{% if i == 2 %}{% set ns.go = false %}{% endif %}{% endfor %}
{% for i in range(3) if i != loop.index %}{% endfor %}
{% generation %}gen{% endgeneration %}|{% for m in messages %}{% if m.role == 'assistant' %}a:{% generation %}{{ m.content }}!{% endgeneration %}{% else %}{{ m.content }}{% endif %};{% endfor %}
{% generation %}{% set g = 1 %}{{ g }}{{ n }}{% endgeneration %}[{{ g }}]|é🎉{% generation %}日{% endgeneration %}
{% for i in nums %}{% generation %}{% break %}{% endgeneration %}{% endfor %}
{% if yes %}{{ 'x' | nosuchfilter }}{% endif %}
{% if no %}{{ 'x' | nosuchfilter }}{% endif %}ok
{% if no %}{% for i in nums %}{{ 'x' | nosuchfilter }}{% endfor %}{% endif %}
{{ 'x' | nosuchfilter if no else 'y' }}
{% if no %}{{ 1 is nosuchtest }}{% endif %}ok
{% set x = loop %}{{ x }}|{% for i in [1] %}{% set l = loop %}{{ l.index }}{% endfor %}
{% for i in [1, 2] %}{{ loop }}{% endfor %}
{% for loop in nums %}{% endfor %}
{% for i in nums %}{% set loop = 1 %}{% endfor %}
{% set x = missing %}{{ x is defined }}|{% set y = missing.z if false else 'safe' %}{{ y }}
{{ [missing, none, 1] }}|{{ {'a': missing} }}|{{ (missing,) | list }}
{{ d }}{{ nested }}{{ mixed }}{{ users[0] }}
{{ quotes }}|{{ [quotes] }}|{{ ["'"] }}{{ ['"'] }}{{ ['\'"'] }}{{ ['é\u200b\xad\ue000🎉\U000e0001'] }}
{{ ({'a': {'b': [1, (2,), {'c': none}]}}) }}|{{ [[], {}, ()] }}|{{ ['a\nb', 1.0, -0.0, true] }}
{% set a = [1, 2, 3] %}{% set b = a + [4] %}{{ a }}{{ b }}|{% set l = [] %}{% for i in nums %}{% set l = l + [i] %}{% endfor %}{{ l }}
{% for k, v in nested.a.items() %}{{ k }}{{ v }}{% endfor %}|{% for k in d.keys() | sort %}{{ k }}{% endfor %}|{% for v in d.values() %}{{ v }}{% endfor %}|{% for k, v in d | dictsort %}{{ k }}{% endfor %}
{{ messages | map(attribute='role') | join(',') }}|{{ messages | length }}|{{ messages[0]['role'] == 'system' }}|{{ messages | last }}|{{ (messages | last).role }}
{{- n -}}|  {{- n }} x {{ n -}}   y|{{+ n }}
{{ nope.items | default('z') if nope is defined else 'q' }}
{% set x = namespace(v=[]) %}{% for i in nums %}{% set x.v = x.v + [i * 2] %}{% endfor %}{{ x.v | sum }}|{{ x.v[-1] }}
{% set m = messages %}{% set messages = messages[1:] %}{{ messages | length }}{{ m | length }}
{% macro f(x) %}{% for i in range(x) %}{{ i }}{% if i == 1 %}{% break %}{% endif %}{% endfor %}{% endmacro %}{{ f(5) }}{% set r = f(2) %}[{{ r }}]{{ r | length }}
"""

WHITESPACE = [
    "{{ 'line\\\ncontinued' }}",
    "{{ 'a\nb' }}",
    '{{ "\\\n',
    "{% macro t(p, depth=0) %}{% for k, v in p.items() %}{{ '  ' * depth }}{{ k }}{% if v is mapping %}:\n"
    "{{ t(v, depth + 1) }}{% else %}={{ v }}\n{% endif %}{% endfor %}{% endmacro %}"
    "{{ t({'a': 1, 'b': {'c': 2, 'd': {'e': 3}}}) }}",
    "a\n{% if yes %}\nb\n{% endif %}\nc\n",
    "a\n  {% if yes %}  \n  b\n  {% endif %}\nc\n\n",
    "  {%- if yes -%}  \n b {%- endif -%} \n c",
    "  {%+ if yes +%}\n b{%+ endif %}\nc",
    "x  {% if yes %}y{% endif %}\n",
    "{% if yes %}\n\nb{% endif %}\n\n",
    "  {{ n }}  \n  {{- n -}}  \n x",
    "{{ n }}\n{{ n }}\n\n",
    "  {# c #}\nx\n  {# c #}  y\n {#- d -#} z",
    "a\r\n  {% if yes %}\r\nb\r{% endif %}\r\nc\r\n",
    "\t{% set x = 1 %}\n\t{{ x }}\n\t\x0b{% set x = 2 %}\n",
    "\u2003{% if yes %}\nb{% endif %}\u2003",
    "a{% if yes %}\nb{% endif %}\nc{% if no %}\nd{% endif %}\n",
    "  {% raw %}\n {{ x }}\n  {% endraw %}\ny",
    "  {%- raw %} a {% endraw -%}  b",
    "{%raw%}{%-endraw%} x {%raw -%}  y{% endraw +%}\nz",
    "{% raw %}a\n  {%- endraw %}b",
    "{% for i in nums %}\n  {{ i }}\n{% endfor %}\nend",
    "{%- for i in nums -%}\n  {{ i }}\n{%- endfor -%}\nend",
    "{% for i in nums %}  {{ i }}  {% endfor %}",
    "{% macro m() %}\n  body\n{% endmacro %}\n[{{ m() }}]",
    "{% set x %}\n  y\n{% endset %}\n[{{ x }}]",
    "a\n\n\n{%- if yes %}b{% endif %}",
    "{{ 'a\r\nb\rc' | tojson }}",
    "{{'a'}}{{-'b'}}{{'c'-}} d",
    "{{ 1 -}}\n\n{{ 2 }}",
    "{{ 1 - }}",
    "{{ [1,2][-1] }}{{ 3 -1 }}{{ 3-1 }}",
    "{{ {'a':{'b':1}} }}{{ {'a':{'b':{}}}}}",
    "{%if yes%}a{%else%}b{%endif%}",
    "{% if yes: %}a{% endif %}",
    "{%\n  if\n  yes\n%}a{%\nendif\n%}",
    "{{\n  n\n  +\n  1\n}}",
    "{",
    "}}",
    "%}",
    "#}",
    "{ {x} }",
    "{{{'a':1}['a']}}",
    "a{##}b{#-#}c{#--#}d",
    "\n{% if yes %}x{% endif %}\n",
    "\n\n{{ n }}",
    "{{ n }}\n",
    "{{ n }}\r\n",
    "",
    "\n",
    "\n\n",
    "plain text only",
    "  {% if yes %}  {% endif %}  \n  {{ n }}",
    "{% if yes %}  \n  x{% endif %}",
    "{#\n multi\n line #}\nx{# a #}\n{# b #}\ny",
    "x\n    {%- set a = 1 %}\n    {%- set b = 2 %}\ny",
    "{{ '  x' }}\n  {%- if yes %}\n    y\n  {%- endif %}",
    "{{ 'a' }}  {#+ x #}\n b",
    "  \n  {% if yes %}a{% endif %}",
    "a {% if yes %} b {% endif %} c",
    "{% if yes %}{# c #}\n{% endif %}x",
]

ERRORS = r"""
{{ }}
{{ 1 + }}
{{ a b }}
{{ (1 }}
{{ [1 }}
{{ {1: } }}
{{ {1} }}
{{ 'abc }}
{{ "abc }}
{{ 'a\xZZ' }}
{{ 'a\u12' }}
{{ 'a\N{NOPE}' }}
{{ 'a\UFFFFFFFF' }}
{{ ) }}
{{ [) }}
{{ 1.e5 }}
{{ ? }}
{{ $x }}
{{ a! }}
{{ x. }}
{{ x.'a' }}
{{ x[ }}
{{ x[] }}
{{ f(,) }}
{{ f(a=1, 2) }}
{{ f(*a, 1) }}
{{ f(**a, *b) }}
{{ f(a=1, a=2) }}
{{ a | }}
{{ a | 5 }}
{{ a is }}
{{ a is 5 }}
{{ a if }}
{{ a if b else }}
{{ not }}
{{ a not b }}
{{ a in }}
{{ a == }}
{{ a and }}
{{ a ~ }}
{{ .5 }}
{{ 1__0 }}
{{ 012 }}
{{ 0x }}
{{ a := 1 }}
{{ lambda: 1 }}
{{ [x for x in y] }}
{{ a, }}
{{ *a }}
{% %}
{% 5 %}
{% if %}x{% endif %}
{% if a %}x
{% if a %}x{% endfor %}
{% endif %}
{% else %}
{% for %}{% endfor %}
{% for x %}{% endfor %}
{% for x in %}{% endfor %}
{% for 5 in x %}{% endfor %}
{% for x.y in z %}{% endfor %}
{% for true in z %}{% endfor %}
{% for x in y %}
{% for x in y %}{% else %}{% else %}{% endfor %}
{% set %}
{% set x %}
{% set x = %}
{% set 5 = 1 %}
{% set x.y.z = 1 %}
{% set x[0] = 1 %}
{% set none = 1 %}
{% set 'a' = 1 %}
{% set [a, b] = x %}
{% set (a, 5) = x %}
{% macro %}{% endmacro %}
{% macro m %}{% endmacro %}
{% macro m( %}{% endmacro %}
{% macro m(a=1, b) %}{% endmacro %}
{% macro m(a, a) %}{% endmacro %}
{% macro m(5) %}{% endmacro %}
{% macro m(a.b) %}{% endmacro %}
{% call x %}{% endcall %}
{% call %}{% endcall %}
{% filter %}{% endfilter %}
{% filter 5 %}{% endfilter %}
{% filter nope %}{% endfilter %}
{% with a %}{% endwith %}
{% with a = %}{% endwith %}
{% raw %}x
{# x
{{ x
{% if
{% unknown %}
{% do x %}
{% break %}
{% continue %}
{% for x in y %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}
{% for x in y %}{% call m() %}{% continue %}{% endcall %}{% endfor %}
{% for x in y %}{% else %}{% break %}{% endfor %}
{% generation %}x
{% endgeneration %}
{{ x | nope }}
{{ x is nope }}
{{ x | upper | nope }}
{{ 'a' is nope.x }}
{{ x[1:2, 3] }}
{{ 1 is number is number }}
{% if a %}{% elif %}{% endif %}
{% set x = 1 2 %}
{{ 'a' 5 }}
{{ a.b.5.c. }}
{{ {'a': 1 'b': 2} }}
{{ [1 2] }}
{{ f(1 2) }}
{{ f(a=) }}
{{ a[1:2:3:4] }}
{% for a b in c %}{% endfor %}
{{ (a, }}
{% if a = 1 %}{% endif %}
{{ a ; b }}
{% endfor %}
"""


def split(text: str) -> list:
    """One case a line."""
    return text.strip("\n").split("\n")


CASES = {
    "literals": split(LITERALS),
    "arithmetic": split(ARITHMETIC),
    "slices": split(SLICES),
    "strings": split(STRINGS),
    "filters": split(FILTERS),
    "tests": split(TESTS),
    "statements": split(STATEMENTS),
    "whitespace": WHITESPACE,
    "errors": split(ERRORS),
}
