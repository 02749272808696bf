"""Places and JSONPath: what they read as, and what is said of the ones that are wrong."""

from typing import Any

import pytest

from ferrule.words import (
    parse_answer_place,
    parse_body_path,
    parse_matched_place,
    parse_read_place,
    parse_request_place,
)
from ferrule.words.ast import (
    AnswerPlace,
    BodyPath,
    ListType,
    MatchedPlace,
    ModelType,
    PathStep,
    ReadPlace,
    RequestPlace,
    TypeExpr,
    UnionType,
    WordType,
)
from tests.compiler.words import bare, expect_fault, fault

NOWHERE: dict[str, Any] = {"start": 0, "end": 0}


def request(where: Any, name: str = "", keys: tuple[str, ...] = ()) -> RequestPlace:
    return RequestPlace(where=where, name=name, keys=keys, **NOWHERE)


def answer(root: Any, name: str = "", keys: tuple[str, ...] = ()) -> AnswerPlace:
    return AnswerPlace(root=root, name=name, keys=keys, **NOWHERE)


def steps_of(text: str) -> list[str | int | None] | None:
    steps = parse_body_path(text).steps
    return None if steps is None else [step.key for step in steps]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("path.id", request("path", "id")),
        ("query.cursor", request("query", "cursor")),
        ("query.page[after]", request("query", "page[after]")),
        ("query.$filter", request("query", "$filter")),
        ("query.a.b", request("query", "a.b")),
        ('query["page size"]', request("query", "page size")),
        ("header.X-Api-Key", request("header", "X-Api-Key")),
        ("cookie.session", request("cookie", "session")),
        ("body", request("body")),
        ("body.a.b", request("body", keys=("a", "b"))),
        ("body.$top.@id.x-y", request("body", keys=("$top", "@id", "x-y"))),
        ("""body["odd.name"].a['b "c"']""", request("body", keys=("odd.name", "a", 'b "c"'))),
        (" query.a ", request("query", "a")),
    ],
)
def test_a_place_in_a_request_reads_as(text: str, expected: RequestPlace) -> None:
    assert bare(parse_request_place(text)) == expected


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("", "a place in the request is missing", ""),
        ("querry.x", "`querry` is not a place in the request", "querry"),
        ("$.a", "`$.a` is not a place in the request", "$.a"),
        ("last.id", "`last` is not a place in the request", "last"),
        ("query", "`query` needs a name", "query"),
        ("query.", "a name behind `query.` is missing", ""),
        ("query.page size", "`size` cannot stand after a place in the request", "size"),
        ("query:x", "`.` and a name behind `query` is expected", ":x"),
        ('header["X Y"]', "`X Y` cannot be the name of a header", 'header["X Y"]'),
        ("body.a[0]", "brackets hold one name in quotes here", "[0]"),
        ("body.a.", "a name behind the dot is missing", ""),
        ('body[""]', "the name is empty", '[""]'),
    ],
)
def test_a_wrong_place_in_a_request_is_told(text: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_request_place, text, message, pointed_at)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("header.X-Request-Id", answer("header", "X-Request-Id")),
        ("header.a.b_c", answer("header", "a.b_c")),
        ('header["odd:name"]', answer("header", "odd:name")),
        ("cookie.session", answer("cookie", "session")),
        ("link.next", answer("link", "next")),
        ("redirect.realmId", answer("redirect", "realmId")),
        ("jwt.exp", answer("jwt", "exp")),
        ("last", answer("last")),
        ("last.id", answer("last", keys=("id",))),
        ('last.a-b["c d"]', answer("last", keys=("a-b", "c d"))),
        ("status", answer("status")),
        ("text", answer("text")),
    ],
)
def test_a_place_in_an_answer_reads_as(text: str, expected: AnswerPlace) -> None:
    assert bare(parse_answer_place(text)) == expected


