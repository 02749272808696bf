"""Finds the list in an answer, and the one thing that an answer is wrapped around."""

from __future__ import annotations

from msgspec import Struct

from ferrule.imports.openapi.english import singular, snake
from ferrule.imports.openapi.guesses.places import body_place, fields_of, plain, word_of
from ferrule.imports.openapi.settling import Settler
from ferrule.imports.openapi.types import (
    ANY,
    Field,
    ListOf,
    MapOf,
    Object,
    Ref,
    Tagged,
    Type,
    without_null,
)
from ferrule.imports.openapi.word_sets import words

# Where lists stand in answers, the most telling name first.
_LIST_NAMES = (
    "data", "items", "results", "result", "values", "value", "records", "entries", "entities",
    "objects", "content", "contents", "elements", "rows", "list", "hits", "resources", "members",
    "collection", "nodes", "edges",
)  # fmt: skip
_ABOUT_THE_LIST = words("""
    meta metadata paging pagination pager pageinfo pagecontext responsemetadata links link
    cursor cursors next previous prev first last self nextpage previouspage prevpage
    nextcursor previouscursor prevcursor nextpagetoken previouspagetoken nexttoken prevtoken
    pagetoken nexturl previousurl prevurl nextlink nextpageurl nextpageuri previouspageuri
    firstpageuri lastpageuri uri url href hasmore hasnext hasprevious hasprev hasnextpage more
    moreitems count counts total totalcount totalitems totalresults totalrecords totalpages
    totalelements numfound size limit offset skip start startat startindex page pages
    pagenumber pagesize pagecount perpage maxresults islast isfirst lastpage firstpage
    numberofelements sort sorted empty pageable kind etag object type success ok status
    statuscode code message requestid resultsetsize resultset endposition startposition
    nexturi previousuri incompleteresults warnings timestamp took time duration itemsperpage
    schemas query continuationtoken marker nextmarker bookmark scrollid expand nextpagenumber
    previouspagenumber prevpagenumber haspreviouspage hasprevpage
    """)
_WRAPPERS = ("response", "result", "results", "envelope", "wrapper", "reply", "output", "body")


class ListPlace(Struct, frozen=True):
    """The list in an answer: its items, the way to it, and what stands beside it."""

    item: Type
    keys: tuple[str, ...]
    beside: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The way as a spec writes it; empty where the answer is the list."""
        return body_place(self.keys) if self.keys else ""

    @property
    def is_alone(self) -> bool:
        """Whether all that stands beside it is about the list."""
        return all(plain(name) in _ABOUT_THE_LIST for name in self.beside)


def list_in(settler: Settler, type_: Type, nouns: tuple[str, ...]) -> ListPlace | None:
    """The list that an answer is or holds; None where there is none, or no telling which.

    `nouns` are names that the list may have: those of the resource.
    """
    bare = without_null(type_)
    if isinstance(bare, ListOf):
        return ListPlace(bare.item, ())
    fields = fields_of(settler, bare)
    found = _list_field(fields, nouns)
    if found is not None:
        return ListPlace(found[1], (found[0],), tuple(name for name in fields if name != found[0]))
    for outer in ("data", "result", "response", "_embedded", "list"):
        field = fields.get(outer)
        inner = fields_of(settler, field.type) if field is not None else {}
        found = _list_field(inner, nouns)
        if found is not None:
            beside = [name for name in (*fields, *inner) if name not in (outer, found[0])]
            return ListPlace(found[1], (outer, found[0]), tuple(beside))
    return None


def _list_field(fields: dict[str, Field], nouns: tuple[str, ...]) -> tuple[str, Type] | None:
    lists = {
        name: inner.item
        for name, field in fields.items()
        if isinstance(inner := without_null(field.type), ListOf)
        and plain(name) not in ("errors", "warnings", "links")
    }
    if not lists:
        return None
    wanted = {singular(snake(noun)) for noun in nouns}
    for name, item in lists.items():
        if singular(snake(name)) in wanted:
            return name, item
    for known in _LIST_NAMES:
        for name, item in lists.items():
            if plain(name) == known:
                return name, item
    if len(lists) == 1:
        name, item = next(iter(lists.items()))
        others = [each for each in fields if each != name]
        is_about_it = others and all(plain(each) in _ABOUT_THE_LIST for each in others)
        return (name, item) if is_about_it else None
    return None


def reads_as_list(properties: dict[str, object], nouns: frozenset[str]) -> bool:
    """Whether an object is what surrounds one list, at a glance at its schema."""
    lists = [
        name
        for name, each in properties.items()
        if isinstance(each, dict) and each.get("type") == "array"
    ]
    if len(lists) != 1:
        return False
    (name,) = lists
    if plain(name) in _LIST_NAMES or singular(snake(name)) in nouns:
        return True
    return all(plain(each) in _ABOUT_THE_LIST for each in properties if each != name)


def wrapped(settler: Settler, type_: Type, nouns: tuple[str, ...]) -> tuple[str, Type] | None:
    """The one object that an answer is wrapped around, and the way to it."""
    bare = without_null(type_)
    found = settler.object_of(bare)
    if found is None or found.rest is not None:
        return None
    fields = fields_of(settler, bare)
    if len(fields) != 1:
        return None
    name, field = next(iter(fields.items()))
    inner = without_null(field.type)
    if field.is_optional or not isinstance(inner, Object | Ref | Tagged | ListOf | MapOf):
        return None
    if isinstance(inner, MapOf) and inner.value == ANY:
        return None
    wanted = {singular(snake(noun)) for noun in nouns} | {"data", "result", "item"}
    if singular(snake(name)) not in wanted and not _is_wrapper(settler, bare):
        return None
    return body_place((name,)), field.type


def _is_wrapper(settler: Settler, type_: Type) -> bool:
    if isinstance(type_, Object):
        return True
    if isinstance(type_, Ref):
        component = settler.schemas.components.get(type_.key)
        words = snake(component.name).split("_") if component is not None else [""]
        return words[-1] in _WRAPPERS
    return False


def is_whole_number(field: Field) -> bool:
    """Whether a parameter is a whole number; a plain number counts too."""
    return word_of(field.type) in ("integer", "number")
