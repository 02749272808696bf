"""Every way in which a text is not a spec in YAML: the rule, the exact place, and the fix."""

import pytest

from ferrule.diagnostics import RULES
from ferrule.diagnostics.rules import PARSE_RULES
from tests.compiler.parsing import data_of, findings_of, fixed, marked, parsed

# The rule, the text with the place marked, a part of what is said, and the text after the fix.
FIXABLE = [
    ("colon-in-value", "a: b‹:› c\n", 'quote the value: `"b: c"`', 'a: "b: c"\n'),
    (
        "colon-in-value",
        "a: 1\nb:\n  - c: d‹:› e # why\n",
        "`: ` ends",
        'a: 1\nb:\n  - c: "d: e" # why\n',
    ),
    ("colon-in-value", "a: 'x'‹:› y\n", "`: ` ends", "a: \"'x': y\"\n"),
    ("colon-in-value", 'a: "x"‹:› y\n', "`: ` ends", "a: '\"x\": y'\n"),
    ("colon-in-value", "{a: b‹:› c}\n", "`: ` ends", '{a: "b: c"}\n'),
    ("colon-in-value", "a: [b, c]‹:› d\n", "`: ` ends", 'a: "[b, c]: d"\n'),
    ("torn-value", "{a: $‹{›x}}\n", "`{` and `[` end a plain value", '{a: "${x}"}\n'),
    ("torn-value", "a: [x, $‹{›y}, z]\n", 'quote the value: `"${y}"`', 'a: [x, "${y}", z]\n'),
    ("torn-value", "a: {path: /x/‹{›id}}\n", '`"/x/{id}"`', 'a: {path: "/x/{id}"}\n'),
    (
        "torn-value",
        "{in: query.page‹[›size], max: 100}\n",
        "`{` and",
        '{in: "query.page[size]", max: 100}\n',
    ),
    (
        "torn-value",
        "{backoff: ‹enum(a, b)›}\n",
        "a comma separates entries",
        '{backoff: "enum(a, b)"}\n',
    ),
    ("torn-value", "a: [‹enum(a, b)›, c]\n", "a comma separates entries", 'a: ["enum(a, b)", c]\n'),
    ("torn-value", "{a: ‹f(x, g(y, z))›, b: 1}\n", "tore", '{a: "f(x, g(y, z))", b: 1}\n'),
    ("torn-value", '{a: ‹$.x == "p, q"›}\n', "tore", "{a: '$.x == \"p, q\"'}\n"),
    ("torn-value", "{a: ‹$.x == 'p, q'›}\n", "tore", "{a: \"$.x == 'p, q'\"}\n"),
    (
        "torn-value",
        "{f: ‹string = id,name,mime›, a: 1}\n",
        "tore",
        '{f: "string = id,name,mime", a: 1}\n',
    ),
    ("text-after-quote", 'a: "x" ‹|› "y z"\n', "write: `enum(x | y z)`", "a: enum(x | y z)\n"),
    ("torn-value", "{f: ‹= id, name›}\n", "tore", '{f: "= id, name"}\n'),
    ("torn-value", '{"a": 1 ‹"b"›: 2}\n', "a comma is missing", '{"a": 1 , "b": 2}\n'),
    ("cut-value", 'when: $.a == "x‹ #1"›\n', "cut the value at ` #`", "when: '$.a == \"x #1\"'\n"),
    ("cut-value", 'when: $.a == "x‹ #1"› # note\n', "cut", "when: '$.a == \"x #1\"' # note\n"),
    ("cut-value", "a:\n- b: $.a == 'x‹ #1'›\n", "cut", "a:\n- b: \"$.a == 'x #1'\"\n"),
    ("cut-value", '{when: $.a == "x‹ #1"›, b: 2}\n', "cut", "{when: '$.a == \"x #1\"', b: 2}\n"),
    ("yaml-syntax", "a: [T] ‹|› null\n", "write `list(T) | null`", "a: list(T) | null\n"),
    ("yaml-syntax", "a: {x: [T] ‹|› null, y: 1}\n", "list(T)", "a: {x: list(T) | null, y: 1}\n"),
    ("yaml-syntax", "a: ‹|› null\n", "begins a block of text", 'a: "| null"\n'),
    ("yaml-syntax", "{a: ‹>› 3}\n", "begins a block of text", '{a: "> 3"}\n'),
    ("yaml-syntax", "a: ‹@›home\n", "cannot begin with `@`", 'a: "@home"\n'),
    ("yaml-syntax", "a: ‹`›x`\n", "cannot begin with", 'a: "`x`"\n'),
    ("yaml-syntax", "a: ‹%›d\n", "cannot begin with `%`", 'a: "%d"\n'),
    ("yaml-syntax", "a: ‹}›\n", "cannot begin with `}`", 'a: "}"\n'),
    ("yaml-syntax", "‹a:b›\nc: d\n", "a blank belongs after the colon: `a: b`", "a: b\nc: d\n"),
    ("yaml-syntax", "‹a = b›\nc: d\n", "a colon stands between key and value", "a: b\nc: d\n"),
    ("yaml-syntax", "c: d\n‹a:b›\n", "`a:b` is not a key with a value", "c: d\na: b\n"),
    (
        "yaml-syntax",
        "a: {\n  b: ‹c›\n  d: e\n}\n",
        "a comma is missing",
        "a: {\n  b: c,\n  d: e\n}\n",
    ),
    ("yaml-syntax", "a: {b: c}‹}›\n", "one `}` too many", "a: {b: c}\n"),
    ("yaml-syntax", "a: [b]‹]›\n", "one `]` too many", "a: [b]\n"),
    ("yaml-syntax", "a: [b] ‹c d›\n", "`]` ends the value, and `c d` follows", 'a: "[b] c d"\n'),
    ("yaml-syntax", "a: ‹|0›\n x\n", "1 to 9 blanks", "a: |\n x\n"),
    ("text-after-quote", 'a: "x" ‹y›\n', "the quote before this closes", "a: '\"x\" y'\n"),
    ("text-after-quote", "a: 'it'‹s›'\n", "the quote before this closes", 'a: "it\'s"\n'),
    ("text-after-quote", "a: {b: 'x' ‹y›, c: d}\n", "more follows", "a: {b: \"'x' y\", c: d}\n"),
    ("bad-escape", 'a: "‹\\d›+"\n', "`\\d` is not an escape", 'a: "\\\\d+"\n'),
    ("bad-escape", 'a: "x‹\\ud83d\\ude00›"\n', "how JSON spells", 'a: "x\U0001f600"\n'),
    ("complex-key", "a: ‹?› b\n", "`? ` begins a complex key", 'a: "? b"\n'),
    ("alias", "a: ‹*›.example.com\n", "`*` begins an alias", 'a: "*.example.com"\n'),
    ("anchor", "a: ‹&›\n", "`&` begins an anchor", 'a: "&"\n'),
    ("tag", "a: ‹!›{x}\n", "`!` begins a tag", 'a: "!{x}"\n'),
    ("empty-value", "a: [b, ‹,› c]\n", "an entry is missing before this comma", "a: [b,  c]\n"),
    ("bidi-control", "a: x‹\u202e›y\n", "U+202E (right-to-left override)", "a: xy\n"),
    ("bidi-control", "a: b # ‹\u2066›\n", "U+2066", "a: b # \n"),
    ("zero-width-character", "a: x‹\u200b›y\n", "U+200B (zero width space)", "a: xy\n"),
    ("zero-width-character", "a: x‹\u200d›y\n", "U+200D", "a: xy\n"),
    ("zero-width-character", "‹\ufeff›a: b\n", "U+FEFF", "a: b\n"),
    ("zero-width-character", "é‹\u200c›é: b\n", "in a key", "éé: b\n"),
    ("non-breaking-space", "a‹\xa0›: b\n", "U+00A0 (no-break space)", "a : b\n"),
    ("non-breaking-space", "x: 1\na:‹\xa0›b\n", "after the colon", "x: 1\na: b\n"),
    ("non-breaking-space", "a:‹\xa0›b\nx: 1\n", "after the colon", "a: b\nx: 1\n"),
    ("non-breaking-space", "x:\n  a:‹\u3000›b\n", "U+3000", "x:\n  a: b\n"),
    ("non-breaking-space", "a: ‹\xa0›b\n", "U+00A0", "a:  b\n"),
    ("non-breaking-space", "‹\xa0\xa0›a: b\n", "U+00A0", "  a: b\n"),
    ("full-width-character", "name‹？›: string\n", "write `?`", "name?: string\n"),
    ("full-width-character", "a‹：›b\nc: d\n", "is not the colon", "a: b\nc: d\n"),
    ("full-width-character", "a: ‹１２›\n", "is not read as number", "a: 12\n"),
    ("full-width-character", "a: 400‹／›minute\n", "write `/`", "a: 400/minute\n"),
    ("look-alike-character", "‹а›uth: none\n", "write `auth`", "auth: none\n"),
    ("look-alike-character", "tοken: x\n".replace("ο", "‹ο›"), "write `token`", "token: x\n"),
    ("key-not-nfc", "‹e\u0301›: 1\n", "normal form C", "\xe9: 1\n"),
]

