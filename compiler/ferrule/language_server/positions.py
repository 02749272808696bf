"""Places of the protocol, in units that client and server agreed on, and code points of a text."""

from __future__ import annotations

from lsprotocol import types
from msgspec import Struct

from ferrule.forms.source import SourceFile, Span


class Positions(Struct, frozen=True):
    """Turns one into the other. `encoding` is utf-8, utf-16 or utf-32: what columns count."""

    encoding: str = "utf-16"

    def offset(self, source: SourceFile, position: types.Position) -> int:
        """The code point at a position; one behind the end of a line or text is moved there."""
        if position.line >= len(source.line_starts):
            return len(source.text)
        line = source.line(position.line + 1)
        taken = 0
        for number, char in enumerate(line):
            if taken >= position.character:
                return source.line_starts[position.line] + number
            taken += self._width(char)
        return source.line_starts[position.line] + len(line)

    def position(self, source: SourceFile, offset: int) -> types.Position:
        """The position of a code point."""
        line, column = source.position(offset)
        before = source.line(line)[: column - 1]
        return types.Position(line - 1, sum(map(self._width, before)))

    def range(self, source: SourceFile, span: Span) -> types.Range:
        """The range of a stretch."""
        return types.Range(self.position(source, span.start), self.position(source, span.end))

    def _width(self, char: str) -> int:
        if self.encoding == "utf-32":
            return 1
        if self.encoding == "utf-8":
            return len(char.encode("utf-8", "surrogatepass"))
        return 2 if ord(char) > 0xFFFF else 1
