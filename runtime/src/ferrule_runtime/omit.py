"""The one way to leave an argument out: a falsy value that is not None."""

from typing import Any, Final, Literal, final


@final
class Omit:
    """The class of `omit`, for annotations: `limit: int | Omit = omit`. There is one instance."""

    __slots__ = ()

    def __new__(cls) -> "Omit":
        return _THE_ONE

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "omit"

    def __reduce__(self) -> str:
        return "omit"

    def __copy__(self) -> "Omit":
        return self

    def __deepcopy__(self, memo: object) -> "Omit":
        return self

    def __init_subclass__(cls) -> None:
        raise TypeError("Omit cannot be subclassed: there is one way to leave an argument out")


_THE_ONE: Final[Omit] = object.__new__(Omit)
omit: Final[Omit] = _THE_ONE


def unless_omitted(
    fields: dict[str, Any], rest: Any = omit, *, wrap: str | None = None
) -> dict[str, Any] | Omit:
    """A body of these fields and the rest, inside `wrap`; `omit` where none of them was given."""
    if rest is omit and all(each is omit for each in fields.values()):
        return _THE_ONE
    whole: dict[str, Any] = {**fields, **(rest or {})}
    return whole if wrap is None else {wrap: whole}