PLAIN = [
    ("yaml-syntax", "a: 1\n‹what is this›\n", "is not a key with a value"),
    ("yaml-syntax", "a: ‹-› b\n", "cannot begin in the line of its key"),
    ("yaml-syntax", "a: [‹-› b]\n", "cannot stand inside { } or [ ]"),
    ("yaml-syntax", '{"a": 1,\n"b" ‹2›}\n', "a comma or `}` is expected here"),
    ("yaml-syntax", "{a: b}\n‹c: d›\n", "the document ended with `}` in the line above"),
    ("yaml-syntax", "{a: b} ‹c›\n", "`}` ends the value, and `c` follows"),
    ("tab-indentation", "a:\n‹\t›b: c\n", "indent with spaces"),
    ("tab-indentation", "a:\n  b: 1\n‹\t\t›c: 2\n", "a tab stands where YAML needs spaces"),
    ("tab-indentation", "a: |\n‹\t›x\n", "a tab stands"),
    ("tab-indentation", "-‹\t›a: b\n", "a tab stands"),
    ("unclosed-quote", "a: ‹'›b\n", "is not closed"),
    ("unclosed-quote", 'a: ‹"›b\nc: d\n', "is not closed"),
    ("unclosed-quote", "a: ‹'›b\nc: 'd'\n", "is not closed"),
    ("unclosed-quote", "a: {b: ‹'›x}\n", "write `''`"),
    ("unclosed-quote", "a: [b, ‹'›c]\nd: 'e'\n", "is not closed"),
    ("unclosed-bracket", "a: ‹{›b: c\nd: e\n", "close it with `}`"),
    ("unclosed-bracket", "a:\n  b: ‹[›c, d\n", "close it with `]`"),
    ("unclosed-bracket", "x: 1\na: ‹[›b\nc: d\n", "the `[` that opens here"),
    ("bad-escape", 'a: "‹\\x›4"\n', "needs 2 hexadecimal digits"),
    ("bad-escape", 'a: "‹\\ud800›"\n', "stands for no character"),
    ("bad-escape", 'a: "‹\\UFFFFFFFF›"\n', "stands for no character"),
    ("indentation", "a: b\n ‹c›: d\n", "under a key that already has a value"),
    (
        "indentation",
        "a:\n  b: 1\n ‹c: 2›\n",
        "in column 2; the lines around it begin in column 1 or 3",
    ),
    ("indentation", "a: b\n‹- c›\n", "where a key of the map is expected"),
    ("indentation", "a:\n  - b\n  ‹c: d›\n", "where an entry of a list is expected"),
    ("not-a-mapping", "‹- a›\n- b\n", "this is a list"),
    ("not-a-mapping", "‹hello›\n", "this is a text"),
    ("not-a-mapping", "‹a:b›\n", "a blank belongs after the colon: `a: b`"),
    ("second-document", "a: 1\n‹---›\nb: 2\n", "a second document begins here"),
    ("second-document", "a: 1\n...\n‹b: 2›\n", "a second document begins here"),
    ("yaml-directive", "‹%YAML 1.2›\n---\na: 1\n", "delete the line"),
    ("yaml-directive", "‹%YAML 9.1›\n---\na: 1\n", "delete the line"),
    ("yaml-directive", "‹%FOO bar›\n---\na: 1\n", "delete the line"),
    ("yaml-directive", "‹%TAG ! tag:x,2000:›\n---\na: 1\n", "delete the line"),
    ("anchor", "a: ‹&x› 1\n", "`&x` is a YAML anchor"),
    ("anchor", "a: ‹&x›\n  b: 1\n", "`&x` is a YAML anchor"),
    ("alias", "a: 1\nb: ‹*a›\n", "`*a` is a YAML alias"),
    ("merge-key", "a:\n  ‹<<›: {b: 1}\n", "`<<` merges another map in"),
    ("tag", "a: ‹!!python/name:os.system› x\n", "is a YAML tag"),
    ("tag", "a: ‹!x› [1]\n", "`!x` is a YAML tag"),
    ("tag", "a: ‹!›e!x b\n", "a tag"),
    ("complex-key", "‹[a, b]›: c\n", "a map or a list stands where a key"),
    ("complex-key", "‹?› a\n: b\n", "`? ` begins a complex key"),
    ("complex-key", "a: {‹?› b : c}\n", "`? ` begins a complex key"),
    ("complex-key", "a: {‹{x}›}\n", "write `${name}`"),
    ("empty-key", "‹:› b\n", "a key is missing"),
    ("empty-key", "{‹:› b}\n", "a key is missing"),
    (
        "duplicate-key",
        "a: 1\nb: 2\n‹a›: 3\n",
        "the key `a` stands twice in this map, first in line 1",
    ),
    ("duplicate-key", "a: 1\n‹a?›: 2\n", "`a?` is the same key as `a` in line 1"),
    ("duplicate-key", "a?: 1\n‹a›: 2\n", "write `a` if it has to be given, `a?` if it may"),
    ("duplicate-key", '404: x\n‹"404"›: y\n', '`"404"` is the same key as `404`'),
    ("empty-value", "‹a›:\nb: 1\n", "`a` has no value"),
    ("empty-value", "a: {‹b›: , c: d}\n", "`b` has no value"),
    ("empty-value", "a: {‹b:c›, d: e}\n", "a blank belongs after the colon: `b: c`"),
    ("empty-value", "a: {‹b›:}\n", "`b` has no value"),
    ("empty-value", "a:\n  - b\n  ‹-›\n", "this entry has no value"),
    ("empty-value", "‹a›: #fff\n", 'if it is meant as text, quote it: `"#fff"`'),
    ("empty-value", "a:\n  ‹-› #fff\n", 'quote it: `"#fff"`'),
    ("number-out-of-range", "a: ‹.inf›\n", "is not a finite number"),
    ("number-out-of-range", "a: ‹-.INF›\n", "is not a finite number"),
    ("number-out-of-range", "a: ‹.nan›\n", "is not a finite number"),
    ("number-out-of-range", "a: ‹1e999›\n", "is not a finite number"),
    ("number-out-of-range", f"a: ‹{'9' * 301}›\n", "more than 300 characters"),
    ("number-out-of-range", f"a: ‹0x{'f' * 301}›\n", "more than 300 characters"),
    ("control-character", "a: x‹\x1b›[31m\n", "write `\\x1b` inside"),
    ("control-character", "a: ‹\0›\n", "U+0000"),
    ("control-character", "a: ‹\x7f›\n", "U+007F"),
    ("control-character", "a: ‹\x9b›\n", "U+009B"),
    ("control-character", "a: ‹\ud800›\n", "write `\\ud800` inside"),
    ("line-separator", "a: x‹\x85›b: y\n", "U+0085"),
    ("line-separator", "a: x‹\u2028›b: y\n", "U+2028 (line separator)"),
    ("line-separator", "a: 'x‹\u2029›'\n", "U+2029"),
    ("smart-quote", "a: ‹“›b”\n", 'write "'),
    ("smart-quote", "‹‘›a’: b\n", "write '"),
]


