"""What is read from an answer: the base of places and conditions, steps, ways, kinds of values."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Final, Literal, final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ferrule_runtime.answer import Answer


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


_IS_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*").fullmatch


def json_path(steps: tuple[Any, ...], root: str = "$") -> str:
    """`$.tickets[3].id`, as JSONPath writes it."""
    text = root
    for step in steps:
        if step is ANY:
            text += "[*]"
        elif isinstance(step, int):
            text += f"[{step}]"
        elif _IS_NAME(str(step)):
            text += f".{step}"
        else:
            # Names of fields may come from a service: no line breaks or escapes into messages.
            text += f"[{str(step)!a}]"
    return text


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


Kind = Literal["integer", "number", "text", "boolean"]
_INTEGER: Final = re.compile(r"\s*([+-]?[0-9]{1,40})\s*").fullmatch
_NUMBER: Final = re.compile(
    r"\s*([+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?)\s*"
).fullmatch


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
