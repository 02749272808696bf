"""Places in an answer: data that says where, called with an Answer it reads what stands there.

Reading never raises: what is missing, or of another kind than the way to it needs, is None.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Final

from ferrule_runtime.reading import (
    ANY,
    MISSING,
    Kind,
    Path,
    Reading,
    Step,
    convert,
    json_path,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ferrule_runtime.answer import Answer

__all__ = [
    "ANY",
    "LONGEST_SEARCHED",
    "MISSING",
    "As",
    "BodyPlace",
    "CookiePlace",
    "HeaderPlace",
    "LastPlace",
    "LinkPlace",
    "Matching",
    "Place",
    "QueryPlace",
    "RedirectPlace",
    "StatusPlace",
    "TextPlace",
    "as_",
    "body",
    "body_query",
    "cookie",
    "header",
    "last",
    "link",
    "redirect",
    "status",
    "text",
]

# What a regular expression of a spec is allowed to search: a bound on what a hostile answer costs.
LONGEST_SEARCHED: Final = 4_096


class Place(Reading):
    """Where something stands in an answer. `place(answer)` reads it, None where it is missing."""

    __slots__ = ()

    @abstractmethod
    def find(self, answer: Answer) -> Any:
        """What stands there, or MISSING."""

    def __call__(self, answer: Answer) -> Any:
        found = self.find(answer)
        return None if found is MISSING else found

    def matching(self, pattern: str) -> Matching:
        """The part of the text there that the first group finds (the whole match without one)."""
        return Matching(self, pattern)


class BodyPlace(Place):
    """`$.a.b[0]` of the JSON body. With a wildcard: the list of all that is found."""

    __slots__ = ("_collects", "steps")

    def __init__(self, steps: Path) -> None:
        self.steps = steps
        self._collects = ANY in steps

    @property
    def collects(self) -> bool:
        return self._collects

    @property
    def paths(self) -> tuple[Path, ...]:
        return (self.steps,)

    def find(self, answer: Answer) -> Any:
        return self.within(answer.tree)

    def within(self, tree: Any) -> Any:
        """What stands there in this JSON value, or MISSING; a list where the place collects."""
        if self._collects:
            return [value for _, value in walk(tree, self.steps)]
        for step in self.steps:
            if type(tree) is dict:
                if step not in tree:
                    return MISSING
                tree = tree[step]
            elif type(tree) is list and type(step) is int and -len(tree) <= step < len(tree):
                tree = tree[step]
            else:
                return MISSING
        return tree

    def __repr__(self) -> str:
        return f"body({', '.join(map(repr, self.steps))})"

    def __str__(self) -> str:
        return json_path(self.steps)


class QueryPlace(Place):
    """A JSONPath with filters (RFC 9535): the list of all that it selects. Needs extra jsonpath."""

    __slots__ = ("_find", "query")

    def __init__(self, query: str) -> None:
        self.query = query
        self._find: Callable[[Any], Any] | None = None

    collects = True

    @property
    def paths(self) -> tuple[Path, ...]:
        return ((),)

    def find(self, answer: Answer) -> Any:
        return [value for _, value in self.walk(answer.tree)]

    def walk(self, tree: Any) -> Iterator[tuple[Path, Any]]:
        """Every value selected, with the way to it."""
        if self._find is None:
            self._find = _compile_query(self.query)
        if type(tree) not in (dict, list):
            return
        for node in self._find(tree):
            yield tuple(node.location), node.value

    def __repr__(self) -> str:
        return f"body_query({self.query!r})"

    def __str__(self) -> str:
        return self.query


def _compile_query(query: str) -> Callable[[Any], Any]:
    try:
        from jsonpath_rfc9535 import JSONPathEnvironment
    except ImportError:
        raise ImportError(
            f"the JSONPath {query} needs the package jsonpath-rfc9535: "
            "install ferrule-runtime[jsonpath]"
        ) from None
    from ferrule_runtime.plan import DEEPEST_JSON

    environment = JSONPathEnvironment()
    # An answer that was read can be walked to its bottom.
    environment.max_recursion_depth = DEEPEST_JSON + 1
    found: Callable[[Any], Any] = environment.compile(query).find
    return found


class HeaderPlace(Place):
    """A header of the answer, as text."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def find(self, answer: Answer) -> Any:
        found = answer.header(self.name)
        return MISSING if found is None else found

    def __str__(self) -> str:
        return f"header.{self.name}"


