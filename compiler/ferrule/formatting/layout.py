"""The nodes of a document as a layout needs them: raw texts, and what stood around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from ferrule.forms.comments import Comment, comments_of
from ferrule.forms.source import SourceFile
from ferrule.forms.tree import Place, SpecTree

WIDEST_LINE = 100
STEP = 2
"""How many blanks an inner block has more than the one around it."""

_HEADER = re.compile(r"([|>])(?:([+-])[1-9]?|[1-9]([+-])?)?")


class Remark(Struct, frozen=True):
    """A comment on a line of its own, and whether an empty line stands above it."""

    text: str
    is_apart: bool = False


class Text(Struct, frozen=True):
    """A single value as it is written, line by line; the lines have no indentation.

    A block text has its `header` (`|`, `>-`) and its content as lines.
    """

    start: int
    end: int
    lines: tuple[str, ...]
    header: str = ""

    @property
    def keeps_blank_lines(self) -> bool:
        """Whether empty lines behind it are part of its value."""
        return self.header.endswith("+")

    def on_one_line(self) -> str | None:
        """The value on one line; None for one that needs several."""
        if self.header or "" in self.lines[1:-1] or any(map(_is_joined, self.lines[:-1])):
            return None
        return " ".join(self.lines)


UNREAD = Text(0, 0, ())
"""What stands in an entry until its value has been read."""


def _is_joined(line: str) -> bool:
    """Whether the break behind the line of a quoted text is escaped, or a blank before it is."""
    return line.endswith(("\\", "\\ ", "\\\t")) or not line


class Entry(Struct, eq=False):
    """A key with its value, or an item of a list (`key` is None).

    The value is put in when it has been read: what is inside of it knows the entry.
    """

    key: str | None
    start: int
    column: int
    around: Block
    is_apart: bool
    value: Block | Text = UNREAD
    leading: list[Remark] = field(default_factory=list)
    trailing: Comment | None = None

    @property
    def is_optional(self) -> bool:
        """Whether the key says that it may be left out: `name?`."""
        return self.key is not None and self.key.endswith("?")


class Block(Struct, eq=False):
    """A map or a list. `is_flow` tells how it was written, `column` where its entries began."""

    is_map: bool
    is_flow: bool
    start: int
    end: int
    column: int
    owner: Entry | None
    entries: list[Entry] = field(default_factory=list)
    footers: list[Remark] = field(default_factory=list)

    def entries_below(self) -> Iterator[Entry]:
        """All entries in order, those of inner blocks included."""
        for entry in self.entries:
            yield entry
            if isinstance(entry.value, Block):
                yield from entry.value.entries_below()


def flow_on_line(entry: Entry) -> str | None:
    """The value of an entry as `{ }` or `[ ]`, where it was written so and fits beside its key.

    None for what has comments inside, a `name?`, or a text of several lines.
    """
    value = entry.value
    if not isinstance(value, Block) or not value.is_flow:
        return None
    flow = _flow(value)
    mark = "- " if entry.key is None else f"{entry.key}: "
    is_short = flow is not None and _indent(entry) + len(mark) + len(flow) <= WIDEST_LINE
    return flow if is_short else None


def _indent(entry: Entry) -> int:
    owner = entry.around.owner
    return 0 if owner is None else _indent(owner) + STEP


def _flow(node: Block | Text) -> str | None:
    if isinstance(node, Text):
        return node.on_one_line()
    if node.footers:
        return None
    parts = []
    for entry in node.entries:
        has_comments = bool(entry.leading) or entry.trailing is not None
        inner = None if has_comments else _flow(entry.value)
        if inner is None or entry.is_optional:
            return None
        parts.append(inner if entry.key is None else f"{entry.key}: {inner}")
    opening, closing = "{}" if node.is_map else "[]"
    return f"{opening}{', '.join(parts)}{closing}"


def layout_of(tree: SpecTree) -> Block | Text:
    """The nodes of a document, without its comments."""
    return _Reader(tree).node(tree.data, tree.root, None)


class _Reader:
    def __init__(self, tree: SpecTree):
        self.source: SourceFile = tree.source
        self.text = tree.source.text
        self.comments = {
            comment.span.start: comment.span.end for comment in comments_of(tree.source, tree.root)
        }

    def node(self, value: Any, place: Place, owner: Entry | None) -> Block | Text:
        inner = place.values
        if inner is None:
            return self._text(value, place)
        is_map = isinstance(inner, Mapping)
        is_flow = bool(place.style) or (owner is not None and owner.around.is_flow)
        column = self._column(place.start)
        block = Block(is_map, is_flow, place.start, place.end, column, owner)
        if isinstance(inner, Mapping):
            for name, each in inner.items():
                assert place.keys is not None
                key = place.keys[name]
                self._add(block, _quoted(self.text[key.start : key.end]), key.start)
                block.entries[-1].value = self.node(value[name], each, block.entries[-1])
        else:
            after = place.start
            for each_value, each in zip(value, inner, strict=True):
                self._add(block, None, each.start if is_flow else self._dash(after, each.start))
                block.entries[-1].value = self.node(each_value, each, block.entries[-1])
                after = each.end
        return block

    def _add(self, block: Block, key: str | None, start: int) -> None:
        is_apart = _is_apart(self.source, start)
        block.entries.append(Entry(key, start, self._column(start), block, is_apart))

    def _column(self, start: int) -> int:
        return self.source.position(start)[1] - 1

    def _dash(self, after: int, before: int) -> int:
        """The mark of a list's item: the first `-` outside of comments."""
        while after < before:
            if after in self.comments:
                after = self.comments[after]
            elif self.text[after] == "-":
                return after
            else:
                after += 1
        return before

    def _text(self, value: Any, place: Place) -> Text:
        raw = self.text[place.start : place.end]
        if place.style in ("|", ">"):
            return _block_text(place, self._whole_lines(place), str(value))
        lines = re.split(r"[ \t]*(?:\r\n|\r|\n)[ \t]*", _quoted(raw))
        if place.style == '"':
            lines = re.split(r"(?:\r\n|\r|\n)[ \t]*", raw)
        return Text(place.start, place.end, tuple(lines))

    def _whole_lines(self, place: Place) -> list[str]:
        """The lines of a block text with the empty ones behind it."""
        line = self.source.position(place.end)[0]
        while line < len(self.source.line_starts) and not self.source.line(line + 1).strip():
            line += 1
        first = self.source.position(place.start)[0]
        return [
            self.source.line(first)[place.start - self.source.line_starts[first - 1] :],
            *(self.source.line(number) for number in range(first + 1, line + 1)),
        ]


