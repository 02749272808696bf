"""Types, parameters and returns: what they read as, and what is said of the ones that are wrong."""

from typing import Any

import pytest

from ferrule.words import parse_param, parse_returns, parse_type
from ferrule.words.ast import (
    AnswerPlace,
    BodyPath,
    Constant,
    Default,
    EnumType,
    ListType,
    MapType,
    MatchedPlace,
    ModelType,
    Param,
    PathStep,
    PatternType,
    RangeType,
    Reference,
    Returns,
    StreamType,
    Template,
    TypeExpr,
    UnionType,
    WordType,
)
from ferrule.words.types import WORDS
from tests.compiler.words import bare, expect_fault, fault, nodes

NOWHERE: dict[str, Any] = {"start": 0, "end": 0}


def word(name: str, form: str | None = None) -> WordType:
    return WordType(word=name, format=form, **NOWHERE)


def values(*given: str | int, closed: bool = False) -> EnumType:
    return EnumType(values=given, is_closed=closed, **NOWHERE)


def between(name: Any, low: float | None, high: float | None) -> RangeType:
    return RangeType(word=name, low=low, high=high, **NOWHERE)


def either(*members: TypeExpr) -> UnionType:
    return UnionType(members=members, **NOWHERE)


def items(inner: TypeExpr) -> ListType:
    return ListType(item=inner, **NOWHERE)


MODEL = ModelType(name="Ticket", **NOWHERE)
STRING = word("string")
NULL = word("null")


@pytest.mark.parametrize("name", WORDS)
def test_a_built_in_word_is_itself(name: str) -> None:
    assert parse_type(name) == WordType(word=name, start=0, end=len(name))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ticket", MODEL),
        (" Ticket ", MODEL),
        ("string | null", either(STRING, NULL)),
        ("string|null", either(STRING, NULL)),
        ("Ticket | string | null", either(MODEL, STRING, NULL)),
        ("list(Ticket)", items(MODEL)),
        ("list( string | null ) | null", either(items(either(STRING, NULL)), NULL)),
        ("map(any)", MapType(value=word("any"), **NOWHERE)),
        ("pairs(string)", MapType(value=STRING, keeps_repeats=True, **NOWHERE)),
        ("lines(Ticket)", StreamType(kind="lines", item=MODEL, **NOWHERE)),
        ("events(Ticket)", StreamType(kind="events", item=MODEL, **NOWHERE)),
        (
            "csv(map(string))",
            StreamType(kind="csv", item=MapType(value=STRING, **NOWHERE), **NOWHERE),
        ),
        ("xml(Ticket)", StreamType(kind="xml", item=MODEL, **NOWHERE)),
        ("enum(a | b)", values("a", "b")),
        ("enum(a|b)", values("a", "b")),
        ("enum!(POST | PUT)", values("POST", "PUT", closed=True)),
        ("enum(id | -id | .a | /b | c:d)", values("id", "-id", ".a", "/b", "c:d")),
        ("enum(1 | 2.0 | true | null)", values("1", "2.0", "true", "null")),
        ('enum("in progress" | \'a, (b)\' | "")', values("in progress", "a, (b)", "")),
        ("""enum("say ""hi\"\"\" | 'it''s')""", values('say "hi"', "it's")),
        ("enum(it's)", values("it's")),
        ("integer(1 | 2 | -3)", values(1, 2, -3)),
        ("integer(1..25)", between("integer", 1, 25)),
        ("integer(-5 .. 5)", between("integer", -5, 5)),
        ("integer(1..)", between("integer", 1, None)),
        ("integer(..10)", between("integer", None, 10)),
        ("number(0..1)", between("number", 0, 1)),
        ("number(0.5..1.25)", between("number", 0.5, 1.25)),
        ("string(1..80)", between("string", 1, 80)),
        ('string(~"v[0-9]+\\.0")', PatternType(pattern="v[0-9]+\\.0", **NOWHERE)),
        ("string(~'\"[a-z]\"')", PatternType(pattern='"[a-z]"', **NOWHERE)),
        ("datetime(epoch)", word("datetime", "epoch")),
        ("datetime(epoch_ms)", word("datetime", "epoch_ms")),
        ("datetime(rfc2822)", word("datetime", "rfc2822")),
        ('datetime("%d/%m/%Y")', word("datetime", "%d/%m/%Y")),
        ("date('%d.%m.%Y')", word("date", "%d.%m.%Y")),
        ("integer(text)", word("integer", "text")),
        ("number(nan)", word("number", "nan")),
        ("bytes(hex)", word("bytes", "hex")),
        ("duration(iso8601)", word("duration", "iso8601")),
    ],
)
def test_a_type_reads_as(text: str, expected: TypeExpr) -> None:
    assert bare(parse_type(text)) == expected


