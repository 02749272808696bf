"""Writes plain values as block YAML, with a comment beside what has an origin."""

from __future__ import annotations

from collections.abc import Iterator

from ferrule.cli.resolved import Shown
from ferrule.cli.scalars import scalar

_WIDEST_BEFORE_COMMENT = 60

Line = tuple[str, str]


def yaml_text(shown: Shown, *, dim: str = "", reset: str = "") -> str:
    """The value as YAML. Comments name origins; `dim` and `reset` stand around them."""
    lines = list(_map(shown.value, 0, is_told=False))
    text = []
    for start, end in _blocks(lines):
        block = lines[start:end]
        width = max(
            (len(line) for line, note in block if note and len(line) <= _WIDEST_BEFORE_COMMENT),
            default=0,
        )
        text += [f"{line:{width}}  {dim}# {note}{reset}" if note else line for line, note in block]
    return "\n".join(text) + "\n"


def _blocks(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """Stretches of lines whose comments stand below each other: each action, and the rest."""
    starts, is_in_actions = [0], False
    for number, (line, _) in enumerate(lines[1:], 1):
        is_top = line[:1] not in ("", " ")
        is_action = is_in_actions and line.startswith("  ") and line[2] not in " -"
        if (is_top and (is_in_actions or line == "actions:")) or is_action:
            starts.append(number)
        is_in_actions = line == "actions:" if is_top else is_in_actions
    yield from zip(starts, [*starts[1:], len(lines)], strict=True)


def _map(value: dict[str, Shown], indent: int, *, is_told: bool) -> Iterator[Line]:
    for key, inner in value.items():
        yield from _entry(f"{'':{indent}}{scalar(key)}:", inner, indent, is_told=is_told)


def _entry(head: str, shown: Shown, indent: int, *, is_told: bool) -> Iterator[Line]:
    note = "" if is_told or shown.origin is None else str(shown.origin)
    is_told = is_told or shown.origin is not None
    value = shown.value
    if isinstance(value, dict) and value:
        yield head, note
        yield from _map(value, indent + 2, is_told=is_told)
    elif isinstance(value, list) and value:
        yield head, note
        for item in value:
            yield from _item(item, indent + 2, is_told=is_told)
    elif isinstance(value, str) and "\n" in value and _fits_block(value):
        yield f"{head} |{'' if value.endswith(chr(10)) else '-'}", note
        for line in value.removesuffix("\n").split("\n"):
            yield f"{'':{indent + 2}}{line}" if line else "", ""
    else:
        yield f"{head} {scalar(value)}", note


def _item(shown: Shown, indent: int, *, is_told: bool) -> Iterator[Line]:
    if isinstance(shown.value, dict) and shown.value:
        note = "" if is_told or shown.origin is None else str(shown.origin)
        inner = _map(shown.value, indent + 2, is_told=is_told or shown.origin is not None)
        first, first_note = next(inner)
        yield f"{'':{indent}}- {first[indent + 2:]}", note or first_note
        yield from inner
    else:
        yield from _entry(f"{'':{indent}}-", shown, indent, is_told=is_told)


def _fits_block(text: str) -> bool:
    lines = text.split("\n")
    return (
        not lines[0].startswith((" ", "\t"))
        and bool(lines[0])
        and not text.endswith("\n\n")
        and all(line.isprintable() for line in lines)
    )
