"""Proves what actions return: types of an answer, places to take it from, complete cases."""

from __future__ import annotations

from ferrule.forms.spec import Action, ReturnCases
from ferrule.forms.tree import Path
from ferrule.passes.check.answer_types import AnswerTypes, Sequence
from ferrule.passes.check.answers import Answers
from ferrule.passes.check.context import Context, did_you_mean, listed, quoted
from ferrule.passes.check.declarations import Declarations
from ferrule.words import ast

_MEDIA = ("json", "xml", "text", "csv", "bytes")


def returns_list(returns: ast.Returns | ReturnCases | None) -> bool:
    """Whether the result of an action is written as a list, and so can come in pages."""
    return isinstance(returns, ast.Returns) and returns.is_list


def returns_hidden_list(returns: ast.Returns | ReturnCases | None, types: AnswerTypes) -> bool:
    """Whether the result is a list and not written as one: by a model's name, or with null."""
    if not isinstance(returns, ast.Returns) or returns_list(returns):
        return False
    if not isinstance(returns.type, ast.ModelType | ast.UnionType):
        return False
    if isinstance(returns.type, ast.ModelType) and types.models.is_object(returns.type):
        return False  # by far the most common case
    made = types.expand(types.of_type(returns.type))
    ends = [each for each in types.plains(made) if types.kinds(each) != frozenset({"null"})]
    return bool(ends) and all(isinstance(each, Sequence) for each in ends)


def check_returns(
    context: Context, declarations: Declarations, answers: Answers, action: Action, path: Path
) -> None:
    """Check what an action returns: the types, the places, and that the cases are of one sort."""
    returns, where = action.returns, (*path, "returns")
    if isinstance(returns, ast.Returns):
        _check_one(context, declarations, answers, returns, where)
    elif returns is not None:
        for key, each in returns.cases.items():
            _check_one(context, declarations, answers, each, (*where, key))
        _check_cases(context, action, returns, where)


def _check_one(
    context: Context,
    declarations: Declarations,
    answers: Answers,
    returns: ast.Returns,
    path: Path,
) -> None:
    if returns.type is not None:
        declarations.check_type(returns.type, path, "returns")
    at = returns.at
    if at is None:
        return
    if at.place.root in ("last", "redirect", "jwt", "link"):
        message = f"`{at.place.root}` is not a place in the answer that a result can be taken from"
        context.inside("place-not-here", path, at.place, message)
    if at.place.path is not None and at.place.path.is_collecting:
        known = returns.type is not None and answers.types.kinds(
            answers.types.of_type(returns.type)
        )
        if known and not known & {"a list"}:
            message = "the path has several matches, and what is returned is not a list"
            advice = "write `list(T)`, or a path with one match"
            context.inside("list-expected", path, at.place, message, help=advice)


def _check_cases(context: Context, action: Action, returns: ReturnCases, path: Path) -> None:
    keys = list(returns.cases)
    if returns.by is not None:
        _check_argument_cases(context, action, returns, path)
        return
    statuses = [key for key in keys if key.isdigit()]
    for key in statuses:
        if not 100 <= int(key) <= 599:
            message = f"{quoted(key)} is not an HTTP status"
            context.at_key("out-of-range", (*path, key), message)
    others = [key for key in keys if not key.isdigit()]
    if statuses and others:
        message = f"{quoted(others[0])} is no status: cases are all statuses, or all media types"
        context.at_key("return-cases", (*path, others[0]), message)
        return
    if "by" in others:
        message = "`by` is neither a status nor a media type"
        context.at_key("return-cases", (*path, "by"), message, help="did you mean `.by`?")
    if context.tree_has((*path, "by")):
        return  # that was to be `.by`, which is told, and the cases may be its values
    for key in others:
        if key not in _MEDIA and "/" not in key:
            message = f"{quoted(key)} is neither a status nor a media type"
            advice = did_you_mean(key, _MEDIA) or f"such as `200`, {listed(_MEDIA[:3])}"
            context.at_key("return-cases", (*path, key), message, help=advice)


def _check_argument_cases(
    context: Context, action: Action, returns: ReturnCases, path: Path
) -> None:
    by = returns.by or ""
    shape = action.input.get(by) or action.input.get(f"{by}?")
    if shape is None:
        if context.is_whole((*path[:2], "input")):
            message = f"{quoted(by)} is not an input of the action"
            known = [key.removesuffix("?") for key in action.input]
            advice = did_you_mean(by, known) or "declare it under `input:`"
            context.at_value("unknown-reference", (*path, ".by"), message, help=advice)
        return
    type_ = shape.word.type if shape.word is not None else shape.type
    if not isinstance(type_, ast.EnumType) or not type_.is_closed:
        message = f"{quoted(by)} is not a closed enum, so that nothing can be chosen by it"
        advice = f"write `enum!({' | '.join(returns.cases)})`"
        context.at_value("return-cases", (*path, ".by"), message, help=advice)
        return
    values = [str(each) for each in type_.values]
    for key in returns.cases:
        if key not in values:
            message = f"{quoted(key)} is not a value of {quoted(by)}"
            advice = did_you_mean(key, values) or f"its values are {listed(values, 'and')}"
            context.at_key("return-cases", (*path, key), message, help=advice)
    lacking = [each for each in values if each not in returns.cases]
    if lacking:
        message = f"nothing is said for {listed(lacking, 'and')}"
        context.at_key("return-cases", path, message)
