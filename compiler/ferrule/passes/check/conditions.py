"""Proves conditions: the places exist, the values that are compared can be equal."""

from __future__ import annotations

from ferrule.diagnostics import Severity
from ferrule.forms.tree import Path
from ferrule.passes.check.answer_types import Kind, Plain, Sequence, Walked
from ferrule.passes.check.answers import Answer, Answers
from ferrule.passes.check.context import did_you_mean, listed, nearest, quoted
from ferrule.words import ast

_ORDERED: frozenset[Kind] = frozenset({"text", "a number"})
_TEXT_OPERATORS = ("starts", "ends", "matches")
_MEANING = {
    "contains": "contains",
    "starts": "starts with",
    "ends": "ends with",
    "matches": "matches",
}


def check_condition(answers: Answers, condition: ast.Condition, path: Path, answer: Answer) -> None:
    """Check the condition in the word at the path against what is known of the answer."""
    match condition:
        case ast.Not(condition=inner):
            check_condition(answers, inner, path, answer)
        case ast.Both(conditions=several) | ast.Either(conditions=several):
            for each in several:
                check_condition(answers, each, path, answer)
        case ast.Comparison():
            _check_comparison(answers, condition, path, answer)


def _check_comparison(
    answers: Answers, comparison: ast.Comparison, path: Path, answer: Answer
) -> None:
    left = _type(answers, comparison.left, path, answer)
    if comparison.operator == "truthy":
        return
    if comparison.operator == "in":
        for choice in comparison.choices:
            _check_equal(answers, comparison.left, left, choice, path)
        return
    if comparison.right is None:
        return
    right = _type(answers, comparison.right, path, answer)
    if comparison.operator in ("==", "!="):
        if isinstance(comparison.right, ast.Constant):
            _check_equal(answers, comparison.left, left, comparison.right, path)
        elif isinstance(comparison.left, ast.Constant):
            _check_equal(answers, comparison.right, right, comparison.left, path)
        else:
            _check_overlap(answers, comparison, left, right, path)
    elif comparison.operator in ("<", "<=", ">", ">="):
        _check_order(answers, comparison, left, right, path)
    else:
        _check_text(answers, comparison, left, right, path)


def _type(
    answers: Answers, operand: ast.Operand | ast.Constant, path: Path, answer: Answer
) -> Walked:
    if isinstance(operand, ast.Operand):
        return answers.operand_type(operand, path, answer)
    return Walked(True, Plain(frozenset({kind_of_constant(operand.value)})))