def test_the_body_of_an_answer_is_a_path() -> None:
    found = parse_answer_place(" $.a[0] ")
    path = BodyPath(
        text="$.a[0]",
        steps=(PathStep(key="a", start=2, end=4), PathStep(key=0, start=4, end=7)),
        start=1,
        end=7,
    )
    assert found == AnswerPlace(root="body", path=path, start=1, end=7)


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("", "a place in the answer is missing", ""),
        ("foo", "`foo` is not a place in the answer", "foo"),
        ("body.a", "`body` is not a place in the answer", "body"),
        ("query.a", "`query` is not a place in the answer", "query"),
        ("header", "`header` needs a name", "header"),
        ("header.", "a name behind `header.` is missing", ""),
        ("header.X:Y", "`:` cannot stand in this name", ":"),
        ("status.code", "`status` has no parts", "."),
        ("last[0]", "brackets hold one name in quotes here", "[0]"),
        ('$.a ~ "x"', "a part of the text cannot be taken here", "~"),
        ("$.a $.b", "`$.b` cannot stand after a place in the answer", "$.b"),
    ],
)
def test_a_wrong_place_in_an_answer_is_told(text: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_answer_place, text, message, pointed_at)


def test_the_roots_are_the_candidates() -> None:
    assert "query" in fault(parse_request_place, "querry.x").candidates
    assert "header" in fault(parse_answer_place, "heder.x").candidates


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("$", []),
        ("$.a.b_c.d1", ["a", "b_c", "d1"]),
        ("$.größe.名", ["größe", "名"]),
        ("$[0].a[-1]", [0, "a", -1]),
        ("$.*[*].a", [None, None, "a"]),
        ("""$['a b']["c"][ 'd' ]""", ["a b", "c", "d"]),
        (r"""$['it\'s']["say \"hi\""]""", ["it's", 'say "hi"']),
        (r"$['\n\t\/\\\u00e9\ud83d\ude00']", ["\n\t/\\é😀"]),
        ("$['@id']['#text']", ["@id", "#text"]),
        ("$['']", [""]),
        ("$[9007199254740991]", [9007199254740991]),
    ],
)
def test_a_plain_path_is_a_row_of_steps(text: str, keys: list[str | int | None]) -> None:
    assert steps_of(text) == keys


@pytest.mark.parametrize(
    "text",
    [
        "$..a",
        "$..*",
        "$..[0]",
        "$[1:2]",
        "$['a','b']",
        "$.a[?@.b == 'x']",
        "$.a[?(@.b > 1 && !@.c)].d",
        "$.a[?search(@.b, '^[a-z]+$')]",
        "$[?@.a[?@.b]]",
        "$.a['b', ']']",
    ],
)
def test_other_paths_are_left_to_the_engine(text: str) -> None:
    found = parse_body_path(text)
    assert (found.text, found.steps, found.is_collecting) == (text, None, True)


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("", "is missing", ""),
        ("a.b", "a path that starts with `$` is expected", "a.b"),
        ("$name", "after `$` comes `.name` or `[…]`", "n"),
        ("${name}", "after `$` comes `.name` or `[…]`", "{"),
        ("$.", "a name is missing after the dot", ""),
        ("$.a..", "a name is missing after the dot", ""),
        ("$.0a", "`0a` needs brackets and quotes", "0a"),
        ("$.@id", "`@id` needs brackets and quotes", "@id"),
        ("$.foo-bar", "`-` cannot stand in a name after a dot", "-"),
        ("$.a\N{NO-BREAK SPACE}", "an invisible character", "\N{NO-BREAK SPACE}"),
        ("$.a]", "this `]` closes nothing", "]"),
        ("$.a[", "this `[` is not closed", "["),
        ("$.a['b", "a quote is not closed", "'"),
        ("$.a[?(@.b]", "`]` does not close `(`", "]"),
        ("$[abc]", "a name in brackets stands in quotes", "abc"),
        ("$[01]", "an index does not start with 0", "01"),
        ("$[-0]", "an index does not start with 0", "-0"),
        ("$[9007199254740992]", "the index is too large", "9007199254740992"),
        (r"$['\x']", r"`\x` is no escape of JSONPath", r"\x"),
        (r"$['a\'", "a quote is not closed", "'"),
        (r"$['\ud83d']", "half a surrogate pair", r"'\ud83d'"),
        ("$['\n']", "U+000A cannot stand in a name", "\n"),
        ("$.a[?@.b ==]", "not a JSONPath", "]"),
        ("$[?@.a == 1e400]", "a number in it is too large", "$[?@.a == 1e400]"),
        ("$.a[?nope(@.b)]", "there is no function `nope`", "nope"),
        ("$.a[?Search(@.b, 'x')]", "there is no function `Search`", "Search"),
        ("$.a[?search(@.b, '(a+)+')]", "in several ways", "(a+)+"),
        (r"$.a[?search(@.b, '(a+)+\\.')]", "in several ways", r"(a+)+\\."),
        ("$.a[?match(@.b, @.c)]", "`match` takes a regular expression in quotes", "@"),
        ("$.a[?match(@['x,(\\''], value(@.c))]", "a regular expression in quotes", "v"),
        ("$.a[?@.b == 'search(' && !search(@.c[0] , \"(a+)+\" )]", "in several ways", "(a+)+"),
        ("$.a[?search(@.b)]", "not a JSONPath", "search"),
        ("$.a .b", "`.b` cannot stand after the path", ".b"),
    ],
)
def test_a_wrong_path_is_told(text: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_body_path, text, message, pointed_at)


