"""Conditions on an answer: data, called with an Answer they are true or false, never an exception.

Missing reads as None, different kinds are never equal nor ordered, and nothing is coerced: true is
not 1, "1" is not 1. Operands are places, constants, or `exists`, `count` and `length` of a place.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Final

from ferrule_runtime.places import LONGEST_SEARCHED, Place
from ferrule_runtime.reading import MISSING, Path, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from ferrule_runtime.answer import Answer


class Constant(Reading):
    """A literal operand."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __call__(self, _answer: Answer) -> Any:
        return self.value


def _operand(value: Any) -> Reading:
    return value if isinstance(value, Reading) else Constant(value)


class _Measure(Reading):
    __slots__ = ("place",)

    def __init__(self, place: Place) -> None:
        self.place = place

    @property
    def paths(self) -> tuple[Path, ...]:
        return self.place.paths


class Exists(_Measure):
    """Whether there is something at the place, even null; a collecting place needs one match."""

    __slots__ = ()

    def __call__(self, answer: Answer) -> Any:
        found = self.place.find(answer)
        if found == [] and getattr(self.place, "collects", False):
            return False
        return found is not MISSING


class Count(_Measure):
    """How many values there are: the items of a list, the matches of a wildcard, else 1 or 0."""

    __slots__ = ()

    def __call__(self, answer: Answer) -> Any:
        found = self.place.find(answer)
        if type(found) is list:
            return len(found)
        return 0 if found is MISSING or found is None else 1


class Length(_Measure):
    """The number of characters, items or fields; None for anything else."""

    __slots__ = ()

    def __call__(self, answer: Answer) -> Any:
        found = self.place.find(answer)
        return len(found) if isinstance(found, (str, list, dict)) else None


class Condition(Reading):
    """Called with an answer: True or False."""

    __slots__ = ()

    @abstractmethod
    def __call__(self, answer: Answer) -> bool: ...


def _all_paths(parts: tuple[Any, ...]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(path for part in parts for path in part.paths))


class Comparison(Condition):
    """A test of two operands by one of the named comparisons."""

    __slots__ = ("_compare", "left", "name", "right")

    def __init__(self, name: str, left: Any, right: Any) -> None:
        self.name = name
        self.left: Reading = _operand(left)
        self.right: Reading = _operand(right)
        self._compare = COMPARISONS[name]

    @property
    def paths(self) -> tuple[Path, ...]:
        return _all_paths((self.left, self.right))

    def __call__(self, answer: Answer) -> bool:
        return self._compare(self.left(answer), self.right(answer))


class In(Condition):
    """Whether an operand is one of several."""

    __slots__ = ("_known", "choices", "left")

    def __init__(self, left: Any, choices: tuple[Any, ...]) -> None:
        self.left: Reading = _operand(left)
        self.choices: tuple[Reading, ...] = tuple(map(_operand, choices))
        # Nearly always scalars: one look-up, by kind too, for 1 and true hash alike.
        self._known: frozenset[tuple[str, Any]] | None = None
        values = [choice.value for choice in self.choices if isinstance(choice, Constant)]
        if len(values) == len(choices) and not any(isinstance(v, (list, dict)) for v in values):
            self._known = frozenset((kind_of(value), value) for value in values)

    @property
    def paths(self) -> tuple[Path, ...]:
        return _all_paths((self.left, *self.choices))

    def __call__(self, answer: Answer) -> bool:
        left = self.left(answer)
        if self._known is not None:
            kind = kind_of(left)
            return kind not in ("list", "object") and (kind, left) in self._known
        return any(is_same(left, choice(answer)) for choice in self.choices)


class Truthy(Condition):
    """Whether a place holds something: not null, false, 0, "", [] or {}."""

    __slots__ = ("operand",)

    def __init__(self, operand: Any) -> None:
        self.operand: Reading = _operand(operand)

    @property
    def paths(self) -> tuple[Path, ...]:
        return self.operand.paths

    def __call__(self, answer: Answer) -> bool:
        return bool(self.operand(answer))


class Not(Condition):
    """Whether a condition does not hold."""

    __slots__ = ("condition",)

    def __init__(self, condition: Any) -> None:
        self.condition: Reading = _condition(condition)

    @property
    def paths(self) -> tuple[Path, ...]:
        return self.condition.paths

    def __call__(self, answer: Answer) -> bool:
        return not self.condition(answer)


class AllOf(Condition):
    """Whether every one of several conditions holds."""

    __slots__ = ("conditions",)

    def __init__(self, conditions: tuple[Any, ...]) -> None:
        self.conditions: tuple[Reading, ...] = tuple(map(_condition, conditions))

    @property
    def paths(self) -> tuple[Path, ...]:
        return _all_paths(self.conditions)

    def __call__(self, answer: Answer) -> bool:
        for condition in self.conditions:  # noqa: SIM110 - a loop costs half of a generator
            if not condition(answer):
                return False
        return True