@pytest.mark.parametrize(("rule", "text", "said", "after"), FIXABLE)
def test_finding_has_its_place_and_a_fix(rule: str, text: str, said: str, after: str) -> None:
    text, span = marked(text)
    found = findings_of(text)[0]
    assert (found.rule, found.span) == (rule, span)
    assert said in f"{found.message} {found.help}"
    assert fixed(text, found) == after
    assert data_of(after)


@pytest.mark.parametrize(("rule", "text", "said"), PLAIN)
def test_finding_has_its_place(rule: str, text: str, said: str) -> None:
    text, span = marked(text)
    found = findings_of(text)[0]
    assert (found.rule, found.span) == (rule, span)
    assert said in f"{found.message} {found.help}"


@pytest.mark.parametrize("text", [row[1] for row in [*FIXABLE, *PLAIN]])
def test_one_mistake_is_one_finding(text: str) -> None:
    text, _ = marked(text)
    # Two quotes are two findings; each has its own fix.
    expected = 2 if "“" in text or "‘" in text else 1
    assert len(findings_of(text)) == expected


def test_every_rule_of_the_pass_is_shown_here() -> None:
    shown = {row[0] for row in [*FIXABLE, *PLAIN]} | {"too-deep"}
    assert shown == {name for name, _, _ in PARSE_RULES}
    assert shown <= RULES.keys()


