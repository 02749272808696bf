"""Paths of operations cut up for naming: what is a word, what is a parameter, what says nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct, field

from ferrule.imports.openapi.api import Operation
from ferrule.imports.openapi.english import API_WORDS, is_number, is_version, snake

_GAP = re.compile(r"\{([^{}]*)\}")
_SUFFIX = re.compile(r"\.(json|xml|html?|csv|ya?ml|php|aspx?|do|action)$", re.IGNORECASE)
_MOST_SHARED_PREFIX = 3
_SHARED_PAIR = 0.8

PARAM = "{}"


class Route(Struct):
    """An operation as naming sees it.

    `parts` are words in snake_case and `{}` for parameters; `params` are the parameters' names.
    `dropped` are words that were left out, for telling twins apart; `verb` stood behind a colon.
    `procedure` are the words of what `#…` or `?…` calls where a service has one path for all.
    """

    operation: Operation
    parts: list[str]
    params: list[str]
    versions: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    fragment: list[str] = field(default_factory=list)
    verb: str = ""
    procedure: list[str] = field(default_factory=list)
    ends_with_slash: bool = False
    returns_list: bool = False
    pages: bool = False
    resource: tuple[str, ...] = ()
    method: str = ""

    @property
    def words(self) -> list[str]:
        """The parts that are no parameters."""
        return [part for part in self.parts if part != PARAM]

    @property
    def node(self) -> tuple[str, ...]:
        """The place in the tree of paths."""
        return tuple(self.parts)

    @property
    def name(self) -> tuple[str, ...]:
        """The name as it is so far."""
        return (*self.resource, self.method)


def route_of(operation: Operation) -> Route:
    """A path cut up; versions and words such as `api` are set aside."""
    path, _, fragment = operation.path.partition("#")
    path, _, query = path.partition("?")
    route = Route(operation, [], [])
    route.ends_with_slash = path.endswith("/") and len(path) > 1
    route.fragment = [word for word in re.split(r"[^A-Za-z0-9]+", fragment) if word]
    behind_api = True
    for number, raw in enumerate(filter(None, path.split("/"))):
        segment, colon, verb = raw, "", ""
        if ":" in raw and not _GAP.search(raw.rpartition(":")[2]):
            segment, colon, verb = raw.rpartition(":")
        if colon:
            route.verb = snake(verb)
        gaps = _GAP.findall(segment)
        literal = _SUFFIX.sub("", _GAP.sub("", segment))
        lower = literal.lower()
        if not gaps and lower in API_WORDS and (number == 0 or behind_api):
            route.dropped.append(snake(lower))
            continue
        if not gaps and (is_version(literal) or (behind_api and number and is_number(literal))):
            route.versions.append(snake(literal))
            continue
        behind_api = False
        word = snake(literal.replace("(", "_").replace(")", "_"))
        if word and not (gaps and len(word) < 2):
            route.parts.append(word)
        for gap in gaps:
            route.parts.append(PARAM)
            route.params.append(snake(gap) or "value")
    if not route.words and route.dropped[-1:] == ["services"]:
        route.parts.insert(0, route.dropped.pop())  # it is what the operation is about
    if not route.parts and (fragment or query):
        # `#X-Amz-Target=Service.CreateThing`, `?Action=CreateThing&Version=…`
        called = re.split(r"[=.]", (fragment or query).split("&")[0])[-1]
        route.procedure = snake(called).split("_")
    return route


def without_shared_beginnings(routes: Sequence[Route]) -> None:
    """Cut what (nearly) all paths begin with, so that it stands in no name."""
    for _ in range(_MOST_SHARED_PREFIX):
        firsts = {tuple(route.parts[:1]) for route in routes}
        if len(firsts) != 1 or len(routes) < 2:
            break
        if not all(len([p for p in route.parts[1:] if p != PARAM]) >= 1 for route in routes):
            break
        for route in routes:
            _drop_first(route)
    _cut_shared_pair(routes)


def _drop_first(route: Route) -> None:
    first = route.parts.pop(0)
    if first == PARAM:
        route.dropped.append(route.params.pop(0))
    else:
        route.dropped.append(first)


def _cut_shared_pair(routes: Sequence[Route]) -> None:
    """`/accounts/{account_id}/…`, where four of five operations begin so."""
    pairs = Counter(
        route.parts[0]
        for route in routes
        if route.parts[1:2] == [PARAM] and any(part != PARAM for part in route.parts[2:])
    )
    if not pairs:
        return
    first, count = pairs.most_common(1)[0]
    if len(routes) < 5 or count < _SHARED_PAIR * len(routes):
        return
    for route in routes:
        has_more = any(part != PARAM for part in route.parts[2:])
        if route.parts[:2] == [first, PARAM] and has_more:
            del route.parts[:2]
            route.dropped += [first]
            route.params.pop(0)


class Tree(Struct):
    """All paths together: which methods a place answers, and what lies below it."""

    methods: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    below: dict[tuple[str, ...], set[str]] = field(default_factory=dict)

    def add(self, route: Route) -> None:
        """Take one operation in."""
        node = route.node
        self.methods.setdefault(node, set()).add(route.operation.method)
        if route.verb:
            return
        for size in range(len(node)):
            self.below.setdefault(node[:size], set()).add(node[size])

    def has_item(self, node: tuple[str, ...]) -> bool:
        """Whether a parameter follows: what is here is a collection."""
        return PARAM in self.below.get(node, ())

    def is_end(self, node: tuple[str, ...]) -> bool:
        """Whether nothing lies below."""
        return not self.below.get(node)
