"""Proves pagings: one complete style, places that exist, walks that can end, lists."""

from __future__ import annotations

from ferrule.diagnostics import near
from ferrule.forms.inheriting import PAGING_STYLES, default_paging, merged_paging
from ferrule.forms.spec import Action, Paging
from ferrule.forms.tree import Path
from ferrule.passes.check.answers import Answer, Answers
from ferrule.passes.check.conditions import check_condition
from ferrule.passes.check.context import Context, did_you_mean, listed, quoted
from ferrule.passes.check.outcomes import check_answer_place, check_condition_places
from ferrule.passes.check.returns import returns_hidden_list
from ferrule.words import WordError, ast, parse_request_place

_LOOKS_LIKE_PAGING = frozenset(
    {
        "after",
        "cursor",
        "next_cursor",
        "next_token",
        "offset",
        "page",
        "page_number",
        "page_token",
        "pagetoken",
        "start_cursor",
        "starting_after",
    }
)
_IN_PAGING = ("last", "link")


def effective_paging(
    context: Context, action: Action, *, is_list: bool
) -> tuple[Paging, Path] | None:
    """The paging of an action, and where it stands: its own over the one it names or inherits."""
    own, spec = action.paging, context.spec
    default = default_paging(spec)
    inherited: tuple[Paging, Path] | None = None
    if default is not None:
        inherited = (default, ("pagings", "default") if spec.paging is None else ("paging",))
    if isinstance(own, str):
        if own in spec.pagings:
            return spec.pagings[own], ("pagings", own)
        return inherited if own == "default" else None
    if own is None:
        return inherited if is_list and action.is_reading else None
    return merged_paging(default, own), ("",)


# --- a paging by itself ---


def check_pagings(context: Context) -> None:
    """Check the pagings of the connector by themselves."""
    spec = context.spec
    if isinstance(spec.paging, Paging):
        check_style(context, spec.paging, ("paging",))
        if "default" in spec.pagings:
            message = "`paging` and `pagings.default` are both the default"
            notes = [(("pagings", "default"), "the other")]
            context.at_key("exactly-one", ("paging",), message, notes=notes)
    for name, paging in spec.pagings.items():
        check_style(context, paging, ("pagings", name))


def check_style(context: Context, paging: Paging, path: Path) -> None:
    """Check that the keys of a whole paging are of one style, and complete."""
    if not context.is_whole(path):
        return
    given = [style for style in PAGING_STYLES if getattr(paging, style) is not None]
    has_targets = isinstance(paging.into, dict)
    if has_targets:
        given.append("into")
    if len(given) > 1:
        message = f"{listed(given, 'and')} are styles of their own: a paging has one"
        notes = [((*path, given[0]), "the first")]
        context.at_key("paging-style", (*path, given[1]), message, notes=notes)
    elif not given:
        message = "a paging needs a style"
        context.at_key("paging-style", path, message, help=f"one of {listed(PAGING_STYLES)}")
    elif given == ["cursor"] and paging.into is None:
        message = "the cursor is taken from the answer and put nowhere"
        context.at_key("paging-style", (*path, "cursor"), message, help="add `into: query.cursor`")
    elif paging.into is not None and given not in (["cursor"], ["into"]):
        message = f"`into` means nothing beside `{given[0]}`"
        context.at_key("paging-style", (*path, "into"), message, help="it goes with `cursor`")
    if paging.start is not None and not (paging.page or paging.offset):
        message = "`start` is the first page or offset, and this paging has neither"
        context.at_key("paging-style", (*path, "start"), message)
    _check_size(context, paging, path)
    _check_targets(context, paging, path)


def _check_size(context: Context, paging: Paging, path: Path) -> None:
    size = paging.size
    if size is not None and size.in_ is None:
        message = "`size` needs `in`, the parameter that sets it"
        context.at_key("missing-key", (*path, "size"), message, help="add `in: query.limit`, say")
    if size is None or size.default is None or size.max is None or size.default <= size.max:
        return
    message = f"the default page size {size.default} is more than the greatest, {size.max}"
    context.at_value("out-of-range", (*path, "size", "default"), message)


def _check_targets(context: Context, paging: Paging, path: Path) -> None:
    if not isinstance(paging.into, dict):
        return
    for target, place in paging.into.items():
        where = (*path, "into", target)
        try:
            parse_request_place(target)
        except WordError as error:
            advice = error.help or did_you_mean(error.met or "", error.candidates)
            context.inside_key(
                "bad-place", where, error.start, error.end, error.message, help=advice
            )
        check_answer_place(context, place, where, allowed=_IN_PAGING)


# --- the paging of an action ---


def _written(name: str) -> str | None:
    """How a paging is written out, where a style or a place stands for its name."""
    if name.startswith(("$", "header.", "link.")):
        return f"write the style: `paging: {{next_url: {name}}}`, or `cursor` with `into`"
    style = near(name, PAGING_STYLES)
    return None if style is None else f"write it out: `paging: {{{style}: …}}`"


