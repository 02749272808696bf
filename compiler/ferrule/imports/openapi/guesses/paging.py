"""Guesses how lists go on, from parameters and fields of answers that belong together."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from ferrule.imports.openapi.drafts import ActionDraft, Result
from ferrule.imports.openapi.guesses.lists import ListPlace, is_whole_number, list_in, wrapped
from ferrule.imports.openapi.guesses.names import (
    AMBIGUOUS_OUT,
    BOTH_ARE_CURSORS,
    CURSOR_IN,
    CURSOR_OUT,
    LAST,
    MORE,
    OFFSET,
    PAGE,
    SIZE,
    TOTAL,
    URL_OUT,
)
from ferrule.imports.openapi.guesses.places import (
    Found,
    body_place,
    bounds_of,
    fields_of,
    plain,
    query_place,
    walk,
    word_of,
)
from ferrule.imports.openapi.settling import Settler
from ferrule.imports.openapi.types import Field, ListOf, Type, admits_null


class Guess(Struct):
    """A paging as a spec writes it, why it is believed, and the parameters that it takes over."""

    paging: dict[str, Any]
    why: str
    parameters: tuple[str, ...] = ()
    fields: tuple[Found, ...] = ()
    in_body: bool = False


_FROM_ONE = (
    "one-based",
    "1-based",
    "1-indexed",
    "starts at 1",
    "starting at 1",
    "starting from 1",
)
_USUAL_SIZE = 100
_OF_A_CURSOR = ("string", "uuid", "any", "integer", "bytes")


def guess_lists(settler: Settler, drafts: list[ActionDraft]) -> dict[int, Guess]:
    """Take lists out of what surrounds them; find how they go on, by the number of the draft."""
    found: dict[int, Guess] = {}
    for number, draft in enumerate(drafts):
        result = draft.results.get("")
        if result is None or result.type is None or result.stream or len(draft.results) != 1:
            continue
        nouns = _nouns(draft)
        place = list_in(settler, result.type, nouns)
        if place is None:
            unwrapped = wrapped(settler, result.type, nouns)
            if unwrapped is not None:
                draft.results = {"": Result(unwrapped[1], at=unwrapped[0])}
            continue
        # What may be null instead of a list is no page.
        may_page = _may_page(draft) and (bool(place.keys) or not admits_null(result.type))
        guess = _paging(settler, draft, result.type, place) if may_page else None
        if place.keys and (guess is not None or (place.is_alone and draft.is_reading)):
            type_: Type = ListOf(place.item)
            draft.results = {"": Result(type_, at=place.place)}
        elif place.keys:
            guess = None
        if guess is not None:
            found[number] = guess
            for name in guess.parameters:
                (draft.query if not guess.in_body else {}).pop(name, None)
    return found


def _nouns(draft: ActionDraft) -> tuple[str, ...]:
    parts = draft.name.split(".")
    words = [part for part in parts[-2:] if part]
    return tuple(words) + tuple(draft.operation.tags[:1])


def _may_page(draft: ActionDraft) -> bool:
    """Reads, and searches that are posted."""
    if draft.operation.method == "get":
        return True
    verb = draft.name.rsplit(".", 1)[-1]
    return draft.operation.method == "post" and verb.split("_")[0] in (
        "search",
        "list",
        "query",
        "get",
    )


# --- one action


def _paging(settler: Settler, draft: ActionDraft, answer: Type, place: ListPlace) -> Guess | None:
    inputs, in_body = _inputs(settler, draft)
    if not inputs:
        return _by_header(draft, {}) or _by_url(settler, answer, place, inputs, in_body)
    outputs = [each for each in walk(settler, answer) if each.keys != place.keys]
    outputs = [
        each for each in outputs if each.keys[: len(place.keys)] != place.keys or not place.keys
    ]
    declared = _as_declared(draft, place)
    guess = (
        declared
        or _by_last(settler, inputs, in_body, outputs, place)
        or _by_cursor(inputs, in_body, outputs)
        or _by_url(settler, answer, place, inputs, in_body)
        or _by_header(draft, inputs)
        or _by_last_item(settler, inputs, in_body, outputs, place)
        or _by_page(inputs, in_body, outputs)
        or _by_token(inputs, in_body, outputs)
        or _by_offset(inputs, in_body, outputs)
    )
    if guess is None:
        return None
    _add_size(guess, inputs, in_body)
    _add_total(guess, outputs)
    guess.in_body = in_body
    return guess


def _inputs(settler: Settler, draft: ActionDraft) -> tuple[dict[str, Field], bool]:
    """The parameters that a walk can set: the query, or the body of a search."""
    if draft.operation.method == "get" or draft.body is None or draft.body.type is None:
        return draft.query, False
    fields = fields_of(settler, draft.body.type)
    if not _may_walk(fields) and _may_walk(draft.query):
        return draft.query, False
    return fields, True


def _may_walk(inputs: dict[str, Field]) -> bool:
    return any(_named(inputs, names) is not None for names in (CURSOR_IN, PAGE, OFFSET))


def _named(inputs: dict[str, Field], names: tuple[str, ...]) -> Field | None:
    for name in names:
        for each in inputs.values():
            if plain(each.name) == name:
                return each
    return None


def _target(name: str, in_body: bool) -> str:
    return body_place((name,)).replace("$", "body", 1) if in_body else query_place(name)


def _as_declared(draft: ActionDraft, place: ListPlace) -> Guess | None:
    """What some documents say outright (`x-ms-pageable`)."""
    given = draft.operation.node.child("x-ms-pageable")
    name = given.text("nextLinkName") if given is not None and given.is_map else None
    if not name or not place.keys or name not in place.beside:
        return None
    url = body_place((name,))
    return Guess({"next_url": url}, f"`x-ms-pageable` names `{name}`")


def _by_last(
    settler: Settler,
    inputs: dict[str, Field],
    in_body: bool,
    outputs: list[Found],
    place: ListPlace,
) -> Guess | None:
    """`starting_after` is the id of the last item."""
    after = _named(inputs, ("startingafter",))
    more = _one(outputs, MORE)
    items = fields_of(settler, place.item)
    if after is None or more is None or "id" not in items:
        return None
    paging = {
        "cursor": "last.id",
        "into": _target(after.name, in_body),
        "more": more.place,
    }
    why = f"requests take `{after.name}`, answers hold `{more.keys[-1]}`, items have an `id`"
    return Guess(paging, why, (after.name,), (more,))


def _by_last_item(
    settler: Settler,
    inputs: dict[str, Field],
    in_body: bool,
    outputs: list[Found],
    place: ListPlace,
) -> Guess | None:
    """`after` beside `before` is the id of the last item, where answers hold no cursor."""
    after, before = _named(inputs, ("after",)), _named(inputs, ("before",))
    more = _one(outputs, MORE)
    own = fields_of(settler, place.item).get("id")
    if after is None or before is None or more is None or own is None:
        return None
    if word_of(after.type) not in ("string", "any", word_of(own.type)):
        return None
    paging = {"cursor": "last.id", "into": _target(after.name, in_body), "more": more.place}
    why = f"requests take `{after.name}`, answers hold `{more.keys[-1]}`, items have an `id`"
    return Guess(paging, why, (after.name,), (more,))


def _one(outputs: list[Found], names: tuple[str, ...]) -> Found | None:
    """The first of the names that is there, the least deep first."""
    for name in names:
        for each in outputs:
            if each.name == name:
                return each
    return None


def _by_cursor(inputs: dict[str, Field], in_body: bool, outputs: list[Found]) -> Guess | None:
    fitting = {name: each for name, each in inputs.items() if word_of(each.type) in _OF_A_CURSOR}
    into = _twin(fitting, outputs) or _named(fitting, CURSOR_IN)
    cursor = _cursor(into, outputs) if into is not None else None
    if into is None or cursor is None:
        return None
    paging: dict[str, Any] = {"cursor": cursor.place, "into": _target(into.name, in_body)}
    why = f"answers hold `{'.'.join(cursor.keys)}`, requests take `{into.name}`"
    more = _one(outputs, MORE)
    used = [cursor]
    if more is not None and word_of(more.field.type) == "boolean":
        paging["more"] = more.place
        used.append(more)
    return Guess(paging, why, (into.name,), tuple(used))


def _twin(inputs: dict[str, Field], outputs: list[Found]) -> Field | None:
    """The parameter whose name an answer has too, alone or as the next one."""
    names = {each.name for each in outputs}
    for name in CURSOR_IN:
        found = _named(inputs, (name,)) if {name, f"next{name}"} & names else None
        if found is not None:
            return found
    return None


def _cursor(into: Field, outputs: list[Found]) -> Found | None:
    """The field of an answer that belongs to a parameter: its twin, or the next of a walk."""
    singles = [each for each in outputs if word_of(each.field.type) in _OF_A_CURSOR]
    twin = f"next{plain(into.name)}"
    for each in singles:
        if each.name == twin:
            return each
    for name in CURSOR_OUT:
        for each in singles:
            if each.name != name:
                continue
            if name in BOTH_ARE_CURSORS and _reads_as_url(each):
                continue
            if name == "after" and plain(into.name) not in ("after", "pageafter"):
                continue
            return each
    return None


def _reads_as_url(found: Found) -> bool:
    facts = found.field.facts
    doc = (facts.doc or "").lower()
    example = str(facts.example or "")
    is_url = word_of(found.field.type) == "url" or example.startswith(("http", "/"))
    return is_url or any(word in doc for word in ("url", "uri", "link", "href"))


def _by_url(
    settler: Settler, answer: Type, place: ListPlace, inputs: dict[str, Field], in_body: bool
) -> Guess | None:
    del in_body
    if not place.keys:
        return None
    outputs = list(walk(settler, answer))
    for each in outputs:
        kind = word_of(each.field.type)
        if kind not in ("string", "url", "any"):
            continue
        is_link = each.name == "next" and plain(each.keys[-2] if len(each.keys) > 1 else "") in (
            "links", "link", "paging", "pagination", "meta",
        )  # fmt: skip
        is_href = each.name == "href" and len(each.keys) > 1 and plain(each.keys[-2]) == "next"
        if (
            each.name in URL_OUT
            or is_href
            or (each.name in AMBIGUOUS_OUT and (_reads_as_url(each)))
            or (is_link and not inputs)
            or (is_link and _named(inputs, CURSOR_IN) is None)
        ):
            shown = ".".join(each.keys)
            return Guess({"next_url": each.place}, f"answers hold `{shown}`", (), (each,))
    return None


def _by_header(draft: ActionDraft, inputs: dict[str, Field]) -> Guess | None:
    """Answers with a `Link` header."""
    for response in draft.operation.responses:
        names = {name.lower() for name in response.headers} if response.is_success else set()
        if "link" in names:
            taken = _named(inputs, PAGE)
            parameters = (taken.name,) if taken is not None else ()
            return Guess({"link_header": "next"}, "answers have a `Link` header", parameters)
    return None


def _by_page(inputs: dict[str, Field], in_body: bool, outputs: list[Found]) -> Guess | None:
    page = _named(inputs, PAGE)
    if page is None or not is_whole_number(page):
        return None
    paging: dict[str, Any] = {"page": _target(page.name, in_body)}
    start = _start(page)
    if start == 0:
        paging["start"] = 0
    guess = Guess(paging, f"requests take the number `{page.name}`", (page.name,))
    _add_more(guess, outputs)
    return guess


def _start(page: Field) -> int:
    """The number of the first page."""
    low, _ = bounds_of(page.type)
    default = page.facts.default if page.facts.has_default else None
    doc = (page.facts.doc or "").lower()
    says_zero = any(
        word in doc
        for word in (
            "zero-based",
            "zero based",
            "0-based",
            "starts at 0",
            "starting at 0",
            "starting from 0",
            "0-indexed",
        )
    )
    if default == 0 or says_zero or (low == 0 and default is None):
        return 0
    return 1


def _counts_from_one(offset: Field) -> bool:
    """Whether the first item has the number 1, as in SCIM."""
    low, _ = bounds_of(offset.type)
    default = offset.facts.default if offset.facts.has_default else None
    doc = (offset.facts.doc or "").lower()
    says_one = any(word in doc for word in _FROM_ONE)
    return low != 0 and default != 0 and (low == 1 or default == 1 or says_one)


def _by_token(inputs: dict[str, Field], in_body: bool, outputs: list[Found]) -> Guess | None:
    """An `offset` that is no number, but a text that an answer gave: `next_page.offset`."""
    offset = _named(inputs, ("offset",))
    if offset is None or word_of(offset.type) != "string":
        return None
    for each in outputs:
        outer = plain(each.keys[-2]) if len(each.keys) > 1 else ""
        if each.name == "nextoffset" or (each.name == "offset" and outer.startswith("next")):
            paging = {"cursor": each.place, "into": _target(offset.name, in_body)}
            why = f"answers hold `{'.'.join(each.keys)}`, requests take `{offset.name}`"
            return Guess(paging, why, (offset.name,), (each,))
    return None


def _by_offset(inputs: dict[str, Field], in_body: bool, outputs: list[Found]) -> Guess | None:
    offset, size = _named(inputs, OFFSET), _named(inputs, SIZE)
    if offset is None or size is None or offset is size:
        return None
    if not is_whole_number(offset) or not is_whole_number(size):
        return None
    guess = Guess(
        {"offset": _target(offset.name, in_body)},
        f"requests take the numbers `{offset.name}` and `{size.name}`",
        (offset.name,),
    )
    if _counts_from_one(offset):
        guess.paging["start"] = 1
    _add_more(guess, outputs)
    return guess


def _add_more(guess: Guess, outputs: list[Found]) -> None:
    # An answer that does not say that it is not the last one ends the walk.
    for names, condition in ((MORE, "{}"), (LAST, "{} == false")):
        found = _one(outputs, names)
        if found is not None and word_of(found.field.type) == "boolean":
            guess.paging["more"] = condition.format(found.place)
            guess.fields = (*guess.fields, found)
            return


def _add_size(guess: Guess, inputs: dict[str, Field], in_body: bool) -> None:
    size = _named(inputs, SIZE)
    if size is None or not is_whole_number(size) or size.name in guess.parameters:
        return
    made: dict[str, Any] = {"in": _target(size.name, in_body)}
    _, most = bounds_of(size.type)
    default = size.facts.default if size.facts.has_default else None
    is_count = isinstance(default, int) and not isinstance(default, bool)
    if is_count and 0 < int(default or 0) <= (int(default or 0) if most is None else most):
        made["default"] = default
    elif not size.is_optional:
        made["default"] = min(most or _USUAL_SIZE, _USUAL_SIZE)  # the service demands one
    if most is not None and most > 0:
        made["max"] = most
    guess.paging["size"] = made["in"] if len(made) == 1 else made
    guess.parameters = (*guess.parameters, size.name)


def _add_total(guess: Guess, outputs: list[Found]) -> None:
    found = _one([each for each in outputs if word_of(each.field.type) == "integer"], TOTAL)
    if found is not None:
        guess.paging["total"] = found.place
        guess.fields = (*guess.fields, found)