def test_the_parts_of_a_type_know_their_places() -> None:
    found = parse_type("list(Ticket) | null")
    assert found == UnionType(
        members=(
            ListType(item=ModelType(name="Ticket", start=5, end=11), start=0, end=12),
            WordType(word="null", start=15, end=19),
        ),
        start=0,
        end=19,
    )


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("", "a type is missing", ""),
        ("  ", "a type is missing", ""),
        ("strng", "`strng` is not a type", "strng"),
        ("strng(1..2)", "`strng` is not a type", "strng"),
        ("x-y | null", "`x-y` is not a type", "x-y"),
        ("string |", "a type is missing", ""),
        ("string || null", "a type is expected", "|"),
        ("string, null", "cannot stand after a type", ","),
        ("string?", "a type has no `?`", "?"),
        ("string[]", "a list is not written with brackets", "[]"),
        ("string)", "this `)` closes nothing", ")"),
        ("string string", "`string` cannot stand after a type", "string"),
        ("string = 5", "a default cannot stand here", "= 5"),
        ("= 5", "a constant cannot stand here", "="),
        ("(A | B)", "types are not put in parentheses", "("),
        ("“a”", "a type is expected", "“"),
        ("string\N{NO-BREAK SPACE}| null", "cannot stand after a type", "\N{NO-BREAK SPACE}"),
        ("Foo.Bar", "`Foo.Bar` is not the name of a model", "Foo.Bar"),
        ("Größe", "`Größe` is not the name of a model", "Größe"),
        ("Foo(x)", "`Foo` takes nothing in parentheses", "("),
        ("uuid(x)", "`uuid` takes nothing in parentheses", "("),
        ("list", "`list` needs the type of its items", "list"),
        ("map", "`map` needs the type of its values", "map"),
        ("list()", "`list` needs a type", "()"),
        ("list(string", "this `(` is not closed", "("),
        ("list[string]", "stands in parentheses", "["),
        ("list<string>", "stands in parentheses", "<"),
        ("map(string, integer)", "`map` takes one type", ","),
        ("list(list(strng))", "`strng` is not a type", "strng"),
        ("slashes", "`slashes` is for a parameter in a path", "slashes"),
        ("enum", "`enum` needs its values", "enum"),
        ("enum()", "an enum needs at least one value", "()"),
        ("enum(a, b)", "values are separated by ` | `, not by a comma", ","),
        ("enum(a b)", "`b` cannot stand behind a value", "b"),
        ("enum(a | a)", "`a` stands twice", "a"),
        ("enum(a |)", "a value is expected", ")"),
        ("enum(a", "this `(` is not closed", "("),
        ('enum("a)', "a quote is not closed", '"a)'),
        ('enum("a\\"b")', "a backslash does not escape a quote", '\\"'),
        ("enum(“a”)", "a value is expected", "“"),
        ("string(5)", "`5` is not a form of string", "5"),
        ("string(..)", "a range has at least one bound", ".."),
        ("string(-1..2)", "a length is not negative", "-1"),
        ("string(1.5..2)", "the bound is a whole number", "1.5"),
        ("string(a | b)", "`a` is not a form of string", "a"),
        ('string("a")', "text in quotes is not a form of string", '"a"'),
        ("string(~[a-z]+)", "a regular expression in quotes is expected", "["),
        ('string(~"(a+)+")', "in several ways", "(a+)+"),
        ('string(~"a" | 1..2)', "only one thing stands in these parentheses", "|"),
        ("string()", "nothing stands in the parentheses", "()"),
        ("integer(2..1)", "the range goes backwards", "2..1"),
        ("integer(1 | 1)", "`1` stands twice", "1"),
        ("integer(1, 2)", "not by a comma", ","),
        ("integer(1 | a)", "a whole number is expected", "a"),
        ("integer(007)", "a number does not start with 0", "007"),
        ("integer(99999999999999999999)", "at most 19 digits", "99999999999999999999"),
        ('integer(~"a")', "only a string has a regular expression", "~"),
        ("number(1 | 2)", "`1` is not a form of number", "1"),
        ("datetime(epok)", "`epok` is not a form of datetime", "epok"),
        ('datetime("%d/%Q")', "`%Q` is not a part of a date", "%Q"),
        ('datetime("%d%")', "`%` is not a part of a date", "%"),
        ('datetime("epoch")', "the format holds no part of a date", '"epoch"'),
        ("datetime(1..2)", "`datetime` has no range", "1..2"),
    ],
)
def test_a_wrong_type_is_told(text: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_type, text, message, pointed_at)