@pytest.mark.parametrize("text", [row[1] for row in [*FIXABLE, *PLAIN]])
def test_words_of_the_yaml_reader_are_not_passed_on(text: str) -> None:
    text, _ = marked(text)
    for found in findings_of(text):
        told = f"{found.message} {found.help}"
        assert "while scanning" not in told
        assert "did not find expected" not in told
        assert "not allowed in this context" not in told


def test_all_faults_are_told_at_once() -> None:
    text = 'a: b: c\nd: {e: ${f}}\ng: [h\ni: \'j\nk: "\\q"\nl: 1\nl: 2\nm: &n 3\n'
    assert [(found.rule, found.position) for found in findings_of(text)] == [
        ("colon-in-value", (1, 5)),
        ("torn-value", (2, 9)),
        ("unclosed-bracket", (3, 4)),
        ("unclosed-quote", (4, 4)),
        ("bad-escape", (5, 5)),
        ("duplicate-key", (7, 1)),
        ("anchor", (8, 4)),
    ]


def test_faults_of_syntax_do_not_hide_what_is_before_and_behind() -> None:
    found = findings_of("a: 1\na: 2\nb: c: d\ne: *f\n")
    assert [finding.rule for finding in found] == ["duplicate-key", "colon-in-value", "alias"]


def test_a_duplicate_names_both_places() -> None:
    found = findings_of("a:\n  b: 1\n  c: 2\n  b: 3\n")[0]
    ((source, span, message),) = found.notes
    assert source is not None
    assert span is not None
    assert source.position(span.start) == (2, 3)
    assert message == "it stands here first"


