"""Proves rate limits, concurrency, retries: declared, without contradiction, each of some use."""

from __future__ import annotations

import math
import re

from ferrule.forms.shape import Shape
from ferrule.forms.spec import METHODS, STANDARD, Action
from ferrule.forms.tree import Path
from ferrule.passes.check.answers import Answer, Answers
from ferrule.passes.check.context import Context, did_you_mean, listed, quoted
from ferrule.passes.check.outcomes import check_answer_place
from ferrule.passes.check.scope import Scope
from ferrule.words import WordError, ast, parse_answer_place

_OBSERVED = ("used", "limit", "remaining", "reset")
_UNITS = ("seconds", "milliseconds", "epoch", "epoch_ms", "date")
_GAP = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")


def check_limits_apart(context: Context) -> None:
    """Tell of parameters whose values have limits of their own, and that no call has."""
    spec = context.spec
    limits = {("rate_limits", name): rates for name, rates in spec.rate_limits.items()}
    if spec.rate_limit is not None:
        limits[("rate_limit", "default")] = spec.rate_limit
    for (key, name), rates in limits.items():
        users = [each for each in spec.actions.values() if name in (each.limit or ["default"])]
        path: Path = ("rate_limit",) if key == "rate_limit" else (key, name)
        for number, rate in enumerate(rates):
            place = rate.per
            if place is None or not users or any(_gives(each, place) for each in users):
                continue
            where = (*path, number) if context.tree_has((*path, 0)) else path
            message = "no call of this limit has such a parameter: all share one budget"
            advice = "declare the parameter in the actions that name the limit"
            context.inside("unknown-parameter", where, place, message, help=advice)


def check_cost(answers: Answers, action: Action, path: Path, answer: Answer) -> None:
    """Check where an answer tells what its call has cost."""
    cost = action.cost
    if not isinstance(cost, ast.ReadPlace):
        return
    place, where = cost.place.place, (*path, "cost")
    if check_answer_place(answers.context, place, where):
        answers.prove(place, where, answer)


def _gives(action: Action, place: ast.RequestPlace) -> bool:
    """Whether an action has a parameter at a place, as far as its own words tell."""
    if place.where == "path":
        targets = [getattr(action, method) for method in METHODS]
        parts = [part for target in targets if target is not None for part in target.parts]
        return any(isinstance(part, ast.PathParam) and part.name == place.name for part in parts)
    key = {"header": "headers", "cookie": "cookies"}.get(place.where, place.where)
    shapes = [getattr(action, key), getattr(action, f"optional_{key}", None)]
    steps = list(place.keys or (place.name,))
    return any(shape is not None and _has(shape, steps) for shape in shapes)


def _has(shape: Shape, steps: list[str]) -> bool:
    if shape.wrap is not None:
        if steps[0] != shape.wrap:
            return False
        steps = steps[1:]
    if not steps or shape.fields is None or shape.rest is not None or shape.is_also:
        return True  # a model, a map, or the whole: what it holds is not told here
    found = [each for _, name, _, each in shape.members if name == steps[0]]
    return bool(found) and (len(steps) == 1 or _has(found[0], steps[1:]))


def check_limits(context: Context, scope: Scope) -> None:
    """Check the limits that hold for the whole connector."""
    spec = context.spec
    if spec.rate_limit is not None:
        _check_rates(context, spec.rate_limit, ("rate_limit",))
        if "default" in spec.rate_limits:
            message = "`rate_limit` and `rate_limits.default` are both the default"
            notes = [(("rate_limits", "default"), "the other")]
            context.at_key("exactly-one", ("rate_limit",), message, notes=notes)
    for name, rates in spec.rate_limits.items():
        _check_rates(context, rates, ("rate_limits", name))
    _check_interval(context)
    _check_concurrency(context, scope)
    for key, pattern in spec.observe.items():
        _check_observed(context, key, pattern)


def _check_rates(context: Context, rates: list[ast.Rate], path: Path) -> None:
    for number, rate in enumerate(rates):
        where = (*path, number) if context.tree_has((*path, 0)) else path
        if rate.burst is not None and rate.burst < 1:
            context.inside("out-of-range", where, rate, "a burst is at least 1")
    for number, rate in enumerate(rates):
        for other in rates[:number]:
            _check_pair(context, rate, other, (*path, number))


def _check_pair(context: Context, rate: ast.Rate, other: ast.Rate, path: Path) -> None:
    """Two rates of one list: a rate that the other keeps anyway never matters."""
    if rate.is_points != other.is_points or rate.burst is not None or other.burst is not None:
        return
    if rate.per is not None or other.per is not None:
        return  # what holds for one value says nothing of all of them together
    for weak, strong in ((rate, other), (other, rate)):
        spans = math.ceil(weak.span_seconds / strong.span_seconds)
        if strong.count * spans <= weak.count:
            message = f"{_said(weak)} never matters beside {_said(strong)}"
            context.at_value("redundant-rate", path, message)
            return