def check_action_paging(
    answers: Answers,
    action: Action,
    path: Path,
    found: tuple[Paging, Path] | None,
    *,
    is_list: bool,
    answer: Answer,
    uses: set[str],
) -> None:
    """Check how an action pages: that it returns a list, and the places in its answers.

    `uses` takes the names of pagings that it refers to.
    """
    uses.add(action.paging if isinstance(action.paging, str) else "default")
    context, own = answers.context, action.paging
    where = (*path, "paging")
    if isinstance(own, str) and own not in ("none", "default", *context.names("pagings")):
        uses.add(
            context.tell_undeclared("paging", own, context.names("pagings"), where, _written(own))
        )
        return
    if own == "default" and found is None and not context.names("pagings"):
        message = "there is no default paging"
        context.at_value("undeclared-name", where, message, help="declare it: `paging: …`")
        return
    if found is None:
        _check_left_out(answers, action, path, is_list)
        return
    paging, home = found
    if home == ("",):
        home = where
        check_style(context, paging, where)
    if own is not None and not is_list and context.is_whole((*path, "returns")):
        message = "only a list comes in pages, and this action does not return one"
        context.at_key("paging-not-a-list", where, message, help="write `returns: list(T) at …`")
        return
    _check_places(answers, paging, home, where, answer)
    _check_requests(context, action, paging, home, path)
    _check_end(answers, paging, home, where, answer)


def _home(context: Context, home: Path, own: Path, key: str) -> Path:
    """Where a key of a merged paging stands: in the action, else in what it inherits."""
    if context.tree_has((*own, key)):
        return (*own, key)
    if home != own:
        return (*home, key)
    inherited: Path = ("pagings", "default") if context.tree_has(("pagings", "default")) else ()
    return (*(inherited or ("paging",)), key)


def _check_places(answers: Answers, paging: Paging, home: Path, own: Path, answer: Answer) -> None:
    context = answers.context
    for key in ("cursor", "next_url", "total"):
        place: ast.AnswerPlace | None = getattr(paging, key)
        if place is not None:
            where = _home(context, home, own, key)
            if check_answer_place(context, place, where, allowed=_IN_PAGING):
                answers.prove(place, where, answer)
    if isinstance(paging.into, dict):
        for target, place in paging.into.items():
            answers.prove(place, (*_home(context, home, own, "into"), target), answer)
    if paging.more is not None:
        where = _home(context, home, own, "more")
        check_condition_places(context, paging.more, where, allowed=_IN_PAGING)
        check_condition(answers, paging.more, where, answer)


def _check_requests(
    context: Context, action: Action, paging: Paging, home: Path, path: Path
) -> None:
    """The places that a paging writes to must be there in the requests of the action."""
    own = (*path, "paging")
    written: list[tuple[str, ast.RequestPlace]] = []
    for key in ("page", "offset", "into"):
        place = getattr(paging, key)
        if isinstance(place, ast.RequestPlace):
            written.append((key, place))
    if paging.size is not None and paging.size.in_ is not None:
        written.append(("size", paging.size.in_))
        _check_declared_size(context, action, paging.size.in_, path)
    for key, place in written:
        where = _home(context, home, own, key)
        if place.where == "body" and (action.get is not None or action.head is not None):
            message = f"{quoted(path[1])} has no body to put this into"
            context.at_value("place-not-here", where, message)
        elif place.where == "path" and not _has_path_parameter(action, place.name):
            message = f"the path of {quoted(path[1])} has no `{{{place.name}}}`"
            context.at_value("place-not-here", where, message)


def _has_path_parameter(action: Action, name: str) -> bool:
    for method in ("get", "post", "put", "patch", "delete"):
        target = getattr(action, method)
        for part in target.parts if target is not None else ():
            if isinstance(part, ast.PathParam) and part.name == name:
                return True
    return False


def _check_declared_size(
    context: Context, action: Action, place: ast.RequestPlace, path: Path
) -> None:
    if place.where != "query" or action.query is None:
        return
    for key, name, _, _ in action.query.members:
        if name == place.name:
            message = f"{quoted(name)} is the page size, which the paging declares already"
            advice = "the caller gives it as `page_size`"
            context.at_key("paging-parameter", (*path, "query", key), message, help=advice)


def _check_end(answers: Answers, paging: Paging, home: Path, own: Path, answer: Answer) -> None:
    for key in ("cursor", "next_url"):
        place: ast.AnswerPlace | None = getattr(paging, key)
        if place is None or place.root != "body" or paging.more is not None:
            continue
        walked = answers.look(place, answer)
        kinds = answers.types.kinds(walked.type) if walked.is_possible else None
        if kinds is None or walked.may_be_absent or "null" in kinds:
            continue
        where = _home(answers.context, home, own, key)
        message = "this place is declared to hold something always, so that a walk never ends"
        advice = "say when there is more (`more:`), or declare that it can be null or left out"
        answers.context.at_value("endless-paging", where, message, help=advice)


def _check_left_out(answers: Answers, action: Action, path: Path, is_list: bool) -> None:
    """A list that does not page and looks as if it should: the caller has to walk by hand."""
    context, spec = answers.context, answers.context.spec
    if action.paging == "none":
        return
    inherits = isinstance(spec.paging, Paging) or "default" in spec.pagings
    if inherits and action.get is not None and returns_hidden_list(action.returns, answers.types):
        message = "this is a list, and not written as one: it does not come in pages"
        advice = "write `list(T)`, or `paging: none` where that is meant"
        context.at_value("list-without-paging", (*path, "returns"), message, help=advice)
    if not is_list or action.query is None:
        return
    for key, name, _, _ in action.query.members:
        if name.lower().replace("-", "_") in _LOOKS_LIKE_PAGING:
            message = f"the list takes {quoted(name)}, and nothing says how it comes in pages"
            advice = "add `paging:`, or `paging: none` where that is meant"
            context.at_key("list-without-paging", (*path, "query", key), message, help=advice)
            return
