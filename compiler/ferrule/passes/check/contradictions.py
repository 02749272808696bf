"""Tells what can never count beside something else: shadowed codes, limits that exclude calls."""

from __future__ import annotations

from ferrule.forms.spec import Errors
from ferrule.forms.tree import Path
from ferrule.passes.check.context import Context, quoted
from ferrule.passes.check.outcomes import facts_of, key_of
from ferrule.words import ast


def check_contradictions(context: Context) -> None:
    """Check what stands in different places of a spec and bears upon each other."""
    spec = context.spec
    if spec.errors is not None:
        _check_shadows(context, spec.errors, ("errors",))
    for name, action in spec.actions.items():
        if action.errors is not None:
            _check_shadows(context, action.errors, ("actions", name, "errors"))
    _check_costs(context)
    _check_interval(context)


# --- codes and statuses behind rules ---


def _check_shadows(context: Context, errors: Errors, path: Path) -> None:
    """Statuses and codes that a rule always takes first. Decided for plain equality only."""
    statuses: dict[str, int] = {}
    codes: dict[str, int] = {}
    places = {key_of(ast.Operand(start=0, end=0, place=each.place)) for each in errors.code or ()}
    for number, rule in enumerate(errors.rules):
        facts = facts_of(rule.when)
        if facts is None or len(facts) != 1:
            continue
        ((place, values),) = facts.items()
        texts = [value.partition(" ")[2] for value in values]
        if place.startswith("status "):
            statuses.update({text: number for text in texts if text not in statuses})
        elif places == {place}:
            codes.update({text: number for text in texts if text not in codes})
    for key, status_outcome in errors.statuses.items():
        for index, status in enumerate(status_outcome.statuses):
            where = (*path, "statuses", key)
            _tell_shadow(context, statuses, str(status), (where, "statuses", index), path)
    for key, code_outcome in errors.codes.items():
        for index, code in enumerate(code_outcome.codes):
            where = (*path, "codes", key)
            _tell_shadow(context, codes, str(code), (where, "codes", index), path)


def _tell_shadow(
    context: Context,
    taken: dict[str, int],
    text: str,
    place: tuple[Path, str, int],
    path: Path,
) -> None:
    if text not in taken:
        return
    where, key, index = place
    long = (*where, key, index)
    message = f"{quoted(text)} is never reached: a rule takes it first"
    notes = [((*path, "rules", taken[text], "when"), "the rule")]
    at = long if context.tree_has(long) else (*where, index)
    context.at_value("unreachable-rule", at, message, notes=notes)


# --- limits ---


def _check_costs(context: Context) -> None:
    """A call that costs more than a limit ever allows can never be sent."""
    spec = context.spec
    limits = dict(spec.rate_limits)
    if spec.rate_limit is not None:
        limits["default"] = spec.rate_limit
    for name, action in spec.actions.items():
        cost = action.cost
        if not isinstance(cost, int):
            continue
        for limit in action.limit if action.limit is not None else ("default",):
            for rate in limits.get(limit, ()):
                most = max(rate.count, rate.burst or 0)
                if rate.is_points and cost > most:
                    message = f"a call costs {cost} points, and {quoted(limit)} has {most} at most"
                    context.at_value("cost-over-limit", ("actions", name, "cost"), message)


def _check_interval(context: Context) -> None:
    """A rate that the pause between calls keeps anyway."""
    spec = context.spec
    if spec.min_interval is None or spec.concurrency != 1 or spec.min_interval.seconds <= 0:
        return
    for number, rate in enumerate(spec.rate_limit or ()):
        if not rate.is_points and rate.span_seconds / spec.min_interval.seconds < rate.count:
            long: Path = ("rate_limit", number)
            said = quoted(f"{rate.count} in {rate.span_seconds:g} s")
            message = f"{said} never matters beside the pause between calls"
            where = long if context.tree_has(long) else ("rate_limit",)
            notes: list[tuple[Path, str]] = [(("min_interval",), "it lets fewer calls through")]
            context.at_value("redundant-rate", where, message, notes=notes)
