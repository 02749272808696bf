"""Writes nodes as text: two blanks a level, flow style where it fits, comments beside and above."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from ferrule.formatting.layout import STEP, Block, Entry, Remark, Text, flow_on_line
from ferrule.formatting.remarks import tidy

# A longer line does not push the comments of its neighbours to the right.
_WIDEST_BEFORE_COMMENT = 60


class Line(Struct, frozen=True):
    """A line of the text, and the comment beside it."""

    text: str
    comment: str = ""


def written(root: Block) -> str:
    """The whole text, with one line break at its end."""
    lines = list(_root_lines(root))
    while lines and lines[-1] == Line("") and not _keeps_blank_lines(root):
        lines.pop()
    return "\n".join(_beside_each_other(lines)) + "\n"


def _keeps_blank_lines(node: Block | Text) -> bool:
    """Whether the node ends with a text to which the empty lines behind it belong."""
    while isinstance(node, Block):
        if node.footers or not node.entries:
            return False
        node = node.entries[-1].value
    return node.keeps_blank_lines


def _root_lines(root: Block) -> Iterator[Line]:
    """The entries of a spec; those of several lines stand apart."""
    was_long, last = False, None
    for number, entry in enumerate(root.entries):
        body = list(_entry(entry, 0, ""))
        is_long = len(body) > 1
        is_apart = is_long or was_long or _is_apart(entry)
        may_be_apart = last is None or not _keeps_blank_lines(last)
        if number and is_apart and may_be_apart:
            yield Line("")
        yield from _remarks(entry.leading, 0)
        if entry.leading and entry.is_apart:
            yield Line("")
        yield from body
        was_long, last = is_long, entry.value
    yield from _footers(root, 0, last)


def _entries(block: Block, indent: int, lead: str) -> Iterator[Line]:
    """The entries of a block; `lead` is what stands before the first one on its line."""
    last: Block | Text | None = None
    for entry in block.entries:
        may_be_apart = last is not None and not _keeps_blank_lines(last)
        if may_be_apart and _is_apart(entry):
            yield Line("")
        yield from _remarks(entry.leading, indent)
        if entry.leading and entry.is_apart:
            yield Line("")
        yield from _entry(entry, indent, lead)
        last, lead = entry.value, ""
    yield from _footers(block, indent, last)


def _is_apart(entry: Entry) -> bool:
    return entry.leading[0].is_apart if entry.leading else entry.is_apart


def _remarks(remarks: list[Remark], indent: int) -> Iterator[Line]:
    for number, remark in enumerate(remarks):
        if number and remark.is_apart:
            yield Line("")
        yield Line(f"{'':{indent}}{remark.text}")


def _footers(block: Block, indent: int, last: Block | Text | None) -> Iterator[Line]:
    footers = block.footers
    if footers and footers[0].is_apart and last is not None and not _keeps_blank_lines(last):
        yield Line("")
    yield from _remarks(footers, indent)


def _entry(entry: Entry, indent: int, lead: str) -> Iterator[Line]:
    """The lines of an entry. `lead` stands before it instead of its indentation."""
    comment = "" if entry.trailing is None else tidy(entry.trailing.text)
    mark = "-" if entry.key is None else f"{entry.key}:"
    head = f"{lead or ' ' * indent}{mark}"
    value = entry.value
    if isinstance(value, Text):
        yield from _text(value, head, indent, comment)
        return
    flow = flow_on_line(entry)
    if flow is not None:
        yield Line(f"{head} {flow}", comment)
    elif entry.key is None:
        yield from _entries(value, indent + STEP, f"{head} ")
    else:
        yield Line(head, comment)
        yield from _entries(value, indent + STEP, "")


def _text(text: Text, head: str, indent: int, comment: str) -> Iterator[Line]:
    inner = " " * (indent + STEP)
    if text.header:
        yield Line(f"{head} {text.header}", comment)
        for line in text.lines:
            yield Line(f"{inner}{line}" if line else "")
        return
    first, *rest = text.lines
    yield Line(f"{head} {first}".rstrip(" "), "" if rest else comment)
    for number, line in enumerate(rest, 1):
        is_last = number == len(rest)
        yield Line(f"{inner}{line}" if line else "", comment if is_last else "")


def _beside_each_other(lines: list[Line]) -> Iterator[str]:
    """The lines with their comments; those of neighbours stand below each other."""
    for start, end in _runs(lines):
        run = lines[start:end]
        narrow = [len(line.text) for line in run if len(line.text) <= _WIDEST_BEFORE_COMMENT]
        width = max(narrow, default=0)
        for line in run:
            yield f"{line.text:{width}}  {line.comment}" if line.comment else line.text


def _runs(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """Stretches of lines that have comments, and each line between them by itself."""
    start = 0
    for number, line in enumerate(lines):
        if not line.comment:
            if start < number:
                yield start, number
            yield number, number + 1
            start = number + 1
    if start < len(lines):
        yield start, len(lines)
