"""CPU of records: what their classes and instances cost, as msgspec's Struct and as dataclasses."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from msgspec import Struct

from benchmarks.measure import table

CLASSES = 50
INSTANCES = 100_000
ROUNDS = 9


def a_struct() -> type:
    """A frozen class with six fields."""

    class Record(Struct, frozen=True):
        name: str
        start: int
        end: int
        doc: str | None = None
        is_optional: bool = False
        parts: tuple[str, ...] = ()

    return Record


def a_dataclass() -> type:
    """The same as a dataclass with slots."""

    @dataclass(frozen=True, slots=True)
    class Record:
        name: str
        start: int
        end: int
        doc: str | None = None
        is_optional: bool = False
        parts: tuple[str, ...] = ()

    return Record


def main() -> None:
    """Print microseconds a class and an instance."""
    table(
        "Records", ["record", "µs a class", "µs an instance"], [*map(_row, (a_struct, a_dataclass))]
    )


def _row(make: Callable[[], type]) -> list[str]:
    record = make()
    a_class = _micros(lambda: [make() for _ in range(CLASSES)], CLASSES)
    an_instance = _micros(lambda: [record("a", 1, 2) for _ in range(INSTANCES)], INSTANCES)
    return [make.__name__.removeprefix("a_"), f"{a_class:.0f}", f"{an_instance:.2f}"]


def _micros(block: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        block()
        taken.append(time.process_time() - start)
    return statistics.median(taken) / times * 1e6


if __name__ == "__main__":
    main()
