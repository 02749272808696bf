"""Keeps the digits of decimals that stand in JSON as numbers with more of them than a float has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from ferrule_runtime.answer import Answer

# Any fifteen digits come back from a float as they were; with its point that is one more sign.
_SAFE_SIGNS = 16
_DIGITS_AS_ZEROS = bytes(48 if sign in b"0123456789." else 32 for sign in range(256))
_TOO_LONG = b"0" * (_SAFE_SIGNS + 1)


class Written(float):
    """A float that knows how it was written, which is what a decimal is read from."""

    __slots__ = ("_text",)

    _text: str

    def __new__(cls, text: str) -> Self:
        made = super().__new__(cls, text)
        made._text = text
        return made

    def __str__(self) -> str:
        return self._text

    def __reduce__(self) -> tuple[Any, ...]:
        return float, (float(self),)


def is_too_long(content: bytes) -> bool:
    """Whether a number in this JSON may have more digits than a float holds."""
    return _TOO_LONG in content.translate(_DIGITS_AS_ZEROS)


def exact_tree(content: bytes) -> Any:
    """JSON whose numbers know how they were written. Raises ValueError, RecursionError."""
    import json

    return json.loads(content, parse_float=_number, parse_constant=_refuse)


def with_exact(answer: Answer) -> Answer:
    """The answer with such numbers, if it has any; what is no JSON is told by whoever reads it."""
    if answer.is_view or not is_too_long(answer.content):
        return answer
    try:
        return answer.with_tree(exact_tree(answer.content))
    except (ValueError, RecursionError):
        return answer


def _number(text: str) -> float:
    return Written(text) if len(text) > _SAFE_SIGNS else float(text)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no number")
