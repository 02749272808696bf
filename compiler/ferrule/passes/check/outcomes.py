"""Proves the errors of a connector or an action: outcomes, classes, codes, rules, places."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ferrule.diagnostics import Severity
from ferrule.forms.spec import OUTCOMES, Auth, Errors
from ferrule.forms.tree import Path
from ferrule.naming import ERROR_CLASSES
from ferrule.passes.check.answer_types import UNKNOWN
from ferrule.passes.check.answers import Answer, Answers
from ferrule.passes.check.conditions import check_condition
from ferrule.passes.check.context import Context, did_you_mean, listed, nearest, quoted
from ferrule.passes.check.names import client_classes
from ferrule.words import ast

_CLASS = re.compile(r"[A-Z][A-Za-z0-9]*")
_WAITS = ("retry", "limited")
_BASES = ("ConnectorError", "StatusError", "Exception", "BaseException", "Warning")


def check_errors(
    answers: Answers, errors: Errors, path: Path, *, answer: Answer, failed: Answer
) -> None:
    """Check an `errors` block.

    `answer` is what the answers that its rules see look like, `failed` what the bad ones look like.
    """
    context = answers.context
    for key in ("code", "message"):
        for number, matched in enumerate(getattr(errors, key) or ()):
            _check_place(answers, matched.place, (*path, key, number), failed)
    if errors.details is not None:
        _check_place(answers, errors.details.place.place, (*path, "details"), failed)
    if errors.request_id is not None:
        _check_place(answers, errors.request_id, (*path, "request_id"), failed)
    if errors.ok is not None:
        check_condition(answers, errors.ok, (*path, "ok"), answer)
        check_condition_places(context, errors.ok, (*path, "ok"))
    for number, rule in enumerate(errors.rules):
        where = (*path, "rules", number)
        check_condition(answers, rule.when, (*where, "when"), answer)
        check_condition_places(context, rule.when, (*where, "when"))
        _check_then(context, rule.then, (*where, "then"))
        _check_wait(answers, rule.wait, rule.then, (*where, "wait"), answer)
    _check_partial(answers, errors, path, answer)
    _check_reach(context, errors, path)
    _check_codes(answers, errors, path, answer)
    _check_statuses(answers, errors, path, answer)


def _check_partial(answers: Answers, errors: Errors, path: Path, answer: Answer) -> None:
    """What is read in one item of a list of results."""
    partial = errors.partial
    if partial is None:
        return
    where, item = (*path, "partial"), Answer(answer.item or UNKNOWN, "an item")
    if partial.items is not None:
        item = Answer(UNKNOWN, "an item")
        _check_place(answers, partial.items, (*where, "items"), answer)
    check_condition(answers, partial.failed, (*where, "failed"), item)
    check_condition_places(answers.context, partial.failed, (*where, "failed"))
    for key in ("code", "message"):
        for number, matched in enumerate(getattr(partial, key) or ()):
            _check_place(answers, matched.place, (*where, key, number), item)


def _check_place(answers: Answers, place: ast.AnswerPlace, path: Path, answer: Answer) -> None:
    if check_answer_place(answers.context, place, path):
        answers.prove(place, path, answer)


_KNOWN_IN = {
    "last": "in a paging",
    "link": "in a paging",
    "redirect": "in `capture` and `code` of `oauth2`, after a sign-in in a browser",
    "jwt": "in `expires_at` of a token",
}


def check_answer_place(
    context: Context, place: ast.AnswerPlace, path: Path, *, allowed: Iterable[str] = ()
) -> bool:
    """Whether a place exists where an answer is read outside of paging; what does not is told."""
    if place.root in _KNOWN_IN and place.root not in allowed:
        message = f"`{place.root}` is not known here; it is known {_KNOWN_IN[place.root]}"
        context.inside("place-not-here", path, place, message)
        return False
    if place.root == "jwt" and place.name != "exp":
        message = f"`jwt.{place.name}` is not read; what a token says of its end is `jwt.exp`"
        context.inside("place-not-here", path, place, message)
        return False
    return True


def check_condition_places(
    context: Context, condition: ast.Condition, path: Path, *, allowed: Iterable[str] = ()
) -> None:
    """The same for every place of a condition."""
    for operand in operands_of(condition):
        check_answer_place(context, operand.place, path, allowed=allowed)


def operands_of(condition: ast.Condition) -> Iterable[ast.Operand]:
    """Every place of a condition."""
    match condition:
        case ast.Not(condition=inner):
            yield from operands_of(inner)
        case ast.Both(conditions=several) | ast.Either(conditions=several):
            for each in several:
                yield from operands_of(each)
        case ast.Comparison(left=left, right=right):
            for side in (left, right):
                if isinstance(side, ast.Operand):
                    yield side


def _check_then(context: Context, then: str, path: Path, *, at_key: bool = False) -> None:
    tell = context.at_key if at_key else context.at_value
    if then in OUTCOMES:
        if then == "reauthenticate" and not can_renew(context):
            message = "nothing here can be renewed, so that this is the error Unauthorized"
            advice = "`oauth2` and `token` with `refresh` can be renewed"
            tell("cannot-reauthenticate", path, message, help=advice)
        return
    if _CLASS.fullmatch(then):
        _check_class(context, then, path, at_key)
    else:
        message = f"{quoted(then)} is neither an outcome nor the name of an error class"
        # A name of the author's that is a class is far from any outcome, however short that is.
        known = [
            each for each in (*OUTCOMES, *ERROR_CLASSES) if each[:1].lower() == then[:1].lower()
        ]
        # A limit was met: that is an outcome, and its class only says so without a wait.
        if "limit" in then.lower():
            known = ["limited"]
        advice = did_you_mean(then, known) or (
            f"an outcome is {listed(OUTCOMES)}; a class begins with upper case"
        )
        tell("unknown-outcome", path, message, help=advice)


def _check_class(context: Context, name: str, path: Path, at_key: bool) -> None:
    tell = context.at_key if at_key else context.at_value
    taken = client_classes(context) | dict.fromkeys(_BASES, "the base of errors")
    if name in taken:
        message = f"{quoted(name)} is {taken[name]}: an error cannot be called so"
        tell("name-clash", path, message)
    elif name in context.spec.models:
        message = f"{quoted(name)} is a model and an error"
        notes = [(("models", name), "the model")]
        tell("name-clash", path, message, notes=notes)
    elif name not in ERROR_CLASSES:
        near = nearest(name, ERROR_CLASSES)
        if near is not None and _is_slip(name, near):
            message = f"{quoted(name)} becomes an error class of its own"
            advice = did_you_mean(name, ERROR_CLASSES)
            tell("unknown-outcome", path, message, help=advice, severity=Severity.warning)


def _is_slip(name: str, near: str) -> bool:
    return abs(len(name) - len(near)) <= 1 and name[0] == near[0] and name.lower() != near.lower()


def can_renew(context: Context) -> bool:
    """Whether some kind of auth of the connector can be renewed."""
    spec = context.spec
    if not context.is_whole(("auth",)) or not context.is_whole(("auths",)):
        return True
    kinds = [*spec.auths.values(), *([spec.auth] if isinstance(spec.auth, Auth) else [])]
    return any(_renews(kind) for kind in kinds)


def _renews(auth: Auth) -> bool:
    inner = [*(auth.one_of or {}).values(), *(auth.all_of or ())]
    has_refresh = auth.token is not None and auth.token.refresh is not None
    own = has_refresh or bool(auth.oauth2 or auth.session or auth.digest)
    return own or any(_renews(kind) for kind in inner)


def _check_wait(
    answers: Answers, wait: ast.Wait | None, then: str, path: Path, answer: Answer
) -> None:
    if wait is None:
        return
    if then not in _WAITS and then in OUTCOMES:
        message = f"nothing is tried again after `{then}`, so that nothing waits"
        advice = "a wait goes with `limited` and `retry`"
        answers.context.at_key("wait-not-here", path, message, help=advice)
    for step in wait.steps:
        if step.place is not None:
            _check_place(answers, step.place.place, path, answer)


# --- codes and statuses ---


def _outcome_of(key: str, then: str | None) -> str:
    return then or key


def _check_key(context: Context, key: str, then: str | None, path: Path) -> None:
    _check_then(context, key, path, at_key=True)
    if then is not None:
        _check_then(context, then, (*path, "then"))


def _check_codes(answers: Answers, errors: Errors, path: Path, answer: Answer) -> None:
    context = answers.context
    first: dict[str, Path] = {}
    for key, outcome in errors.codes.items():
        where = (*path, "codes", key)
        _check_key(context, key, outcome.then, where)
        _check_wait(answers, outcome.wait, _outcome_of(key, outcome.then), (*where, "wait"), answer)
        for number, code in enumerate(outcome.codes):
            place = _entry(context, where, "codes", number)
            _tell_twice(context, first, str(code), place, "code")
    inherited = context.spec.errors
    has_places = errors.code or (inherited is not None and inherited.code)
    if errors.codes and not has_places and context.is_whole(("errors",)):
        message = "codes are listed, and nothing says where a code stands in an answer"
        advice = "add `code: $.error.code`, say"
        context.at_key("codes-without-code", (*path, "codes"), message, help=advice)


def _check_statuses(answers: Answers, errors: Errors, path: Path, answer: Answer) -> None:
    context = answers.context
    first: dict[str, Path] = {}
    for key, outcome in errors.statuses.items():
        where = (*path, "statuses", key)
        _check_key(context, key, outcome.then, where)
        _check_wait(answers, outcome.wait, _outcome_of(key, outcome.then), (*where, "wait"), answer)
        for number, status in enumerate(outcome.statuses):
            place = _entry(context, where, "statuses", number)
            if not 100 <= status <= 599:
                context.at_value("out-of-range", place, f"{status} is not an HTTP status")
            _tell_twice(context, first, str(status), place, "status")


def _entry(context: Context, path: Path, key: str, number: int) -> Path:
    long = (*path, key, number)
    return long if context.tree_has(long) else (*path, number)


def _tell_twice(context: Context, first: dict[str, Path], text: str, path: Path, what: str) -> None:
    earlier = first.setdefault(text, path)
    if earlier != path:
        message = f"the {what} {quoted(text)} stands twice"
        context.at_value("duplicate-code", path, message, notes=[(earlier, "the first")])


# --- reach ---


def _check_reach(context: Context, errors: Errors, path: Path) -> None:
    """A rule behind one that matches whenever it does. Decided for statuses and equality only."""
    earlier: list[tuple[int, dict[str, frozenset[str]]]] = []
    for number, rule in enumerate(errors.rules):
        facts = facts_of(rule.when)
        if facts is None:
            continue
        for first, wider in earlier:
            if all(place in facts and facts[place] <= wider[place] for place in wider):
                message = "this rule is never reached: an earlier one matches whenever it does"
                notes = [((*path, "rules", first), "the earlier rule")]
                where = (*path, "rules", number, "when")
                context.at_value("unreachable-rule", where, message, notes=notes)
                break
        else:
            earlier.append((number, facts))


def facts_of(condition: ast.Condition) -> dict[str, frozenset[str]] | None:
    """The values that a condition asks for at each place, where it is equalities and `and`."""
    if isinstance(condition, ast.Both):
        found: dict[str, frozenset[str]] = {}
        for each in condition.conditions:
            inner = facts_of(each)
            if inner is None or any(place in found for place in inner):
                return None
            found.update(inner)
        return found
    if not isinstance(condition, ast.Comparison) or condition.is_negated:
        return None
    if not isinstance(condition.left, ast.Operand):
        return None
    values: tuple[ast.Scalar, ...]
    if condition.operator == "==" and isinstance(condition.right, ast.Constant):
        values = (condition.right.value,)
    elif condition.operator == "in":
        values = tuple(choice.value for choice in condition.choices)
    else:
        return None
    # True is 1 in Python; in an answer it is not.
    return {key_of(condition.left): frozenset(f"{type(each).__name__} {each}" for each in values)}


def key_of(operand: ast.Operand) -> str:
    """What tells a place from others, and one reading of it from another."""
    place = operand.place
    text = place.path.text if place.path is not None else f"{place.name.lower()}{place.keys}"
    return f"{place.root} {text} {operand.as_word} {operand.function}"
