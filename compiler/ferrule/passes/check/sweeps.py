"""Proves actions that make several calls of one kind: fan-outs, windows, cut lists, items."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from ferrule.diagnostics import Replacement
from ferrule.forms.fanout import Source, needed_inputs, parameters_of, source_of
from ferrule.forms.shape import Shape
from ferrule.forms.spec import Action
from ferrule.forms.tree import Path
from ferrule.passes.check.answer_types import Sequence, Unknown
from ferrule.passes.check.answers import Answers
from ferrule.passes.check.context import Context, did_you_mean, listed, quoted
from ferrule.passes.check.outcomes import check_condition_places
from ferrule.passes.check.paging import effective_paging
from ferrule.passes.check.returns import returns_list
from ferrule.passes.check.scope import Scope, parts_of, type_of
from ferrule.passes.check.sites import declared
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.sweeps import Each, Items, Since


_MOMENTS = ("date", "datetime")
_MAY_BE_MOMENTS = (*_MOMENTS, "string", "text", "integer", "number", "any", "null")
_AGO = re.compile(r"-?(?P<count>[0-9]+) *(?P<unit>d|days?|h|hours?)(?: ago)?", re.IGNORECASE)


def check_sweep(scope: Scope, answers: Answers, action: Action, path: Path) -> None:
    """Check what makes one action several calls, and what becomes of its items."""
    context = answers.context
    given = [key for key in ("steps", "job", "each", "since", "split") if _has(action, key)]
    if len(given) > 1 and set(given) != {"steps", "job"}:
        message = f"{listed(given, 'and')} are given: an action makes several calls in one way"
        context.at_key("exactly-one", (*path, given[-1]), message)
        return
    if action.each is not None:
        _check_each(scope, answers, action, action.each, path)
    if action.since is not None:
        _check_since(scope, context, action, action.since, path)
    if action.split is not None:
        _check_split(answers, action, action.split, path)
    if action.items is not None:
        _check_items(answers, action, action.items, path)


def _has(action: Action, key: str) -> bool:
    return getattr(action, key) is not None


# --- each ---


def _check_each(scope: Scope, answers: Answers, action: Action, each: Each, path: Path) -> None:
    context, where = answers.context, (*path, "each")
    if not each.parameters:
        advice = "such as `each: {ticket_id: tickets.list.id}`"
        context.at_key("missing-key", where, "`each` names no parameter", help=advice)
        return
    known = {name: place for place, name, _ in parameters_of(action)}
    for name in each.parameters:
        if name not in known:
            message = f"{quoted(name)} is no parameter of the action"
            advice = did_you_mean(name, known) or "it stands in the path, the query or the body"
            context.at_key("undeclared-name", (*where, name), message, help=advice)
        elif each.batch is not None and not _takes_list(action, name):
            message = f"{quoted(name)} takes one value, and a batch is a list"
            context.at_key("list-expected", (*where, name), message, help="declare it `list(T)`")
    looked_up = [name for name, word in each.parameters.items() if not word.is_constant]
    if looked_up:
        _check_listed(scope, context, action, each, where)
    else:
        _check_parent(answers, action, each, where)


def _takes_list(action: Action, name: str) -> bool:
    for _, shape in declared(action):
        for _, wire, _, member in shape.members:
            if wire == name:
                return any(isinstance(part, ast.ListType) for part in parts_of(type_of(member)))
    return False


def _check_listed(scope: Scope, context: Context, action: Action, each: Each, path: Path) -> None:
    if len(each.parameters) > 1:
        name = list(each.parameters)[1]
        message = "a list that is looked up fills one parameter"
        context.at_key("exactly-one", (*path, name), message)
        return
    name, word = next(iter(each.parameters.items()))
    reference = word.parts[0] if len(word.parts) == 1 else None
    if not isinstance(reference, ast.Reference):
        message = f"{quoted(context.tree.raw_text((*path, name)))} is no list"
        advice = "write `${list}` alone, or a field of an action's items: `tickets.list.id`"
        context.at_value("list-expected", (*path, name), message, help=advice)
        return
    root = reference.names[0]
    setting = scope.settings.get(root)
    shape = action.input.get(root) or action.input.get(f"{root}?")
    type_ = setting.type if setting is not None else None if shape is None else type_of(shape)
    if type_ is not None and not isinstance(type_, ast.ListType):
        message = f"{quoted(root)} is not a list, so that there is nothing to go through"
        context.inside("list-expected", (*path, name), reference, message)


def _check_parent(answers: Answers, action: Action, each: Each, path: Path) -> None:
    context, actions = answers.context, answers.context.spec.actions
    first: tuple[str, Source] | None = None
    for name, word in each.parameters.items():
        source = source_of(word, actions)
        if source is None:
            text = "".join(map(str, word.parts))
            if text.rpartition(".")[0] in context.names("actions"):
                return  # it is there, and what is wrong with it has been told
            message = f"{quoted(text)} names no field of the items of an action"
            advice = did_you_mean(text.rpartition(".")[0], actions) or "such as `tickets.list.id`"
            context.at_value("undeclared-name", (*path, name), message, help=advice)
            return
        if first is not None and first[1].action != source.action:
            message = f"{quoted(source.action)} and {quoted(first[1].action)} are two actions"
            advice = "all values come from the items of one"
            notes = [((*path, first[0]), "the first")]
            context.at_value("exactly-one", (*path, name), message, help=advice, notes=notes)
            return
        first = first or (name, source)
        _check_field(answers, source, (*path, name))
    if first is not None:
        _check_needs(context, action, first[1].action, (*path, first[0]))


def _check_field(answers: Answers, source: Source, path: Path) -> None:
    context = answers.context
    parent = context.spec.actions[source.action]
    if not returns_list(parent.returns):
        message = f"{quoted(source.action)} does not return a list"
        context.at_value("list-expected", path, message)
        return
    several = [key for key in ("each", "since", "steps", "job", "split") if _has(parent, key)]
    if several:
        message = f"{quoted(source.action)} makes several calls itself (`{several[0]}`)"
        context.at_value("option-not-here", path, message, help="name an action of one request")
        return
    answer = answers.of_action(source.action, parent, pages=False)
    if answer.item is None or isinstance(answer.item, Unknown) or not source.way:
        return
    walked = answers.types.walk(answer.item, source.way)
    if walked.is_possible is False:
        message = f"the items of {quoted(source.action)} have no {quoted('.'.join(source.way))}"
        advice = did_you_mean(source.way[walked.step], walked.near)
        context.at_value("no-such-path", path, f"{message}: {walked.reason}", help=advice)
    elif isinstance(answers.types.expand(walked.type), Sequence):
        context.at_value("reference-not-text", path, "a list cannot fill one parameter")


def _check_needs(context: Context, action: Action, parent_name: str, path: Path) -> None:
    """What the other action needs is given under the same name."""
    parent = context.spec.actions[parent_name]
    given = {name for _, name, _ in parameters_of(action)} | {n for n, _ in needed_inputs(action)}
    given -= set(action.each.parameters if action.each is not None else ())
    for _, name, is_needed in parameters_of(parent):
        if is_needed and name not in given:
            message = f"{quoted(parent_name)} needs {quoted(name)}, which this action does not have"
            advice = f"add it: `input: {{{name}: string}}`"
            context.at_value("missing-key", path, message, help=advice)


# --- since ---


def _check_since(scope: Scope, context: Context, action: Action, since: Since, path: Path) -> None:
    where = (*path, "since")
    if not returns_list(action.returns):
        message = "`since` reads a list, and the action does not return one"
        context.at_key("list-expected", where, message, help="write `returns: list(T)`")
    known = {(place, name) for place, name, _ in parameters_of(action)}
    for key, place in (("into", since.into), ("until", since.until)):
        if place is None:
            continue
        name = place.keys[0] if place.keys else place.name
        if place.where == "path":
            message = "a moment does not go into the path"
            context.inside("place-not-here", (*where, key), place, message)
        elif (place.where, name) in known:
            message = f"{quoted(name)} is set by `since`: it is not declared as well"
            advice = "take the parameter out; callers say `since=` and `until=`"
            context.inside("option-not-here", (*where, key), place, message, help=advice)
    if since.as_ is not None:
        is_moment = isinstance(since.as_, ast.WordType) and since.as_.word in _MOMENTS
        if not is_moment:
            message = "a window has moments: `date`, `datetime`, `datetime(epoch)` …"
            context.at_value("bad-type", (*where, "as"), message)
    if since.start is not None:
        _check_start(scope, context, action, since.start, since, where)
    if since.step is not None and since.start is None:
        message = "windows of a `step` begin somewhere, and there is no `start`"
        advice = "such as `start: ${start_date}`, or `start: ${now - 365d}`"
        context.at_key("missing-key", (*where, "step"), message, help=advice)
    if since.step is not None and since.until is None:
        message = "windows of a `step` end somewhere, and there is no `until`"
        advice = "name the parameter of the end: `until: query.until`"
        context.at_key("missing-key", (*where, "step"), message, help=advice)


def _check_start(
    scope: Scope, context: Context, action: Action, start: ast.Template, since: Since, path: Path
) -> None:
    """What is read first is everything since a moment."""
    where, parts = (*path, "start"), start.parts
    if len(parts) == 1 and isinstance(parts[0], ast.Reference):
        reference = parts[0]
        type_ = _type_behind(scope, action, reference)
        if type_ is not None and not any(map(_may_be_moment, ast.members_of(type_))):
            message = f"{quoted(reference.names[0])} is no date, and reading begins at one"
            advice = "declare it as `date` or `datetime`"
            context.inside("bad-moment", where, reference, message, help=advice)
    elif all(isinstance(part, str) for part in parts):
        text = "".join(map(str, parts))
        if not _is_moment(text, since.as_):
            advice, fix = "write a date, such as `2024-01-31`, or `${now - 30d}`", None
            ago = _AGO.fullmatch(text.strip())
            if ago is not None:
                meant = f"${{now - {ago['count']}{ago['unit'][0].lower()}}}"
                advice = f"for what is younger than that, write `{meant}`"
                fix = Replacement(context.tree.value_span(where), f'"{meant}"')
            message = f"{quoted(text)} is no date and no time"
            context.at_value("bad-moment", where, message, help=advice, fix=fix)


def _type_behind(scope: Scope, action: Action, reference: ast.Reference) -> ast.TypeExpr | None:
    """The type of what a look-up finds as it is; None where that is not known."""
    if reference.filters or reference.fallback is not None or len(reference.names) > 1:
        return None
    root = reference.names[0]
    shape = action.input.get(root) or action.input.get(f"{root}?")
    setting = scope.settings.get(root)
    return type_of(shape) if shape is not None else None if setting is None else setting.type


def _may_be_moment(type_: ast.TypeExpr) -> bool:
    if isinstance(type_, ast.WordType):
        return type_.word in _MAY_BE_MOMENTS
    return not isinstance(type_, ast.ListType | ast.MapType)


def _is_moment(text: str, type_: ast.TypeExpr | None) -> bool:
    """Whether a text reads as a moment: ISO 8601, a date of HTTP, or what the type says."""
    form = type_.format if isinstance(type_, ast.WordType) else None
    from email.utils import parsedate_to_datetime

    reads: list[Callable[[str], object]] = [datetime.fromisoformat, parsedate_to_datetime]
    if form in ("epoch", "epoch_ms"):
        reads.append(float)
    elif form is not None and "%" in form:
        reads.append(lambda each: datetime.strptime(each, form))  # noqa: DTZ007 - only whether
    for read in reads:
        try:
            read(text.strip())
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return True
    return False


# --- split ---


def _check_split(answers: Answers, action: Action, split: ast.Split, path: Path) -> None:
    context, where, place = answers.context, (*path, "split"), split.place
    keys = place.keys if place.where == "body" else (place.name,)
    shape = action.body if place.where == "body" else action.query
    shape = shape or (action.optional_body if place.where == "body" else action.optional_query)
    found = _member(shape, keys)
    if shape is None or (shape.fields is not None and found is None):
        message = f"{quoted('.'.join(keys))} is no parameter of the action"
        context.inside("undeclared-name", where, place, message)
    elif found is not None and not any(
        isinstance(part, ast.ListType) for part in parts_of(type_of(found))
    ):
        message = f"{quoted('.'.join(keys))} is no list, so that nothing can be cut"
        context.inside("list-expected", where, place, message)
    returns = action.returns
    is_nothing = returns is None or (isinstance(returns, ast.Returns) and returns.type is None)
    if not is_nothing and not returns_list(returns) and split.merge is None:
        message = "what several calls give is joined, and this action does not return a list"
        advice = "write `returns: list(T) at …`, or none; one thing is put together by `merge id`"
        context.at_key("list-expected", where, message, help=advice)
    elif effective_paging(context, action, is_list=returns_list(returns)) is not None:
        message = "an action that pages makes its calls page by page, and cuts no list as well"
        advice = "write `paging: none` where one answer holds everything"
        context.at_key("option-not-here", where, message, help=advice)
    if split.merge is not None:
        _check_merge(answers, action, split.merge, where, is_nothing)


def _check_merge(answers: Answers, action: Action, name: str, path: Path, is_nothing: bool) -> None:
    """What is the same in the answers of all calls is told by a field of the items."""
    context, returns = answers.context, action.returns
    if is_nothing:
        message = "nothing is returned, so that nothing can be merged"
        context.at_value("option-not-here", path, message, help="leave `merge` out")
    if is_nothing or not isinstance(returns, ast.Returns):
        return
    found = answers.types.expand(answers.types.of_type(returns.type))
    item = found.item if isinstance(found, Sequence) else found
    walked = answers.types.walk(item, (name,))
    if walked.is_possible is False:
        message = f"what is returned has no {quoted(name)}: {walked.reason}"
        advice = did_you_mean(name, walked.near)
        context.at_value("no-such-path", path, message, help=advice)


def _member(shape: Shape | None, keys: tuple[str, ...]) -> Shape | None:
    for key in keys:
        members = {} if shape is None else {name: each for _, name, _, each in shape.members}
        shape = members.get(key)
    return shape


# --- items ---


def _check_items(answers: Answers, action: Action, items: Items, path: Path) -> None:
    context, where = answers.context, (*path, "items")
    returns = action.returns
    if not isinstance(returns, ast.Returns) or returns.type is None:
        message = "`items` shapes what an action returns, and it returns nothing of one shape"
        context.at_key("option-not-here", where, message)
        return
    if items.where is not None:
        check_condition_places(context, items.where, (*where, "where"))
        if not returns_list(returns):
            message = "a condition picks items of a list, and the action does not return one"
            context.at_key("list-expected", (*where, "where"), message)
    known = _fields(answers, returns)
    if known is None:
        return
    for key, names in (("derive", list(items.derive)), ("rename", list(items.rename.values()))):
        for number, name in enumerate(names):
            if name not in known:
                made = "derived" if key == "derive" else "renamed"
                message = f"{quoted(name)} is {made}, and what is returned has no such field"
                place = name if key == "derive" else list(items.rename)[number]
                tell = context.at_key if key == "derive" else context.at_value
                tell("no-such-path", (*where, key, place), message, help=did_you_mean(name, known))
    for number, name in enumerate(items.drop):
        if name in known:
            message = f"{quoted(name)} is dropped, and what is returned has this field"
            context.at_value("answer-conflict", (*where, "drop", number), message)


def _fields(answers: Answers, returns: ast.Returns) -> list[str] | None:
    """The fields of what is returned, where they are known."""
    type_ = answers.types.of_type(returns.type)
    expanded = answers.types.expand(type_)
    if isinstance(expanded, Sequence):
        expanded = answers.types.expand(expanded.item)
    fields = getattr(expanded, "fields", None)
    return None if fields is None or getattr(expanded, "is_open", True) else list(fields)