def kind_of_constant(value: ast.Scalar) -> Kind:
    """The kind of a literal."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    return "text" if isinstance(value, str) else "a number"


def _kinds(answers: Answers, walked: Walked) -> frozenset[Kind] | None:
    """The kinds that an operand can be; None where nothing is known."""
    if not walked.is_possible:
        return None
    return answers.types.kinds(walked.type)


def _check_equal(
    answers: Answers,
    operand: ast.Operand | ast.Constant,
    walked: Walked,
    constant: ast.Constant,
    path: Path,
) -> None:
    kinds, kind = _kinds(answers, walked), kind_of_constant(constant.value)
    if kinds is None or kind == "null":
        return
    place = operand.place if isinstance(operand, ast.Operand) else None
    if kind not in kinds:
        message = f"{_name(operand)} is {_said(kinds)}, which is never equal to {kind}"
        advice = _equality_help(operand, kinds, constant.value)
        answers.context.inside("never-equal", path, constant, message, help=advice)
    elif place is not None and place.root == "status" and isinstance(operand, ast.Operand):
        if isinstance(constant.value, int) and not 100 <= constant.value <= 599:
            message = f"no answer has the status {constant.value}"
            answers.context.inside("never-equal", path, constant, message)
    else:
        _check_member(answers, walked, constant, path, operand)


def _name(operand: ast.Operand | ast.Constant) -> str:
    if isinstance(operand, ast.Constant):
        return quoted(operand.value)
    place = operand.place
    text = place.path.text if place.path is not None else place.root
    if place.name:
        text = f"{place.root}.{place.name}"
    elif place.keys:
        text = ".".join([place.root, *place.keys])
    if operand.function is not None:
        return f"`{operand.function}({text})`"
    return quoted(f"{text} as {operand.as_word}" if operand.as_word else text)


def _said(kinds: frozenset[Kind]) -> str:
    return " or ".join(sorted(kinds))


def _equality_help(
    operand: ast.Operand | ast.Constant, kinds: frozenset[Kind], value: ast.Scalar
) -> str | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    place = operand.place if isinstance(operand, ast.Operand) else None
    if is_number and place is not None and place.root in ("header", "cookie", "text"):
        text = f"{place.root}.{place.name}" if place.name else place.root
        return f"write `{text} as integer`"
    if isinstance(value, str) and "a number" in kinds and value.lstrip("-").isdigit():
        return f"write {value} without quotes"
    if isinstance(value, str) and "true or false" in kinds and value in ("true", "false"):
        return f"write {value} without quotes"
    if not isinstance(value, str) and "text" in kinds:
        return "nothing is converted: put the value in quotes"
    return None


def _check_member(
    answers: Answers,
    walked: Walked,
    constant: ast.Constant,
    path: Path,
    operand: ast.Operand | ast.Constant,
) -> None:
    ends = [
        end
        for end in answers.types.plains(walked.type)
        if not (isinstance(end, Plain) and end.kinds == frozenset({"null"}))
    ]
    members: list[str | int] = []
    for end in ends:
        if not isinstance(end, Plain) or not end.members:
            return
        members += end.members
    if not members or constant.value in members:
        return
    is_closed = all(isinstance(end, Plain) and end.is_closed for end in ends)
    known = list(dict.fromkeys(str(each) for each in members))
    near = nearest(str(constant.value), known)
    message = f"{quoted(constant.value)} is not a value that {_name(operand)} is declared to have"
    advice = did_you_mean(str(constant.value), known) or f"it has {listed(known[:8], 'and')}"
    severity = Severity.warning if is_closed or near else Severity.info
    answers.context.inside(
        "unknown-member", path, constant, message, help=advice, severity=severity
    )


def _check_overlap(
    answers: Answers, comparison: ast.Comparison, left: Walked, right: Walked, path: Path
) -> None:
    one, other = _kinds(answers, left), _kinds(answers, right)
    if one is None or other is None or one & other or left.may_be_absent or right.may_be_absent:
        return
    message = f"{_said(one)} is never equal to {_said(other)}"
    answers.context.inside("never-equal", path, comparison, message)


def _check_order(
    answers: Answers, comparison: ast.Comparison, left: Walked, right: Walked, path: Path
) -> None:
    one, other = _kinds(answers, left), _kinds(answers, right)
    if one is None or other is None or one & other & _ORDERED:
        return
    message = (
        f"`{comparison.operator}` compares two numbers or two texts, not {_said(one)}"
        f" and {_said(other)}"
    )
    advice = None
    if isinstance(comparison.left, ast.Operand) and comparison.left.place.root == "header":
        advice = f"write `header.{comparison.left.place.name} as integer`"
    answers.context.inside("not-comparable", path, comparison, message, help=advice)


def _check_text(
    answers: Answers, comparison: ast.Comparison, left: Walked, right: Walked, path: Path
) -> None:
    operator = comparison.operator
    one, other = _kinds(answers, left), _kinds(answers, right)
    if one is None:
        return
    if operator == "contains" and "a list" in one:
        _check_item(answers, comparison, left, right, path)
        return
    if "text" not in one:
        what = "text or a list" if operator == "contains" else "text"
        message = f"`{operator}` looks into {what}, and {_name(comparison.left)} is {_said(one)}"
        answers.context.inside("not-comparable", path, comparison.left, message)
    elif other is not None and "text" not in other and comparison.right is not None:
        message = f"text never {_MEANING[operator]} {_said(other)}"
        advice = "put it in quotes"
        answers.context.inside("not-comparable", path, comparison.right, message, help=advice)


def _check_item(
    answers: Answers, comparison: ast.Comparison, left: Walked, right: Walked, path: Path
) -> None:
    other = _kinds(answers, right)
    if other is None or comparison.right is None:
        return
    found: set[Kind] = set()
    for end in answers.types.plains(left.type):
        kinds = answers.types.kinds(end.item) if isinstance(end, Sequence) else None
        if kinds is None:
            return
        found |= kinds
    if not found & other:
        message = f"the entries of the list are {_said(frozenset(found))}, never {_said(other)}"
        answers.context.inside("never-equal", path, comparison.right, message)