def _said(rate: ast.Rate) -> str:
    return f"`{rate.count} in {rate.span_seconds:g} s`"


def _check_interval(context: Context) -> None:
    spec = context.spec
    if spec.min_interval is None or not context.is_whole(("concurrency",)):
        return
    if spec.concurrency != 1:
        message = "`min_interval` goes with one call at a time"
        advice = "add `concurrency: 1`, or say it as a rate: `rate_limit: 2/second`"
        context.at_key("interval-concurrency", ("min_interval",), message, help=advice)


def _check_concurrency(context: Context, scope: Scope) -> None:
    found = context.spec.concurrency
    if not isinstance(found, ast.Template):
        return
    for part in found.parts:
        name = part.names[0] if isinstance(part, ast.Reference) else ""
        setting = scope.settings.get(name)
        type_ = setting.type if setting is not None else None
        is_whole_number = (
            isinstance(type_, ast.WordType | ast.RangeType) and type_.word == "integer"
        )
        if len(found.parts) > 1 or (setting is not None and not is_whole_number) or not name:
            message = "expected a whole number, or one setting of the type integer"
            context.at_value("wrong-type", ("concurrency",), message)
            return


def _check_observed(context: Context, key: str, pattern: str) -> None:
    path = ("observe", key)
    try:
        place = parse_answer_place(key)
    except WordError as error:
        advice = error.help or did_you_mean(error.met or "", error.candidates)
        context.inside_key("bad-place", path, error.start, error.end, error.message, help=advice)
        return
    if place.root != "header":
        context.at_key("place-not-here", path, "what is observed stands in a header")
    gaps = list(_GAP.finditer(pattern))
    if pattern == STANDARD:
        return
    if not gaps:
        message = "nothing is read out of the header"
        advice = "such as `{used}/{limit}` or `{remaining}`, or `standard` for RateLimit"
        context.at_value("bad-template", path, message, help=advice)
    for gap in gaps:
        name, unit = gap[1], gap[2]
        if name not in _OBSERVED:
            message = f"{quoted(name)} is not one of {listed(_OBSERVED)}"
            advice = did_you_mean(name, _OBSERVED)
            context.between("unknown-choice", path, gap.start(1), gap.end(1), message, help=advice)
        elif unit is not None and (name != "reset" or unit not in _UNITS):
            message = f"{quoted(unit)} is not a unit of {quoted(name)}"
            advice = did_you_mean(unit, _UNITS) or f"`reset` has {listed(_UNITS)}"
            context.between("unknown-choice", path, gap.start(2), gap.end(2), message, help=advice)


def check_action_limits(context: Context, action: Action, path: Path) -> set[str]:
    """Check the limits and retries of an action. The names of the limits that it uses."""
    known = {*context.names("rate_limits")}
    if context.tree_has(("rate_limit",)):
        known.add("default")
    used = set(action.limit) if action.limit is not None else {"default"}
    for number, name in enumerate(action.limit or ()):
        if name not in known and name != "none":
            used.add(context.tell_undeclared("limit", name, known, (*path, "limit", number)))
    _check_repeats(context, action, path)
    return used


def _check_repeats(context: Context, action: Action, path: Path) -> None:
    key = action.idempotency_key
    for place, where in (
        (key, (*path, "idempotency_key")),
        (context.spec.idempotency_key, ("idempotency_key",)),
    ):
        if place is not None and place.where in ("path", "cookie"):
            message = "an idempotency key goes into a header, the query or the body"
            context.at_value("place-not-here", where, message)
    send = action.send or context.spec.send
    if key is not None and key.where == "body" and (not key.keys or send in ("text", "bytes")):
        message = "the body has no field that a key could be put into"
        context.at_value("place-not-here", (*path, "idempotency_key"), message)
    has_key = key is not None or context.spec.idempotency_key is not None
    if action.replay == "key" and not has_key:
        message = "`replay: key` needs a place for the key"
        advice = "add `idempotency_key: header.Idempotency-Key`"
        context.at_key("missing-key", (*path, "replay"), message, help=advice)
    if (action.post or action.patch) is None or has_key or action.replay is not None:
        return
    if action.errors is None:
        return
    for where in _asked_retries(action, path):
        message = "this is not retried: a call that may have had an effect is not sent twice"
        advice = "say `idempotency_key:` or, where a repeat does no harm, `replay: safe`"
        context.at_key("never-retried", where, message, help=advice)


def _asked_retries(action: Action, path: Path) -> list[Path]:
    errors = action.errors
    if errors is None:
        return []
    found: list[Path] = [
        (*path, "errors", "rules", number, "then")
        for number, rule in enumerate(errors.rules)
        if rule.then == "retry"
    ]
    for kind, outcomes in (("codes", errors.codes), ("statuses", errors.statuses)):
        for name, outcome in outcomes.items():
            if (outcome.then or name) == "retry":
                found.append((*path, "errors", kind, name))
    return found