@pytest.mark.parametrize(
    ("text", "candidate"),
    [("strng", "string"), ("Liste | lst(string)", "list"), ("datetime(epok)", "epoch")],
)
def test_a_near_name_is_among_the_candidates(text: str, candidate: str) -> None:
    assert candidate in fault(parse_type, text).candidates


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("int", "write integer"),
        ("bool", "write boolean"),
        ("txt", "write string"),
        ("array", "write list(T)"),
        ("string?", "`T | null` may be null"),
        ("map(string, integer)", "map(integer)"),
        ("list[string]", "list(T)"),
        ("number(1 | 2)", ".enum: [0.5, 1.5]"),
        ("enum(a", "put quotes around all of it"),
        ("list(string\N{ZERO WIDTH SPACE})", "U+200B"),
    ],
)
def test_a_common_mistake_is_answered(text: str, advice: str) -> None:
    assert advice in (fault(parse_type, text).help or "")


def test_nesting_has_a_limit() -> None:
    deepest = parse_type("list(" * 64 + "string" + ")" * 64)
    assert sum(isinstance(each, ListType) for each in nodes(deepest)) == 64
    expect_fault(parse_type, "list(" * 65 + "string" + ")" * 65, "deeper than 64 levels", "l")


# --- parameters


def declared(kind: TypeExpr, text: str, value: Any) -> Param:
    return Param(type=kind, default=Default(text=text, value=value, **NOWHERE), **NOWHERE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("integer", Param(type=word("integer"), **NOWHERE)),
        ("integer = 20", declared(word("integer"), "20", 20)),
        ("integer=20", declared(word("integer"), "20", 20)),
        ("integer = 0x1F", declared(word("integer"), "0x1F", 31)),
        ("number = 1.50", declared(word("number"), "1.50", 1.5)),
        ("boolean = true", declared(word("boolean"), "true", True)),
        ("string = true", declared(STRING, "true", "true")),
        ("string = 1.10", declared(STRING, "1.10", "1.10")),
        ("string = 2024-06-20", declared(STRING, "2024-06-20", "2024-06-20")),
        ("string = a = b  c ", declared(STRING, "a = b  c", "a = b  c")),
        ('string = ""', declared(STRING, '""', "")),
        ("string = 'it''s'", declared(STRING, "'it''s'", "it's")),
        ('string = "null"', declared(STRING, '"null"', "null")),
        ("decimal = 1.50", declared(word("decimal"), "1.50", "1.50")),
        ("duration = 30s", declared(word("duration"), "30s", "30s")),
        ("any = 1e3", declared(word("any"), "1e3", 1000.0)),
        ("any = ~", declared(word("any"), "~", None)),
        ("any = .nan", declared(word("any"), ".nan", ".nan")),
        ("Ticket = low", declared(MODEL, "low", "low")),
        ("string | null = null", declared(either(STRING, NULL), "null", None)),
        ("list(string) | null = null", declared(either(items(STRING), NULL), "null", None)),
        ("integer | string = 5", declared(either(word("integer"), STRING), "5", 5)),
        ("integer | string = x", declared(either(word("integer"), STRING), "x", "x")),
        ("enum(a | b) = a", declared(values("a", "b"), "a", "a")),
        ("enum(1 | 2) = 1", declared(values("1", "2"), "1", "1")),
        ("enum(null | x) = null", declared(values("null", "x"), "null", "null")),
        ("integer(1 | 2) = 2", declared(values(1, 2), "2", 2)),
        ("integer(1..25) = 25", declared(between("integer", 1, 25), "25", 25)),
    ],
)
def test_a_default_reads_as_its_type(text: str, expected: Param) -> None:
    assert bare(parse_param(text)) == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("=", ()),
        ("=  ", ()),
        ("= media", ("media",)),
        ("=media", ("media",)),
        ('= return="minimal", wait=5', ('return="minimal", wait=5',)),
        ("= $$5", ("$5",)),
        ("= v${a}", ("v", Reference(names=("a",), **NOWHERE))),
    ],
)
def test_a_constant_is_text_to_the_end(text: str, parts: tuple[Any, ...]) -> None:
    constant = Template(parts=parts, **NOWHERE)
    assert bare(parse_param(text)) == Param(type=None, constant=constant, **NOWHERE)


