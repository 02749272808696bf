"""Writes what an action gives: JSON, JSON lines, CSV, a table; bodies as they come."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import click

from ferrule.cli.console import Console
from ferrule.cli.terminal import is_terminal, to_stdout

FORMATS = ("json", "jsonl", "csv", "table")
_WIDEST_CELL = 40
_NARROWEST_TABLE = 20


def plain(value: Any) -> Any:
    """A result as JSON has it: models under the names of the service, times as they came."""
    from pydantic import BaseModel
    from pydantic_core import to_jsonable_python

    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return to_jsonable_python(value)


def write_value(value: Any, form: str, console: Console) -> None:
    """One result. A list in the forms of many; text as it is; None is nothing."""
    value = plain(value)
    if isinstance(value, list):
        write_many(value, form, console)
    elif isinstance(value, str) and form in ("json", "table"):
        console.result(value)
    elif value is not None and form in ("json", "jsonl"):
        console.result(_json(value, form))
    elif value is not None:
        write_many([value], form, console)


def write_many(items: Iterable[Any], form: str, console: Console) -> None:
    """Items one after the other, as they come where the form allows."""
    plain_items = map(plain, items)
    if form == "json":
        _write_array(plain_items, console)
    elif form == "jsonl":
        for item in plain_items:
            console.result(_json(item, form))
    elif form == "csv":
        _write_csv(list(plain_items))
    else:
        console.result(table(list(plain_items), _width()))


def _json(value: Any, form: str) -> str:
    return json.dumps(value, indent=2 if form == "json" else None, ensure_ascii=False)


def _write_array(items: Iterator[Any], console: Console) -> None:
    first = next(items, items)
    if first is items:
        console.result("[]")
        return
    console.result("[")
    held = first
    for item in chain(items, (items,)):
        comma = "" if item is items else ","
        text = _json(held, "json").replace("\n", "\n  ")
        console.result(f"  {text}{comma}")
        held = item
    console.result("]")


def _write_csv(items: list[Any]) -> None:
    rows = [_flat(item) for item in items]
    text = io.StringIO()
    writer = csv.DictWriter(text, _columns(rows), restval="", lineterminator="\n")
    if rows:
        writer.writeheader()
        writer.writerows(rows)
    with to_stdout():
        sys.stdout.write(text.getvalue())


def _flat(item: Any, above: str = "") -> dict[str, str]:
    """The single values of an item by their path: `author.name`."""
    if not isinstance(item, dict):
        return {above or "value": item if isinstance(item, str) else _json(item, "jsonl")}
    found: dict[str, str] = {}
    for key, value in item.items():
        name = f"{above}.{key}" if above else key
        if isinstance(value, dict) and value:
            found |= _flat(value, name)
        elif isinstance(value, str):
            found[name] = value
        else:
            found[name] = "" if value is None else _json(value, "jsonl")
    return found


def _columns(rows: list[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def table(items: list[Any], width: int) -> str:
    """Columns below each other, cut to the width; what is left out is told in the last line."""
    from ferrule.diagnostics.render.visible import visible
    from ferrule.diagnostics.render.visible import width as width_of

    rows = [_flat(item) for item in items]
    columns = _columns(rows)
    if not columns:
        return ""
    cells = [columns, *([row.get(name, "") for name in columns] for row in rows)]
    shown = [[_cut(visible(cell), width_of) for cell in line] for line in cells]
    widths = [max(width_of(line[number]) for line in shown) for number in range(len(columns))]
    count = _fitting(widths, max(width, _NARROWEST_TABLE))
    lines = [
        "  ".join(
            cell + " " * (widths[number] - width_of(cell))
            for number, cell in enumerate(line[:count])
        ).rstrip()
        for line in shown
    ]
    left_out = columns[count:]
    note = [f"(not shown: {', '.join(left_out)})"] if left_out else []
    return "\n".join([*lines, *note])


def _cut(cell: str, width_of: Callable[[str], int]) -> str:
    if width_of(cell) <= _WIDEST_CELL:
        return cell
    while width_of(cell) > _WIDEST_CELL - 1:
        cell = cell[: _WIDEST_CELL - 1] if len(cell) > _WIDEST_CELL else cell[:-1]
    return f"{cell}…"


def _fitting(widths: list[int], room: int) -> int:
    """How many columns fit, at least one."""
    taken, count = 0, 0
    for size in widths:
        taken += size + (2 if count else 0)
        if taken > room:
            break
        count += 1
    return max(1, count)


def _width() -> int:
    return shutil.get_terminal_size((100, 24)).columns


def write_body(parts: Iterable[bytes]) -> None:
    """A body to stdout, byte for byte; refused where that is a terminal."""
    if is_terminal(sys.stdout):
        raise click.UsageError("the answer may be anything: write it to a file with -o")
    for part in parts:
        with to_stdout():
            sys.stdout.buffer.write(part)
    with to_stdout():
        sys.stdout.buffer.flush()


class Progress:
    """A line on a terminal that says how far a walk is; elsewhere nothing.

    Where the items themselves go to the terminal it would stand in their way.
    """

    def __init__(self) -> None:
        self.is_on = is_terminal(sys.stderr) and not is_terminal(sys.stdout)
        self.pages = self.items = 0

    def page(self, count: int) -> None:
        """Another page has come."""
        self.pages += 1
        self.items += count
        if self.is_on:
            click.echo(f"\r\x1b[Kpage {self.pages}, {self.items:,} items", err=True, nl=False)

    def done(self) -> None:
        """Ends the line."""
        if self.is_on and self.pages:
            click.echo(err=True)