def test_every_copy_of_a_key_is_told() -> None:
    found = findings_of("a: 1\na: 2\na: 3\n")
    assert [finding.position for finding in found] == [(2, 1), (3, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "a: it's # a comment\n",
        "a: don't # we say 'no'\n",
        'a: "x # y"\n',
        "a: [don't, it's]\n",
        "title: why? because\n",
        "title: what ?\nnext: 1\n",
        "a: 5' # feet\n",
        "a: | # a comment\n  x\n",
        "a: [f(x), g(y)]\n",
        "a: {b: f(x), c: g(y)}\n",
        "doc: il dit :\xa0« non »\n",
        "doc: “Hello” is what it says\n",
        "title: カタカナ（株）\n",
        "doc: 👩‍🚀 and ❤️ and 🏴󠁧󠁢󠁥󠁮󠁧󠁿\n",
        "doc: می‌خواهم\n",
        "имя: x\n",
        "a: b&c, d*e, f!g\n",
        'a: "\\u200b\\u202e\\0"\n',
        '"\\u200b": escapes are seen\n',
        '"“x”": quoted on purpose\n',
        '"а1b": quoted on purpose\n',
        '"<<": x\n',
        '"": x\n',
        "---\na: 1\n",
        "---\na: 1\n...\n",
        "a: 1\n# the end",
        "a: x y\r\nb: z\r\n",
        "a: null\nb: ~\n",
        "a: ''\n",
        "a: {}\nb: []\n",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert data_of(text)


def test_a_hostile_file_does_not_bring_a_flood() -> None:
    assert len(findings_of("a: 1\n" * 100_000)) <= 500
    assert len(findings_of("a: " + "\x01" * 100_000)) <= 500
    assert len(findings_of("a: [" + "*x, " * 100_000 + "b]")) <= 500


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: [[[[1]]]]\n", (1, 7)),
        ("a: {b: {c: {d: {e: 1}}}}\n", (1, 16)),
        ("a:\n - - - - 1\n", (2, 8)),
        ("a:\n b:\n  c:\n   d:\n    e: 1\n", (5, 5)),
    ],
)
def test_depth_is_limited(text: str, place: tuple[int, int]) -> None:
    tree, found = parsed(text, depth_limit=4)
    assert tree is None
    assert [(finding.rule, finding.position) for finding in found] == [("too-deep", place)]
    tree, found = parsed(text, depth_limit=5)
    assert tree is not None
    assert not found


def test_depth_far_beyond_the_limit_does_no_harm() -> None:
    for text in ("[" * 100_000, "a: " + "{a: " * 100_000, "- " * 100_000, "? " * 100_000):
        assert {found.rule for found in findings_of(text)} & {"too-deep", "complex-key"}
