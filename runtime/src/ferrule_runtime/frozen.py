"""The base of everything that generated code states: slots, no change after construction."""

from typing import Any


def _rebuild(kind: type["Frozen"], fields: dict[str, Any]) -> "Frozen":
    made = object.__new__(kind)
    made._fill(**fields)
    return made


class Frozen:
    """Values that are set once, by `_fill` in the constructor; equal when all fields are equal.

    Plain classes rather than dataclasses: building those costs more than importing the runtime.
    """

    __slots__ = ()

    def _fill(self, **fields: Any) -> None:
        put = object.__setattr__
        for name, value in fields.items():
            put(self, name, value)

    def _fields(self) -> dict[str, Any]:
        names: tuple[str, ...] = type(self).__slots__
        return {name: getattr(self, name) for name in names}

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed; make another one")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed; make another one")

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self._fields().items())
        return f"{type(self).__name__}({told})"

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._fields() == other._fields()

    def __hash__(self) -> int:
        return hash((type(self), *(repr(value) for value in self._fields().values())))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self._fields())
