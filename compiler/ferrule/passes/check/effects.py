"""Tells where a call that had an effect would be sent again."""

from __future__ import annotations

from collections.abc import Iterator

from ferrule.forms.spec import Action, Errors
from ferrule.forms.tree import Path
from ferrule.passes.check.context import Context, quoted
from ferrule.words import ast

_EFFECTS = frozenset(
    (
        *("add", "append", "approve", "assign", "book", "buy", "cancel", "capture", "charge"),
        *("confirm", "create", "decrement", "deposit", "duplicate", "increment", "insert"),
        *("invite", "issue", "new", "order", "pay", "place", "post", "publish", "purchase"),
        *("refund", "reply", "send", "share", "submit", "transfer", "trigger", "withdraw"),
    )
)
"""Verbs after which a second call does something a second time."""

# A server that says this may have done the work all the same.
_MAY_HAVE_HAPPENED = frozenset((500, 502, 504, 520, 522, 524))


def check_effects(context: Context) -> None:
    """Check what an author says about repeating calls."""
    spec = context.spec
    for name, action in spec.actions.items():
        _check_safe(context, name, action)
    repeated = [
        name
        for name, action in spec.actions.items()
        if (action.post or action.patch) is not None
        and action.replay != "safe"
        and (action.idempotency_key or spec.idempotency_key) is None
    ]
    if spec.errors is not None and repeated:
        _check_limited(context, spec.errors, ("errors",), repeated[0])
    for name in repeated:
        own = spec.actions[name].errors
        if own is not None:
            _check_limited(context, own, ("actions", name, "errors"), name)


def _check_safe(context: Context, name: str, action: Action) -> None:
    if action.replay != "safe" or (action.post or action.patch) is None:
        return
    verb = name.rpartition(".")[2].partition("_")[0]
    if verb in _EFFECTS:
        message = f"{quoted(name)} would be sent again after a fault, and {verb} a second time"
        advice = "`idempotency_key: header.Idempotency-Key` lets the service know a repeated call"
        where = ("actions", name, "replay")
        context.at_value("repeated-effect", where, message, help=advice)


def _check_limited(context: Context, errors: Errors, path: Path, name: str) -> None:
    for number, rule in enumerate(errors.rules):
        found = sorted(set(_statuses(rule.when)) & _MAY_HAVE_HAPPENED)
        if rule.then == "limited" and found:
            _tell(context, (*path, "rules", number, "then"), found[0], name)
    for key, outcome in errors.statuses.items():
        found = sorted(set(outcome.statuses) & _MAY_HAVE_HAPPENED)
        if (outcome.then or key) == "limited" and found:
            _tell(context, (*path, "statuses", key), found[0], name)


def _tell(context: Context, path: Path, status: int, name: str) -> None:
    message = (
        f"`limited` says that the call did not happen; after a {status} it may have, "
        f"and {quoted(name)} would be sent again"
    )
    advice = "write `retry`: it repeats only what may be repeated"
    tell = context.at_value if path[-1] == "then" else context.at_key
    tell("repeated-effect", path, message, help=advice)


def _statuses(condition: ast.Condition) -> Iterator[int]:
    """The statuses that a condition asks for by itself, where it holds no alternative."""
    if isinstance(condition, ast.Both):
        for each in condition.conditions:
            yield from _statuses(each)
        return
    if not isinstance(condition, ast.Comparison) or condition.is_negated:
        return
    left = condition.left
    if not isinstance(left, ast.Operand) or left.place.root != "status":
        return
    if condition.operator not in ("==", "in"):
        return
    for choice in (condition.right, *condition.choices):
        if isinstance(choice, ast.Constant) and isinstance(choice.value, int):
            yield choice.value
