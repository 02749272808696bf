"""Places in an answer: data that says where, called with an Answer it reads what stands there.

Reading never raises: what is missing, or of another kind than the way to it needs, is None.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Final, Literal, final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ferrule_runtime.answer import Answer

# What a regular expression of a spec is allowed to search: a bound on what a hostile answer costs.
LONGEST_SEARCHED: Final = 65_536


@final
class _Mark:
    """A named constant that pickles to itself and reads as its name."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name

    def __reduce__(self) -> str:
        return self._name


ANY: Final = _Mark("ANY")
"""A wildcard step: every item of a list, every value of an object."""

MISSING: Final = _Mark("MISSING")
"""What `find` gives where there is nothing; a call gives None instead."""

Step = str | int | _Mark
Path = tuple[Step, ...]


class Reading(ABC):
    """Data that is called with an Answer. Equality, hash, pickle and repr by the public slots."""

    __slots__: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """The ways into the JSON body that are read, each once; `((),)` is the whole body."""
        return ()

    @abstractmethod
    def __call__(self, answer: Answer) -> Any: ...

    def _parts(self) -> dict[str, Any]:
        names = (name for base in type(self).__mro__ for name in getattr(base, "__slots__", ()))
        return {name: getattr(self, name) for name in names if not name.startswith("_")}

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._parts() == self._parts()

    def __hash__(self) -> int:
        return hash((type(self).__name__, tuple(self._parts().values())))

    def __reduce__(self) -> tuple[Any, ...]:
        return (_made_again, (type(self), self._parts()))

    def __repr__(self) -> str:
        parts = (f"{name}={value!r}" for name, value in self._parts().items())
        return f"{type(self).__name__}({', '.join(parts)})"


def _made_again(kind: type[Any], parts: dict[str, Any]) -> Any:
    return kind(**parts)


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


def walk(tree: Any, steps: Path, way: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value at the end of the steps, with the way to it; in the order of the document."""
    for count, step in enumerate(steps):
        if step is ANY:
            inner: Any = ()
            if type(tree) is dict:
                inner = tree.items()
            elif type(tree) is list:
                inner = enumerate(tree)
            for key, value in inner:
                yield from walk(value, steps[count + 1 :], (*way, key))
            return
        if type(tree) is dict and step in tree:
            way = (*way, step)
            tree = tree[step]
        elif type(tree) is list and type(step) is int and -len(tree) <= step < len(tree):
            way = (*way, step % len(tree))
            tree = tree[step]
        else:
            return
    yield way, tree


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


def _compile_query(query: str) -> Callable[[Any], Any]:
    try:
        from jsonpath_rfc9535 import compile as compile_query
    except ImportError:
        raise ImportError(
            f"the JSONPath {query} needs the package jsonpath-rfc9535: "
            "install ferrule-runtime[jsonpath]"
        ) from None
    found: Callable[[Any], Any] = compile_query(query).find
    return found


class HeaderPlace(Place):
    """A header of the answer, as text."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def find(self, answer: Answer) -> Any:
        found = answer.header(self.name)
        return MISSING if found is None else found


class CookiePlace(Place):
    """A cookie that the answer sets, as text."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def find(self, answer: Answer) -> Any:
        found = answer.cookie(self.name)
        return MISSING if found is None else found


class LinkPlace(Place):
    """The target of a link of the Link header."""

    __slots__ = ("rel",)

    def __init__(self, rel: str) -> None:
        self.rel = rel

    def find(self, answer: Answer) -> Any:
        found = answer.link(self.rel)
        return MISSING if found is None else found


class StatusPlace(Place):
    """The status code, an int."""

    __slots__ = ()

    def find(self, answer: Answer) -> Any:
        return answer.status


class TextPlace(Place):
    """The body as text."""

    __slots__ = ()

    def find(self, answer: Answer) -> Any:
        return answer.text


class LastPlace(Place):
    """A field of the last item of a page, as the service sent it."""

    __slots__ = ("steps",)

    def __init__(self, steps: Path) -> None:
        self.steps = steps

    def find(self, answer: Answer) -> Any:
        return MISSING if answer.last is None else BodyPlace(self.steps).within(answer.last)


class RedirectPlace(Place):
    """A query parameter of the redirect that ended a login."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def find(self, answer: Answer) -> Any:
        return MISSING if answer.redirect is None else answer.redirect.get(self.name, MISSING)


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


Kind = Literal["integer", "number", "text", "boolean"]
_INTEGER: Final = re.compile(r"\s*([+-]?[0-9]{1,40})\s*").fullmatch
_NUMBER: Final = re.compile(
    r"\s*([+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?)\s*"
).fullmatch


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


def convert(value: Any, kind: Kind) -> Any:
    """The value as an integer, a number, text or a boolean, or MISSING where it is none."""
    if kind == "text":
        return _to_text(value)
    if kind == "boolean":
        if type(value) is str:
            return {"true": True, "false": False}.get(value.strip().lower(), MISSING)
        return value if type(value) is bool else MISSING
    if type(value) is str:
        if kind == "integer":
            digits = _INTEGER(value)
            return MISSING if digits is None else int(digits[1])
        number = _NUMBER(value)
        return MISSING if number is None else _finite(float(number[1]))
    if type(value) is int:
        return value
    if type(value) is float:
        if kind == "integer":
            return int(value) if value.is_integer() else MISSING
        return _finite(value)
    return MISSING


def _finite(number: float) -> Any:
    return number if -1e308 <= number <= 1e308 else MISSING


def _to_text(value: Any) -> Any:
    if type(value) is str:
        return value
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) is int or type(value) is float:
        return repr(value)
    return MISSING


def body(*steps: Step) -> BodyPlace:
    """`body("meta", "cursor")` is `$.meta.cursor`; `body()` is the whole body."""
    return BodyPlace(steps)


def body_query(query: str) -> QueryPlace:
    """All that a JSONPath with filters selects, as a list (needs the extra `jsonpath`)."""
    return QueryPlace(query)


def header(name: str) -> HeaderPlace:
    return HeaderPlace(name)


def cookie(name: str) -> CookiePlace:
    return CookiePlace(name)


def status() -> StatusPlace:
    return StatusPlace()


def text() -> TextPlace:
    return TextPlace()


def link(rel: str) -> LinkPlace:
    return LinkPlace(rel)


def last(*keys: Step) -> LastPlace:
    """A field of the last raw item of the page; `last()` is the item itself."""
    return LastPlace(keys)


def redirect(name: str) -> RedirectPlace:
    return RedirectPlace(name)


def as_(place: Place, kind: Kind) -> As:
    """The place read as "integer", "number", "text" or "boolean"."""
    return As(place, kind)
