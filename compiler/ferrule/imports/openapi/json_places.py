"""Finds where nodes of a JSON text stand, by stepping over everything that was not asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from json import decoder
from typing import Any

from ferrule.forms.source import Span
from ferrule.forms.tree import Path

_BLANKS = re.compile(r"[ \t\r\n]*")
# Both are the C functions that `json.loads` is made of.
_scan: Any = json.JSONDecoder().__dict__["scan_once"]
_scan_text: Any = vars(decoder)["scanstring"]

Asked = dict[Any, Any]
"""The nodes that were asked for, as a tree of keys."""


def json_spans(text: str, paths: Iterable[Path]) -> dict[Path, Span]:
    """The key of each node, or the beginning of a list's entry; the nearest one that exists.

    What lies beside the paths is skipped at the speed of the JSON scanner.
    """
    wanted = list(paths)
    tree: Asked = {}
    for path in wanted:
        node = tree
        for part in path:
            node = node.setdefault(part, {})
    found: dict[Path, Span] = {}
    start = _skip(text, 0)
    found[()] = Span(start, min(start + 1, len(text)))
    if tree:
        _Walker(text, found).value(start, tree, ())
    return {path: _nearest(found, path) for path in wanted}


def _nearest(found: dict[Path, Span], path: Path) -> Span:
    while path not in found:
        path = path[:-1]
    return found[path]


def _skip(text: str, index: int) -> int:
    met = _BLANKS.match(text, index)
    return met.end() if met else index


class _Walker:
    def __init__(self, text: str, found: dict[Path, Span]) -> None:
        self.text = text
        self.found = found

    def value(self, index: int, asked: Asked, path: Path) -> int:
        """Walks the value at `index` and gives the index behind it."""
        sign = self.text[index : index + 1]
        if asked and sign == "{":
            return self._object(index, asked, path)
        if asked and sign == "[":
            return self._array(index, asked, path)
        return int(_scan(self.text, index)[1])

    def _object(self, index: int, asked: Asked, path: Path) -> int:
        text = self.text
        index = _skip(text, index + 1)
        while text[index] == '"':
            key, behind = _scan_text(text, index + 1, False)
            value_at = _skip(text, _skip(text, behind) + 1)
            inner = asked.get(key)
            if inner is None:
                index = int(_scan(text, value_at)[1])
            else:
                self.found[(*path, key)] = Span(index, behind)
                index = self.value(value_at, inner, (*path, key))
            index = _skip(text, index)
            if text[index] == ",":
                index = _skip(text, index + 1)
        return index + 1

    def _array(self, index: int, asked: Asked, path: Path) -> int:
        text = self.text
        index = _skip(text, index + 1)
        number = 0
        while text[index] != "]":
            inner = asked.get(number)
            start = index
            if inner is None:
                index = int(_scan(text, index)[1])
            else:
                self.found[(*path, number)] = Span(start, start)
                index = self.value(index, inner, (*path, number))
                line_end = text.find("\n", start)
                end = index if line_end < 0 else min(index, line_end)
                self.found[(*path, number)] = Span(start, max(end, start + 1))
            index = _skip(text, index)
            if text[index] == ",":
                index = _skip(text, index + 1)
            number += 1
        return index + 1
