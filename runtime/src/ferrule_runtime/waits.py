"""How long to wait, read from an answer: pure functions of the answer and the time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, Literal

from ferrule_runtime.places import Place, header
from ferrule_runtime.reading import Path, convert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ferrule_runtime.answer import Answer

Unit = Literal["seconds", "milliseconds", "epoch", "epoch_ms", "date", "per_second"]


class Wait:
    """`wait(answer, now_seconds)`: the seconds to wait (>= 0), or None where nothing tells."""

    __slots__ = ("source", "unit")

    def __init__(self, source: Place | float, unit: Unit = "seconds") -> None:
        self.source = source
        self.unit: Unit = unit

    @property
    def paths(self) -> tuple[Path, ...]:
        return self.source.paths if isinstance(self.source, Place) else ()

    def __call__(self, answer: Answer, now: float) -> float | None:
        value = self.source(answer) if isinstance(self.source, Place) else self.source
        if type(value) is list:
            value = value[0] if value else None
        return None if value is None else UNITS[self.unit](value, now)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Wait) and (other.source, other.unit) == (self.source, self.unit)

    def __hash__(self) -> int:
        return hash((self.source, self.unit))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Wait, (self.source, self.unit))

    def __repr__(self) -> str:
        return f"wait({self.source!r}, {self.unit!r})"


def wait(source: Place | float, unit: Unit = "seconds") -> Wait:
    """A number of seconds, or a place and the unit of what stands there."""
    return Wait(source, unit)


def first_wait(waits: Iterable[Wait], answer: Answer, now: float) -> float | None:
    """The seconds that the first of the alternatives tells, or None."""
    for alternative in waits:
        delay_seconds = alternative(answer, now)
        if delay_seconds is not None:
            return delay_seconds
    return None


def _number(value: Any) -> float | None:
    number = convert(value, "number")
    return float(number) if isinstance(number, (int, float)) and abs(number) < 1e15 else None


def _seconds(value: Any, _now: float) -> float | None:
    number = _number(value)
    return None if number is None or number < 0 else number


def _milliseconds(value: Any, _now: float) -> float | None:
    number = _number(value)
    return None if number is None or number < 0 else number / 1000.0


def _epoch(value: Any, now: float) -> float | None:
    number = _number(value)
    return None if number is None or number < 0 else max(0.0, number - now)


def _epoch_ms(value: Any, now: float) -> float | None:
    number = _number(value)
    return None if number is None or number < 0 else max(0.0, number / 1000.0 - now)


def _per_second(value: Any, _now: float) -> float | None:
    number = _number(value)
    # Slower than one in thirty years is no rate that anybody means.
    return None if number is None or number < 1e-9 else 1.0 / number


def _date(value: Any, now: float) -> float | None:
    moment = parse_moment(value) if type(value) is str else None
    return None if moment is None else max(0.0, moment - now)


def parse_moment(text: str) -> float | None:
    """Seconds since the epoch of an HTTP date (all three forms) or an ISO 8601 date and time.

    Without a zone it is UTC. None where it is neither.
    """
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    text = text.strip()[:100]
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = parse(text)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
            seconds = moment.timestamp()
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return seconds if math.isfinite(seconds) else None
    return None


UNITS: Final[dict[str, Callable[[Any, float], float | None]]] = {
    "seconds": _seconds,
    "milliseconds": _milliseconds,
    "epoch": _epoch,
    "epoch_ms": _epoch_ms,
    "date": _date,
    "per_second": _per_second,
}

RETRY_AFTER: Final = (
    Wait(header("retry-after-ms"), "milliseconds"),
    Wait(header("retry-after"), "seconds"),
    Wait(header("retry-after"), "date"),
)
"""What services say without a spec saying so."""
