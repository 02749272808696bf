"""The text of one spec file, the name its author calls it by, and the places inside it."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Protocol

from msgspec import Struct

SIZE_LIMIT_BYTES = 64 * 1024 * 1024
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Span(Struct, frozen=True, order=True):
    """A stretch of a source text, in code points: `start` is inside, `end` is not."""

    start: int
    end: int


class Findings(Protocol):
    """What reading a file needs of a report."""

    def add(
        self,
        rule: str,
        source: SourceFile | None,
        span: Span | None,
        message: str,
        *,
        help: str | None = None,  # noqa: A002 (the word for it in every compiler)
        label: str | None = None,
    ) -> None:
        """Takes one finding."""


class SourceFile(Struct, frozen=True, dict=True):
    """A decoded text, without byte order mark, and its path as the user named it."""

    path: str
    text: str

    @cached_property
    def line_starts(self) -> list[int]:
        """Where each line begins, in code points. A line ends with LF, CR LF or CR."""
        if "\r" in self.text:
            return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]
        lengths = [len(line) + 1 for line in self.text.split("\n")]
        return list(accumulate(lengths[:-1], initial=0))

    def position(self, index: int) -> tuple[int, int]:
        """Line and column of a code point, both from 1. An index outside is moved inside."""
        index = max(0, min(index, len(self.text)))
        line = bisect_right(self.line_starts, index)
        return line, index - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its break."""
        starts = self.line_starts
        start = starts[number - 1]
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    @classmethod
    def read(
        cls, path: Path, report: Findings, *, size_limit: int = SIZE_LIMIT_BYTES
    ) -> SourceFile | None:
        """Reads a file as UTF-8. What is wrong with the file becomes a finding, and None returns.

        `size_limit` is in bytes.
        """
        nowhere = cls(str(path), "")
        try:
            with path.open("rb") as stream:
                content = stream.read(size_limit + 1)
        except FileNotFoundError:
            report.add("file-not-found", nowhere, None, "there is no such file")
            return None
        except IsADirectoryError:
            report.add(
                "not-a-file",
                nowhere,
                None,
                "this is a folder, not a spec file",
                help="name the file inside it",
            )
            return None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            report.add("unreadable-file", nowhere, None, f"the file cannot be read: {reason}")
            return None
        if len(content) > size_limit:
            report.add(
                "too-large",
                nowhere,
                None,
                f"the file is larger than {_size_text(size_limit)}, which is the limit",
            )
            return None
        return cls.decode(str(path), content, report)

    @classmethod
    def decode(cls, path: str, content: bytes, report: Findings) -> SourceFile | None:
        """Decodes UTF-8 that was read elsewhere, from stdin say; findings call it `path`."""
        body = content.removeprefix(codecs.BOM_UTF8)
        try:
            source = cls(path, body.decode("utf-8"))
        except UnicodeDecodeError as error:
            source = cls(path, body.decode("utf-8", errors="replace"))
            place = len(body[: error.start].decode("utf-8"))
            what = ", ".join(f"0x{byte:02X}" for byte in body[error.start : error.end])
            report.add(
                "not-utf8",
                source,
                Span(place, place + 1),
                f"the file is not UTF-8: {what} cannot stand here",
                help=_encoding_guess(content),
            )
            return None
        if not source.text.strip():
            report.add(
                "empty-file",
                source,
                Span(0, 0),
                "the file is empty",
                help="a spec begins with `ferrule: 1` and `connector: NAME`",
            )
            return None
        return source


def _size_text(size_bytes: int) -> str:
    for unit, factor in (("MiB", 1024 * 1024), ("KiB", 1024)):
        if size_bytes >= factor and size_bytes % factor == 0:
            return f"{size_bytes // factor} {unit}"
    return f"{size_bytes} bytes"


def _encoding_guess(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "it looks like UTF-16: save it as UTF-8"
    if b"\0" in content[:1024]:
        return "it looks like a binary file or UTF-16: save it as UTF-8"
    return "save it as UTF-8 (it may be Latin-1 or Windows-1252)"