class CookiePlace(Place):
    """A cookie that the answer sets, as text."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def find(self, answer: Answer) -> Any:
        found = answer.cookie(self.name)
        return MISSING if found is None else found

    def __str__(self) -> str:
        return f"cookie.{self.name}"


class LinkPlace(Place):
    """The target of a link of the Link header."""

    __slots__ = ("rel",)

    def __init__(self, rel: str) -> None:
        self.rel = rel

    def find(self, answer: Answer) -> Any:
        found = answer.link(self.rel)
        return MISSING if found is None else found

    def __str__(self) -> str:
        return f"link.{self.rel}"


class StatusPlace(Place):
    """The status code, an int."""

    __slots__ = ()

    def find(self, answer: Answer) -> Any:
        return answer.status

    def __str__(self) -> str:
        return "status"


class TextPlace(Place):
    """The body as text."""

    __slots__ = ()

    def find(self, answer: Answer) -> Any:
        return answer.text

    def __str__(self) -> str:
        return "text"


class LastPlace(Place):
    """A field of the last item of a page, as the service sent it."""

    __slots__ = ("_collects", "steps")

    def __init__(self, steps: Path) -> None:
        self.steps = steps
        self._collects = ANY in steps

    @property
    def collects(self) -> bool:
        return self._collects

    def find(self, answer: Answer) -> Any:
        return MISSING if answer.last is None else BodyPlace(self.steps).within(answer.last)

    def __str__(self) -> str:
        return f"last{json_path(self.steps, '')}"


class RedirectPlace(Place):
    """A query parameter of the redirect that ended a login."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def find(self, answer: Answer) -> Any:
        return MISSING if answer.redirect is None else answer.redirect.get(self.name, MISSING)

    def __str__(self) -> str:
        return f"redirect.{self.name}"


class Matching(Place):
    """A part of the text at another place: the first group of a search, ASCII classes."""

    __slots__ = ("_search", "pattern", "place")

    def __init__(self, place: Place, pattern: str) -> None:
        self.place = place
        self.pattern = pattern
        self._search: Callable[[str], re.Match[str] | None] | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        return self.place.paths

    def find(self, answer: Answer) -> Any:
        found = self.place.find(answer)
        if type(found) is list:
            parts = [part for part in map(self.part_of, found) if part is not MISSING]
            return parts if getattr(self.place, "collects", False) else MISSING
        return self.part_of(found)

    def part_of(self, value: Any) -> Any:
        """What the search finds in this value, or MISSING."""
        if type(value) is int or type(value) is float:
            value = repr(value)
        if type(value) is not str:
            return MISSING
        if self._search is None:
            self._search = re.compile(self.pattern, re.ASCII).search
        match = self._search(value[:LONGEST_SEARCHED])
        if match is None:
            return MISSING
        part = match[1] if match.re.groups else match[0]
        return MISSING if part is None else part

    def __str__(self) -> str:
        return f"{self.place} ~ {self.pattern!r}"


class As(Place):
    """Another place, read as a kind; what is no such thing is missing."""

    __slots__ = ("kind", "place")

    def __init__(self, place: Place, kind: Kind) -> None:
        self.place = place
        self.kind: Kind = kind

    @property
    def paths(self) -> tuple[Path, ...]:
        return self.place.paths

    def find(self, answer: Answer) -> Any:
        found = self.place.find(answer)
        return MISSING if found is MISSING else convert(found, self.kind)

    def __str__(self) -> str:
        return f"{self.place} as {self.kind}"


def body(*steps: Step) -> BodyPlace:
    """`body("meta", "cursor")` is `$.meta.cursor`; `body()` is the whole body."""
    return BodyPlace(steps)


def body_query(query: str) -> QueryPlace:
    """All that a JSONPath with filters selects, as a list (needs the extra `jsonpath`)."""
    return QueryPlace(query)


def header(name: str) -> HeaderPlace:
    """A header of the answer, whatever its case."""
    return HeaderPlace(name)


def cookie(name: str) -> CookiePlace:
    """A cookie that the answer sets."""
    return CookiePlace(name)


def status() -> StatusPlace:
    """The status of the answer, a number."""
    return StatusPlace()


def text() -> TextPlace:
    """The body of the answer as text."""
    return TextPlace()


def link(rel: str) -> LinkPlace:
    """The target of a `Link` header: `next`."""
    return LinkPlace(rel)


def last(*keys: Step) -> LastPlace:
    """A field of the last raw item of the page; `last()` is the item itself."""
    return LastPlace(keys)


def redirect(name: str) -> RedirectPlace:
    """A value that came with a person's way back from a sign-in."""
    return RedirectPlace(name)


def as_(place: Place, kind: Kind) -> As:
    """The place read as "integer", "number", "text" or "boolean"."""
    return As(place, kind)