def test_offsets_in_a_constant_are_those_of_the_word() -> None:
    constant = parse_param("= v${a}").constant
    assert constant is not None
    assert [(each.start, each.end) for each in constant.references] == [(3, 7)]


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("integer = x", "the default `x` is not a whole number", "x"),
        ("integer = 1.5", "the default `1.5` is not a whole number", "1.5"),
        ('integer = "5"', "is not a whole number", '"5"'),
        ("integer = null", "is not a whole number", "null"),
        ("boolean = yes", "the default `yes` is not true or false", "yes"),
        ("string = null", "`null` is no value of this type", "null"),
        ("string =", "nothing stands behind the `=`", "="),
        ("string == x", "a default has one `=`", "=="),
        ('string = "a" b', "`b` cannot stand after a type", "b"),
        ('string = "a', "a quote is not closed", '"a'),
        ("enum(a | b) = c", "`c` is not one of the values", "c"),
        ("integer(1..25) = 30", "out of the range of its type", "30"),
        ("string(1..3) = abcd", "out of the range of its type", "abcd"),
        ("decimal = a", "is not a decimal number", "a"),
        ("duration = 30", "`30` has no unit", "30"),
        ("list(url) = []", "does not fit into one word", "[]"),
        ("object = a", "does not fit into one word", "a"),
        ("strng = a", "`strng` is not a type", "strng"),
        ("= ${a", "this `${` is not closed", "${a"),
    ],
)
def test_a_wrong_default_is_told(text: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_param, text, message, pointed_at)


def test_a_default_that_is_nearly_a_value_names_the_values() -> None:
    assert fault(parse_param, "enum(low | high) = hihg").candidates == ("low", "high")


# --- what an action returns


def at_tickets(pattern: str | None = None) -> MatchedPlace:
    step = PathStep(key="tickets", **NOWHERE)
    path = BodyPath(text="$.tickets", steps=(step,), **NOWHERE)
    place = AnswerPlace(root="body", path=path, **NOWHERE)
    return MatchedPlace(place=place, pattern=pattern, **NOWHERE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("none", Returns(type=word("none"), **NOWHERE)),
        ("redirect", Returns(type=word("redirect"), **NOWHERE)),
        ("list(Ticket)", Returns(type=items(MODEL), **NOWHERE)),
        ("list(Ticket) at $.tickets", Returns(type=items(MODEL), at=at_tickets(), **NOWHERE)),
        (
            "Ticket | null at $.tickets",
            Returns(type=either(MODEL, NULL), at=at_tickets(), **NOWHERE),
        ),
        (
            'string at $.tickets ~ "[0-9]+$"',
            Returns(type=STRING, at=at_tickets("[0-9]+$"), **NOWHERE),
        ),
        (
            "integer(text) = 0 at $.tickets",
            Returns(
                type=word("integer", "text"),
                default=Default(text="0", value=0, **NOWHERE),
                at=at_tickets(),
                **NOWHERE,
            ),
        ),
        ("= true", Returns(type=None, constant=Constant(value=True, **NOWHERE), **NOWHERE)),
        ('= "x y"', Returns(type=None, constant=Constant(value="x y", **NOWHERE), **NOWHERE)),
        ("= null", Returns(type=None, constant=Constant(value=None, **NOWHERE), **NOWHERE)),
        ("= -1.5", Returns(type=None, constant=Constant(value=-1.5, **NOWHERE), **NOWHERE)),
    ],
)
def test_returns_read_as(text: str, expected: Returns) -> None:
    assert bare(parse_returns(text)) == expected


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("", "a type is missing", ""),
        ("list(T) $.x", "`$.x` cannot stand here", "$.x"),
        ("list(T) from $.x", "`from` cannot stand here", "from"),
        ("T at", "a place in the answer is missing", ""),
        ("T at query.x", "`query` is not a place in the answer", "query"),
        ("T at $.x $.y", "`$.y` cannot stand after a place in the answer", "$.y"),
        ("redirect at header.X", "`at` cannot stand after `redirect`", "at"),
        ("= yes", "quote it if it is text", "yes"),
        ("=", "is missing", ""),
        ("= 1 at $.x", "a constant is not taken from a place", "at $.x"),
        ("strng at $.x", "`strng` is not a type", "strng"),
    ],
)
def test_wrong_returns_are_told(text: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_returns, text, message, pointed_at)
