"""Proves actions that make more than one request: steps, jobs, and the names between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ferrule.forms.spec import METHODS, Action, ReturnCases
from ferrule.forms.tree import Path
from ferrule.passes.check.answers import Answers
from ferrule.passes.check.conditions import check_condition
from ferrule.passes.check.context import Context, listed, quoted
from ferrule.passes.check.names import check_lookup_name
from ferrule.passes.check.outcomes import check_answer_place, check_condition_places
from ferrule.passes.check.requests import check_request
from ferrule.passes.check.scope import Scope
from ferrule.passes.check.sites import sequence_of, sites_of_action
from ferrule.words import READINGS, WAIT_UNITS, ast

if TYPE_CHECKING:
    from ferrule.forms.requests import Job, Request


# What an action of one request says itself, and each request of several says for itself.
_OF_ONE_REQUEST = (
    *METHODS,
    *("url", "method", "path", "query", "query?", "headers", "headers?", "cookies"),
    *("body", "body?", "bodies", "send", "arrays", "host", "paging", "idempotency_key"),
)


def check_sequence(scope: Scope, answers: Answers, action: Action, path: Path) -> None:
    """Check the requests of an action that makes several."""
    context = answers.context
    kind = "steps" if action.steps is not None else "job"
    if action.steps is not None and action.job is not None:
        message = "`steps` and `job` are given: an action is one or the other"
        advice = "`start` of a job makes one request: put what comes before it into another action"
        context.at_key("exactly-one", (*path, "job"), message, help=advice)
    for key in _OF_ONE_REQUEST:
        if context.tree_has((*path, key)):
            message = f"`{key}` is of one request, and `{kind}` makes several"
            advice = f"say it in the requests under `{kind}:`; what callers give is `input:`"
            context.at_key("option-not-here", (*path, key), message, help=advice)
    _check_inputs(scope, context, action, path)
    for request, where in sequence_of(action, path):
        check_request(context, request, where, is_in_row=True)
        _check_let(scope, answers, action, request, where)
    if action.steps is not None:
        last = (*path, "steps", len(action.steps) - 1)
        _tell_useless_let(context, action.steps[-1], last, "the last step: its answer is returned")
        for number in range(len(action.steps)):
            _tell_every(context, action.steps[number], (*path, "steps", number))
    if action.job is not None:
        _check_job(answers, action.job, (*path, "job"))
        _tell_streams(context, action, path)
    _check_uses(context, action, path)


def _check_inputs(scope: Scope, context: Context, action: Action, path: Path) -> None:
    """What is given and what is set are looked up in one name space."""
    for key in action.input:
        name, where = key.removesuffix("?"), (*path, "input", key)
        known = ("values", name) if name in context.spec.values else None
        taken = scope.settings[name].path if name in scope.settings else known
        if taken is not None:
            message = f"{quoted(name)} is looked up already"
            advice = "give it another name: all names that are looked up differ"
            notes = [(taken, "the first")]
            context.at_key("name-clash", where, message, help=advice, notes=notes)


def _check_job(answers: Answers, job: Job, path: Path) -> None:
    context = answers.context
    for key, request in (("start", job.start), ("result", job.result), ("cancel", job.cancel)):
        if request is not None:
            _tell_every(context, request, (*path, key))
    for key, request in (("result", job.result), ("cancel", job.cancel)):
        if request is not None:
            _tell_useless_let(context, request, (*path, key), f"`{key}`: it is the last request")
    for key, condition in (("done", job.done), ("failed", job.failed)):
        if condition is not None:
            check_condition_places(context, condition, (*path, key))
            check_condition(answers, condition, (*path, key), answers.of_nothing)
    places = [("progress", job.progress)]
    places += [("message", each) for each in job.message or ()]
    for key, place in places:
        if place is not None:
            check_answer_place(context, place.place.place, (*path, key))
            _check_reading(context, place, (*path, key))


def _tell_streams(context: Context, action: Action, path: Path) -> None:
    """The result of a job is kept until somebody asks for it, so it is no stream."""
    returns, where = action.returns, (*path, "returns")
    cases: list[tuple[ast.Returns | None, Path]]
    if isinstance(returns, ReturnCases):
        cases = [(word, (*where, key)) for key, word in returns.cases.items()]
    else:
        cases = [(returns, where)]
    for word, place in cases:
        type_ = None if word is None else word.type
        if isinstance(type_, ast.StreamType) and type_.kind != "xml":
            message = f"the result of a job is read whole, and `{type_.kind}(…)` comes bit by bit"
            advice = "leave `result:` out, and read it by an action of its own"
            context.at_value("option-not-here", place, message, help=advice)


def _check_let(
    scope: Scope, answers: Answers, action: Action, request: Request, path: Path
) -> None:
    context = answers.context
    inputs = {key.removesuffix("?"): (*path[:2], "input", key) for key in action.input}
    for name, place in request.let.items():
        where = (*path, "let", name)
        check_lookup_name(context, name, where, "let")
        taken = inputs.get(name)
        if name in scope.settings:
            taken = scope.settings[name].path
        elif name in context.spec.values:
            taken = ("values", name)
        if taken is not None:
            message = f"{quoted(name)} is looked up already"
            advice = "give it another name: all names that are looked up differ"
            notes = [(taken, "the first")]
            context.at_key("name-clash", where, message, help=advice, notes=notes)
        check_answer_place(context, place.place.place, where)
        _check_reading(context, place, where)


def _check_reading(context: Context, place: ast.ReadPlace, path: Path) -> None:
    if place.as_word in WAIT_UNITS:
        message = f"`as {place.as_word}` reads a time to wait, and here a value is kept"
        known = listed(READINGS)
        context.inside("bad-place", path, place, message, help=f"leave it out, or write {known}")


def _tell_useless_let(context: Context, request: Request, path: Path, what: str) -> None:
    if request.let:
        message = f"no request comes after {what}"
        context.at_key("option-not-here", (*path, "let"), message, help="take `let` out")


def _tell_every(context: Context, request: Request, path: Path) -> None:
    if request.every is not None:
        message = "`every` is how often a poll asks, and this request is made once"
        advice = "write it under `poll:` of a job"
        context.at_key("option-not-here", (*path, "every"), message, help=advice)


def _check_uses(context: Context, action: Action, path: Path) -> None:
    """Tell what is given or kept and never looked up."""
    if context.cut:
        return
    used = {
        reference.names[1] if reference.names[0] == "input" else reference.names[0]
        for site in sites_of_action(action, path)
        for reference, _ in site.references
        if reference.names[0] != "input" or len(reference.names) > 1
    }
    for name, what, where in _named(action, path):
        if name not in used and not context.spoke_of(where):
            message = f"the {what} {quoted(name)} is never used"
            advice = f"take it out, or use it: `${{{name}}}`"
            context.at_key("unused", where, message, help=advice)


def _named(action: Action, path: Path) -> Iterator[tuple[str, str, Path]]:
    for key in action.input:
        yield key.removesuffix("?"), "input", (*path, "input", key)
    for request, where in sequence_of(action, path):
        for name in request.let:
            yield name, "name", (*where, "let", name)
