"""Reads OpenAPI documents of any make as plain values, with a place for every key when asked."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterable
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from ferrule.forms.source import SourceFile, Span
from ferrule.forms.tree import Path
from ferrule.imports.openapi.json_places import json_spans

if TYPE_CHECKING:
    from ferrule.imports.openapi.yaml_values import Marks

SIZE_LIMIT_BYTES = 256 * 1024 * 1024


Tells = Callable[[SourceFile, Span | None, str], None]
"""Takes what is wrong with a document as a whole, and where."""


class Document(Struct, eq=False):
    """One file: its text, its values, and where they stand.

    `home` is its path on disk, or None where it came from elsewhere; `address` is its URL then.
    """

    source: SourceFile
    data: Any
    home: FilePath | None = None
    address: str | None = None
    marks: Marks | None = None
    _known: dict[Path, Span] = field(default_factory=dict)

    def locate(self, paths: Iterable[Path]) -> None:
        """Find the places of many nodes in one go through the text."""
        wanted = [path for path in dict.fromkeys(paths) if path not in self._known]
        if self.marks is None:
            self._known.update(json_spans(self.source.text, wanted))
        else:
            from ferrule.imports.openapi.yaml_values import yaml_span

            text, data = self.source.text, self.data
            self._known.update({path: yaml_span(text, data, self.marks, path) for path in wanted})

    def span(self, path: Path) -> Span:
        """The key that leads to a node; of an entry of a list its beginning; else the nearest."""
        if path not in self._known:
            self.locate([path])
        return self._known[path]


def read_document(
    name: str,
    content: bytes,
    tell: Tells,
    *,
    home: FilePath | None = None,
    address: str | None = None,
) -> Document | None:
    """The document in some bytes, None where they are neither JSON nor YAML, which is told."""
    source = SourceFile(name, _decoded(content))
    document = Document(source, None, home, address)
    text = source.text
    if not text.strip():
        tell(source, None, "the file is empty")
        return None
    if text.lstrip()[:1] in ("{", "["):
        try:
            document.data = json.loads(text)
        except (ValueError, RecursionError) as error:
            if isinstance(error, RecursionError):
                tell(source, None, "values are nested too deep to be read")
                return None
        else:
            return document
    from ferrule.imports.openapi.yaml_values import YamlFault, read_yaml  # JSON needs none of it

    try:
        document.data, document.marks, remarks = read_yaml(text)
    except YamlFault as fault:
        tell(source, fault.span, fault.message)
        return None
    for span, message in remarks:
        tell(source, span, message)
    return document


def _decoded(content: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one; what is neither is read as far as it goes."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    body = content.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        # Latin-1 and its like are what such files are: every byte is a character there.
        return body.decode("cp1252", errors="replace")
