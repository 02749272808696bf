"""Conditions: how they bind, and what is said to who writes another language's."""

from typing import Any

import pytest

from ferrule.words import parse_condition
from ferrule.words.ast import (
    AnswerPlace,
    BodyPath,
    Both,
    Comparison,
    Condition,
    Constant,
    Either,
    Not,
    Operand,
    PathStep,
    Scalar,
)
from tests.compiler.words import bare, expect_fault, fault, nodes

NOWHERE: dict[str, Any] = {"start": 0, "end": 0}


def at(name: str, as_word: str | None = None, function: Any = None) -> Operand:
    path = BodyPath(text=f"$.{name}", steps=(PathStep(key=name, **NOWHERE),), **NOWHERE)
    place = AnswerPlace(root="body", path=path, **NOWHERE)
    return Operand(place=place, as_word=as_word, function=function, **NOWHERE)


def value(given: Scalar) -> Constant:
    return Constant(value=given, **NOWHERE)


def compare(left: Operand | Constant, operator: Any, right: Operand | Constant) -> Comparison:
    return Comparison(operator=operator, left=left, right=right, **NOWHERE)


def true(name: str) -> Comparison:
    return Comparison(operator="truthy", left=at(name), **NOWHERE)


def one_of(name: str, *choices: Scalar, negated: bool = False) -> Comparison:
    return Comparison(
        operator="in",
        left=at(name),
        choices=tuple(value(each) for each in choices),
        is_negated=negated,
        **NOWHERE,
    )


def both(*conditions: Condition) -> Both:
    return Both(conditions=conditions, **NOWHERE)


def either(*conditions: Condition) -> Either:
    return Either(conditions=conditions, **NOWHERE)


def no(condition: Condition) -> Not:
    return Not(condition=condition, **NOWHERE)


STATUS = Operand(place=AnswerPlace(root="status", **NOWHERE), **NOWHERE)
LEFT = Operand(place=AnswerPlace(root="header", name="x-left", **NOWHERE), **NOWHERE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$.a", true("a")),
        ("  $.a  ", true("a")),
        ("not $.a", no(true("a"))),
        ("not not $.a", no(no(true("a")))),
        ("$.a or $.b and $.c", either(true("a"), both(true("b"), true("c")))),
        ("($.a or $.b) and $.c", both(either(true("a"), true("b")), true("c"))),
        ("not $.a and $.b", both(no(true("a")), true("b"))),
        ("not ($.a and $.b)", no(both(true("a"), true("b")))),
        ("$.a and $.b and $.c", both(true("a"), true("b"), true("c"))),
        ("(($.a))", true("a")),
        ("status == 403", compare(STATUS, "==", value(403))),
        ("403 != status", compare(value(403), "!=", STATUS)),
        ('header.x-left=="0"', compare(LEFT, "==", value("0"))),
        ("$.a < -1.5e3", compare(at("a"), "<", value(-1500.0))),
        ("$.a <= $.b", compare(at("a"), "<=", at("b"))),
        ("$.a as integer >= 1", compare(at("a", "integer"), ">=", value(1))),
        ("$.a > null", compare(at("a"), ">", value(None))),
        ("$.a == true", compare(at("a"), "==", value(True))),
        ("$.a in (403 | 'b' | null)", one_of("a", 403, "b", None)),
        ("$.a in(1|2)", one_of("a", 1, 2)),
        ("$.a not in (1)", one_of("a", 1, negated=True)),
        ("$.a contains 'x'", compare(at("a"), "contains", value("x"))),
        ("$.a starts $.b", compare(at("a"), "starts", at("b"))),
        ("$.a ends 'it''s'", compare(at("a"), "ends", value("it's"))),
        ('$.a matches "^[0-9]+\\.$"', compare(at("a"), "matches", value("^[0-9]+\\.$"))),
        ("exists($.a)", Comparison(operator="truthy", left=at("a", None, "exists"), **NOWHERE)),
        ("count($.a) > 0", compare(at("a", None, "count"), ">", value(0))),
        ("length ( $.a ) == 3", compare(at("a", None, "length"), "==", value(3))),
        ("$.not and $.in", both(true("not"), true("in"))),
        ("true", Comparison(operator="truthy", left=value(True), **NOWHERE)),
    ],
)
def test_a_condition_reads_as(text: str, expected: Condition) -> None:
    assert bare(parse_condition(text)) == expected


def test_a_negated_test_says_so() -> None:
    found = parse_condition("$.a not contains 'x'")
    assert isinstance(found, Comparison)
    assert (found.operator, found.is_negated) == ("contains", True)