def test_a_name_with_a_dash_is_answered_with_brackets() -> None:
    assert fault(parse_body_path, "$.foo-bar").help == 'write ["foo-bar"] without the dot'


def test_brackets_nest_only_so_deep() -> None:
    expect_fault(parse_body_path, "$[?" + "(" * 64 + "@.a", "deeper than 64 levels", "(")


def test_a_filter_never_exhausts_the_stack() -> None:
    deep = "$[?" + "!" * 900 + "@.a]"
    expect_fault(parse_body_path, deep, "the filter is nested too deeply", deep)
    long = "$[?" + "@.a||" * 300 + "@.b]"
    expect_fault(parse_body_path, long, "at most 1000 characters", long[1000:])


def matched(place: AnswerPlace, pattern: str | None = None) -> MatchedPlace:
    return MatchedPlace(place=place, pattern=pattern, **NOWHERE)


HEADER = answer("header", "X")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("header.X", matched(HEADER)),
        ('header.X ~ "#(.+)$"', matched(HEADER, "#(.+)$")),
        ("header.X~'a''b'", matched(HEADER, "a'b")),
    ],
)
def test_a_part_of_a_text_is_told_by_a_pattern(text: str, expected: MatchedPlace) -> None:
    assert bare(parse_matched_place(text)) == expected


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("$.a ~", "a regular expression in quotes is missing", ""),
        ("$.a ~ x", "a regular expression in quotes is expected", "x"),
        ('$.a ~ "ab(c"', "this `(` is not closed", "("),
        ('$.a ~ "x" y', "`y` cannot stand after a place in the answer", "y"),
    ],
)
def test_a_wrong_pattern_is_told_where_it_stands(text: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_matched_place, text, message, pointed_at)


def test_a_quote_written_twice_counts_twice() -> None:
    found = fault(parse_matched_place, '$.a ~ """""(c"')
    assert (found.start, found.end) == (11, 12)


def word(name: str) -> WordType:
    return WordType(word=name, **NOWHERE)


@pytest.mark.parametrize(
    ("text", "as_word", "as_type"),
    [
        ("header.X", None, None),
        ("header.X as milliseconds", "milliseconds", None),
        ("header.X as epoch", "epoch", None),
        ("header.X as date", "date", None),
        ("header.X as integer", "integer", None),
        ("header.X as string", None, word("string")),
        (
            "header.X as list(FieldError)",
            None,
            ListType(item=ModelType(name="FieldError", **NOWHERE), **NOWHERE),
        ),
        (
            "header.X as date | null",
            None,
            UnionType(members=(word("date"), word("null")), **NOWHERE),
        ),
    ],
)
def test_a_reading_is_a_word_or_a_type(
    text: str, as_word: str | None, as_type: TypeExpr | None
) -> None:
    expected = ReadPlace(place=matched(HEADER), as_word=as_word, as_type=as_type, **NOWHERE)
    assert bare(parse_read_place(text)) == expected


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("$.x as", "a reading or a type is missing", ""),
        ("$.x as milisecs", "`milisecs` is not a type", "milisecs"),
        ("$.x is epoch", "`is` cannot stand after a place", "is"),
    ],
)
def test_a_wrong_reading_is_told(text: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_read_place, text, message, pointed_at)


def test_the_readings_are_among_the_candidates() -> None:
    assert "milliseconds" in fault(parse_read_place, "$.x as milisecs").candidates
