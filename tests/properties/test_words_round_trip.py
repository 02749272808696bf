"""Words that are written from a tree read as that tree, and their offsets point at their parts."""

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ferrule.words import (
    ast,
    parse_answer_place,
    parse_body_path,
    parse_condition,
    parse_duration,
    parse_matched_place,
    parse_param,
    parse_path_template,
    parse_rate,
    parse_read_place,
    parse_request_place,
    parse_returns,
    parse_template,
    parse_type,
    parse_wait,
)
from ferrule.words.jsonpath import _prove
from tests.compiler.words import bare, nodes
from tests.properties import words


def read(parse: Callable[[str], Any], text: str, expected: Any) -> Any:
    """What the parser makes of the text: the expected tree, with offsets that lie inside."""
    found = parse(text)
    assert bare(found) == expected
    for node in nodes(found):
        assert 0 <= node.start <= node.end <= len(text)
    return found


@given(words.TYPES)
def test_types(tree: ast.TypeExpr) -> None:
    text = words.type_text(tree)
    found = read(parse_type, text, tree)
    for node in nodes(found):
        again: Any = parse_type(text[node.start : node.end])
        assert bare(again) == bare(node)


@given(words.TYPES)
def test_blanks_around_signs_do_not_count(tree: ast.TypeExpr) -> None:
    text = words.type_text(tree)
    assert bare(parse_param(f"  {text}\n")) == ast.Param(type=tree, **words.AT)


@given(words.REQUEST_PLACES)
def test_places_in_a_request(tree: ast.RequestPlace) -> None:
    read(parse_request_place, words.request_place_text(tree), tree)


@given(words.ANSWER_PLACES)
def test_places_in_an_answer(tree: ast.AnswerPlace) -> None:
    read(parse_answer_place, words.answer_place_text(tree), tree)


@given(words.MATCHED_PLACES)
def test_matched_places(tree: ast.MatchedPlace) -> None:
    read(parse_matched_place, words.matched_place_text(tree), tree)


@given(words.MATCHED_PLACES, words.TYPES)
def test_places_with_a_type(place: ast.MatchedPlace, as_type: ast.TypeExpr) -> None:
    if words.type_text(as_type) in ("date", "integer", "number", "text", "boolean"):
        tree = ast.ReadPlace(place=place, as_word=words.type_text(as_type), **words.AT)
    else:
        tree = ast.ReadPlace(place=place, as_type=as_type, **words.AT)
    text = f"{words.matched_place_text(place)} as {words.type_text(as_type)}"
    read(parse_read_place, text, tree)


@given(words.BODY_PATHS)
def test_plain_paths_are_valid_for_the_general_engine(tree: ast.BodyPath) -> None:
    found = read(parse_body_path, tree.text, tree)
    assert found.text == tree.text
    _prove(found.text, 0)


@given(words.TYPES, words.MATCHED_PLACES)
def test_returns(kind: ast.TypeExpr, at: ast.MatchedPlace) -> None:
    tree = ast.Returns(type=kind, at=at, **words.AT)
    read(parse_returns, f"{words.type_text(kind)} at {words.matched_place_text(at)}", tree)


@given(words.LITERALS)
def test_constants_that_are_returned(constant: ast.Constant) -> None:
    tree = ast.Returns(type=None, constant=constant, **words.AT)
    read(parse_returns, f"= {words.literal_text(constant)}", tree)


@given(words.TEMPLATES)
def test_templates(tree: ast.Template) -> None:
    text = words.template_text(tree)
    found = read(parse_template, text, tree)
    for part in found.parts:
        if isinstance(part, ast.Reference):
            (again,) = parse_template(text[part.start : part.end]).parts
            assert bare(again) == bare(part)


@given(words.CONDITIONS)
def test_conditions(tree: ast.Condition) -> None:
    text = words.condition_text(tree)
    found = read(parse_condition, text, tree)
    for node in nodes(found):
        if isinstance(node, ast.Comparison | ast.Not | ast.Both | ast.Either):
            again: Any = parse_condition(text[node.start : node.end])
            assert bare(again) == bare(node)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert text[node.start : node.end] == words.quoted(node.value)


@given(words.RATES)
def test_rates(tree: ast.Rate) -> None:
    read(parse_rate, words.rate_text(tree), tree)


@given(words.WAITS)
def test_waits(tree: ast.Wait) -> None:
    read(parse_wait, words.wait_text(tree), tree)


@given(words.PATHS)
def test_paths(tree: ast.PathTemplate) -> None:
    text = words.path_text(tree)
    found = read(parse_path_template, text, tree)
    for part in found.parts:
        if isinstance(part, ast.PathParam):
            assert text[part.start : part.end] == words.param_text(bare(part))


@given(st.integers(0, 10**6), st.sampled_from(["ms", "s", "m", "h", "d"]))
def test_durations(number: int, unit: str) -> None:
    factor = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}[unit]
    assert abs(parse_duration(f"{number}{unit}").seconds - number * factor) < 1e-6


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(str.strip))
def test_a_default_in_quotes_is_the_text(value: str) -> None:
    found = parse_param(f"string = {words.quoted(value)}").default
    assert found is not None
    assert found.value == value


@given(words.INTEGERS)
def test_a_default_is_read_by_the_type(value: int) -> None:
    as_number, as_text = (parse_param(f"{kind} = {value}").default for kind in ("number", "string"))
    assert as_number is not None
    assert as_text is not None
    assert (as_number.value, as_text.value) == (value, str(value))