def test_the_parts_of_a_condition_know_their_places() -> None:
    text = "not ($.a == 1 or exists($.b))"
    found = parse_condition(text)
    assert isinstance(found, Not)
    inner = found.condition
    assert isinstance(inner, Either)
    assert text[found.start : found.end] == text
    assert text[inner.start : inner.end] == "$.a == 1 or exists($.b)"
    assert [text[each.start : each.end] for each in inner.conditions] == ["$.a == 1", "exists($.b)"]


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("", "a condition is missing", ""),
        (" ", "a condition is missing", ""),
        ("and", "something is missing before `and`", "and"),
        ("$.a and", "is missing", ""),
        ("not", "is missing", ""),
        ("$.a == ", "is missing", ""),
        ("($.a", "this `(` is not closed", "("),
        ("$.a)", "this `)` closes nothing", ")"),
        ("$.a = 1", "`=` is not an operator", "="),
        ("$.a && $.b", "`&&` is not an operator", "&&"),
        ("$.a || $.b", "`||` is not an operator", "||"),
        ("!$.a", "`!` is not an operator", "!"),
        ("$.a ~ 'x'", "`~` is not an operator", "~"),
        ("$.a AND $.b", "`AND` is not an operator", "AND"),
        ("$.a is 1", "`is` is not an operator", "is"),
        ("1 < $.a < 3", "comparisons are not chained", "<"),
        ("$.a == 1 in (1)", "comparisons are not chained", "in"),
        ("$.a in (1) == true", "comparisons are not chained", "=="),
        ("$.a == open", "`open` is not known here: quote it if it is text", "open"),
        ("$.a in (a | b)", "`a` is not known here: quote it if it is text", "a"),
        ("$.a in (1, 2)", "values are separated by ` | `, not by a comma", ","),
        ("$.a in [1]", "`(` is expected", "["),
        ("$.a in ($.b)", "only values stand in these parentheses", "$.b"),
        ("$.a in ()", "is expected", ")"),
        ("$.a == (1)", "a parenthesis cannot stand here", "("),
        ("$.a == [1]", "a list cannot stand here", "["),
        ("$.a == 403|429", "`|` separates values inside of parentheses only", "|"),
        ("$.a not == 1", "`not` stands before the whole comparison", "not"),
        ("$.a matches $.b", "a regular expression in quotes is expected", "$.b"),
        ("$.a matches '(a+)+'", "in several ways", "(a+)+"),
        ("$.a starts with 'x'", "`with` is too much", "with"),
        ("$.a as float == 1", "`float` is not a way to read a value", "float"),
        ("5 as integer == 5", "a value is not read as anything", "as"),
        ("count($.a) as integer", "`count(…)` is not read as anything", "as"),
        ("exists $.a", "`exists` needs a place", "exists"),
        ("exists()", "`exists` needs a place", "()"),
        ("5", "a value alone is not a condition", "5"),
        ("'x'", "a value alone is not a condition", "'x'"),
        ("foo == 1", "`foo` is not a place in the answer", "foo"),
        ("body.x == 1", "`body.x` is not a place in the answer", "body.x"),
        ("query.x == 1", "`query.x` is not a place in the answer", "query.x"),
        ("${x} == 1", "a condition looks nothing up", "${"),
        ("status == 60s", "`60s` is not a number", "60s"),
        ("status == 007", "a number does not start with 0", "007"),
        ("status == 1e999", "the number is too large", "1e999"),
        ("$.a == “x”", "is expected", "“"),
        ("$.a == 'x", "a quote is not closed", "'x"),
        ("$.a-b == 1", "`-` cannot stand in a name after a dot", "-"),
        ("status == 1 status == 2", "`status` cannot stand here", "status"),
        ("$.a == 1,", "`,` cannot stand here", ","),
    ],
)
def test_a_wrong_condition_is_told(text: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_condition, text, message, pointed_at)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("$.a = 1", "did you mean `==`?"),
        ("$.a === 1", "did you mean `==`?"),
        ("$.a <> 1", "did you mean `!=`?"),
        ("$.a =< 1", "did you mean `<=`?"),
        ("$.a && $.b", "did you mean `and`?"),
        ("$.a || $.b", "did you mean `or`?"),
        ("!$.a", "write `not `"),
        ("$.a ~ 'x'", "did you mean `matches`?"),
        ("$.a AND $.b", "did you mean `and`?"),
        ("$.a == open", 'write "open"'),
        ("$.a == True", "write true"),
        ("$.a == None", "write null"),
        ("$.a == 1|2", "`in (a | b)`"),
        ("1 < $.a < 3", "`1 < $.a and $.a < 9`"),
        ("body.x == 1", "write `$.a.b`"),
    ],
)
def test_another_language_is_answered(text: str, advice: str) -> None:
    assert advice in (fault(parse_condition, text).help or "")


@pytest.mark.parametrize("opening", ["(", "not "])
def test_nesting_has_a_limit(opening: str) -> None:
    closing = ")" if opening == "(" else ""
    deepest = parse_condition(opening * 64 + "$.a" + closing * 64)
    assert sum(isinstance(each, Not) for each in nodes(deepest)) == (64 if closing == "" else 0)
    expect_fault(parse_condition, opening * 65 + "$.a", "deeper than 64 levels", opening[0])


def test_a_long_row_is_no_nesting() -> None:
    found = parse_condition(" or ".join(["$.a and $.b"] * 5000))
    assert isinstance(found, Either)
    assert len(found.conditions) == 5000