def _is_apart(source: SourceFile, start: int) -> bool:
    """Whether an empty line stands above."""
    line = source.position(start)[0]
    return line > 1 and not source.line(line - 1).strip()


def _quoted(raw: str) -> str:
    """Text in single quotes in double ones, where both say the same; anything else as it is."""
    inner = raw[1:-1]
    is_same = inner.isprintable() and not any(sign in inner for sign in "'\"\\")
    return f'"{inner}"' if raw.startswith("'") and is_same else raw


def _block_text(place: Place, raw: list[str], value: str) -> Text:
    header = _HEADER.match(raw[0])
    assert header is not None
    chomping = header[2] or header[3] or ""
    if value.strip("\n"):
        lines = value.split("\n") if header[1] == "|" else _unfolded(raw[1:], value)
    else:
        lines = []
    while lines and not lines[-1]:
        lines.pop()
    if chomping == "+":
        lines += [""] * (len(value) - len(value.rstrip("\n")) - bool(lines))
    is_led = any(line.startswith(" ") for line in _first_lines(lines))
    return Text(place.start, place.end, tuple(lines), f"{header[1]}{2 if is_led else ''}{chomping}")


def _first_lines(lines: list[str]) -> Iterator[str]:
    """The lines that tell a reader how far the text is indented."""
    for line in lines:
        yield line
        if line.strip():
            return


def _unfolded(raw: list[str], value: str) -> list[str]:
    """The lines of a folded text without their indentation."""
    content = value.lstrip("\n")
    first = next((line for line in raw if line.strip()), "")
    indent = max(0, _blanks(first) - _blanks(content))
    return [line[indent:] for line in raw]


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