class AnyOf(Condition):
    """Whether one of several conditions holds."""

    __slots__ = ("conditions",)

    def __init__(self, conditions: tuple[Any, ...]) -> None:
        self.conditions: tuple[Reading, ...] = tuple(map(_condition, conditions))

    @property
    def paths(self) -> tuple[Path, ...]:
        return _all_paths(self.conditions)

    def __call__(self, answer: Answer) -> bool:
        for condition in self.conditions:  # noqa: SIM110
            if condition(answer):
                return True
        return False


def _condition(value: Any) -> Reading:
    """A condition; a bare place or measure is asked whether it holds something."""
    return value if isinstance(value, Condition) else Truthy(value)


def kind_of(value: Any) -> str:
    """The JSON kind of a value: null, boolean, number, text, list, object (else its class)."""
    return _KINDS.get(type(value), type(value).__name__)


_KINDS: Final[dict[type, str]] = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    float: "number",
    str: "text",
    list: "list",
    dict: "object",
}


def is_same(left: Any, right: Any) -> bool:
    """Equality by kind and value, also inside lists and objects: true is not 1."""
    if kind_of(left) != kind_of(right):
        return False
    if type(left) is list:
        return len(left) == len(right) and all(map(is_same, left, right))
    if type(left) is dict:
        return left.keys() == right.keys() and all(is_same(left[key], right[key]) for key in left)
    return bool(left == right)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def compared(left: Any, right: Any) -> bool:
        kind = kind_of(left)
        return kind in ("number", "text") and kind == kind_of(right) and compare(left, right)

    return compared


def _is_different(left: Any, right: Any) -> bool:
    return not is_same(left, right)


def _contains(left: Any, right: Any) -> bool:
    if type(left) is str:
        return type(right) is str and right in left
    if type(left) is list:
        return any(is_same(item, right) for item in left)
    return type(left) is dict and type(right) is str and right in left


def _starts(left: Any, right: Any) -> bool:
    return type(left) is str and type(right) is str and left.startswith(right)


def _ends(left: Any, right: Any) -> bool:
    return type(left) is str and type(right) is str and left.endswith(right)


def _matches(left: Any, right: Any) -> bool:
    if type(left) is not str or type(right) is not str:
        return False
    try:
        return re.search(right, left[:LONGEST_SEARCHED], re.ASCII) is not None
    except (re.error, RecursionError, OverflowError):
        return False


COMPARISONS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "equal": is_same,
    "unequal": _is_different,
    "less": _ordered(lambda left, right: left < right),
    "less_equal": _ordered(lambda left, right: left <= right),
    "greater": _ordered(lambda left, right: left > right),
    "greater_equal": _ordered(lambda left, right: left >= right),
    "contains": _contains,
    "starts": _starts,
    "ends": _ends,
    "matches": _matches,
}


def equal(a: Any, b: Any) -> Comparison:
    """Both sides are of one kind and the same, also inside: true is not 1."""
    return Comparison("equal", a, b)


def unequal(a: Any, b: Any) -> Comparison:
    """The opposite of `equal`: values of different kinds are unequal."""
    return Comparison("unequal", a, b)


def less(a: Any, b: Any) -> Comparison:
    """Numbers by size, texts by order; False where the kinds differ."""
    return Comparison("less", a, b)


def less_equal(a: Any, b: Any) -> Comparison:
    """`less`, or the same."""
    return Comparison("less_equal", a, b)


def greater(a: Any, b: Any) -> Comparison:
    """The other way round than `less`."""
    return Comparison("greater", a, b)


def greater_equal(a: Any, b: Any) -> Comparison:
    """`greater`, or the same."""
    return Comparison("greater_equal", a, b)


def contains(a: Any, b: Any) -> Comparison:
    """A text holds a part, a list holds an item, an object holds a field."""
    return Comparison("contains", a, b)


def starts(a: Any, b: Any) -> Comparison:
    """A text begins with a text."""
    return Comparison("starts", a, b)


def ends(a: Any, b: Any) -> Comparison:
    """A text ends with a text."""
    return Comparison("ends", a, b)


def matches(a: Any, b: str) -> Comparison:
    """A search by a regular expression, with ASCII classes."""
    return Comparison("matches", a, b)


def in_(a: Any, *choices: Any) -> In:
    """The value is one of the choices."""
    return In(a, choices)


def exists(place: Place) -> Exists:
    """Something stands at the place, null too."""
    return Exists(place)


def count(place: Place) -> Count:
    """How many values there are at a place."""
    return Count(place)


def length(place: Place) -> Length:
    """How many characters, items or fields stand at a place."""
    return Length(place)


def truthy(operand: Any) -> Truthy:
    """The place holds something: not null, false, 0, "", [] or {}."""
    return Truthy(operand)


def not_(condition: Any) -> Not:
    """The condition does not hold."""
    return Not(condition)


def all_of(*conditions: Any) -> AllOf:
    """Every condition holds; none is asked behind one that does not."""
    return AllOf(conditions)


def any_of(*conditions: Any) -> AnyOf:
    """One of the conditions holds; none is asked behind it."""
    return AnyOf(conditions)
