"""Proves the examples of actions: arguments that exist, answers that are of the declared types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ferrule.forms.fanout import needed_inputs, parameters_of
from ferrule.forms.spec import Action, ReturnCases
from ferrule.forms.tree import Path
from ferrule.passes.check.answer_types import (
    AnswerTypes,
    Choice,
    JsonType,
    Mapping,
    Plain,
    Record,
    Sequence,
)
from ferrule.passes.check.answers import Answers
from ferrule.passes.check.context import Context, did_you_mean, quoted
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.examples import Example


_Fault = tuple[Path, str]


def check_examples(answers: Answers, action: Action, path: Path) -> None:
    """Check each example of an action."""
    for name, example in action.examples.items():
        where = (*path, "examples", name)
        _check_request(answers.context, action, example, where)
        _check_response(answers, action, example, where)


def _check_request(context: Context, action: Action, example: Example, path: Path) -> None:
    whole = ("body", "query", "headers", "cookies")
    known = {wire: is_needed for _, wire, is_needed in parameters_of(action)}
    known |= dict(needed_inputs(action))
    filled = set(() if action.each is None else action.each.parameters)
    for name in example.request:
        if name not in known and name not in whole:
            message = f"{quoted(name)} is no parameter of the action"
            near = did_you_mean(name, known)
            context.at_key("undeclared-name", (*path, "request", name), message, help=near)
    has_whole = any(name in whole for name in example.request)
    for name, is_needed in known.items():
        if is_needed and name not in example.request and name not in filled and not has_whole:
            message = f"the action needs {quoted(name)}, and the example does not give it"
            context.at_key("missing-key", path, message, help=f"add it under `request:`: `{name}:`")


def _check_response(answers: Answers, action: Action, example: Example, path: Path) -> None:
    context = answers.context
    if example.response is None:
        return
    found = _declared(answers, action, example)
    if found is None:
        return
    type_, steps = found
    where: Path = (*path, "response")
    value: Any = example.response
    for step in steps:
        found_item = _entry(value, step) if isinstance(step, int) else None
        if found_item is not None:
            [value] = found_item
        elif isinstance(step, str) and isinstance(value, dict) and step in value:
            value = value[step]
        else:
            message = f"the result is taken from `{step}`, and the example has none"
            context.at_key("example-mismatch", where, message)
            return
        where = (*where, step)
    fault = mismatch(answers.types, type_, value, where)
    if fault is not None:
        context.at_value("example-mismatch", fault[0], fault[1])


def _entry(value: Any, number: int) -> list[Any] | None:
    """The entry of a list, alone in a list; None where there is none."""
    return value[number:][:1] or None if isinstance(value, list) else None


def _declared(
    answers: Answers, action: Action, example: Example
) -> tuple[JsonType, tuple[str | int, ...]] | None:
    """The type of the result, and the way to it in the answer; None where that is not known."""
    returns = action.returns
    if isinstance(returns, ReturnCases):
        returns = returns.cases.get(str(example.status or 200))
    if not isinstance(returns, ast.Returns) or returns.type is None or action.items is not None:
        return None
    if isinstance(returns.type, ast.StreamType) or action.hooks:
        return None
    if not 200 <= (example.status or 200) < 300 and not isinstance(action.returns, ReturnCases):
        return None
    if isinstance(returns.type, ast.WordType) and returns.type.word in (
        "text",
        "bytes",
        "redirect",
    ):
        return None
    type_ = answers.types.of_type(returns.type)
    if returns.at is None:
        return type_, ()
    body = returns.at.place.path
    if body is None or body.steps is None or returns.at.pattern is not None:
        return None
    keys = tuple(step.key for step in body.steps if step.key is not None)
    return (type_, keys) if len(keys) == len(body.steps) else None


def mismatch(types: AnswerTypes, type_: JsonType, value: Any, path: Path) -> _Fault | None:
    """Where a value is not of a type, and what was expected there; None where it is."""
    type_ = types.expand(type_)
    match type_:
        case Choice(members=members):
            faults = [mismatch(types, each, value, path) for each in members]
            if any(fault is None for fault in faults):
                return None
            # The member that got furthest is the one that was meant.
            return max((each for each in faults if each is not None), key=lambda each: len(each[0]))
        case Record():
            return _in_record(types, type_, value, path)
        case Sequence(item=item):
            if not isinstance(value, list):
                return path, f"expected a list, met {_kind(value)}"
            found = (mismatch(types, item, each, (*path, at)) for at, each in enumerate(value))
            return next((each for each in found if each is not None), None)
        case Mapping(value=inner):
            if not isinstance(value, dict):
                return path, f"expected an object, met {_kind(value)}"
            found = (mismatch(types, inner, each, (*path, key)) for key, each in value.items())
            return next((each for each in found if each is not None), None)
        case Plain(kinds=kinds):
            kind = _kind(value)
            if kind not in kinds:
                return path, f"expected {' or '.join(sorted(kinds))}, met {kind}"
            values = getattr(type_, "values", ())
            if values and getattr(type_, "is_closed", False) and value not in values:
                return path, f"{quoted(value)} is none of the values that are declared"
    return None


def _in_record(types: AnswerTypes, record: Record, value: Any, path: Path) -> _Fault | None:
    if not isinstance(value, dict):
        return path, f"expected an object, met {_kind(value)}"
    for name, (inner, may_be_absent) in record.fields.items():
        if name in value:
            fault = mismatch(types, inner, value[name], (*path, name))
            if fault is not None:
                return fault
        elif not may_be_absent:
            return path, f"{record.name} needs {quoted(name)}"
    return None


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "an object"
