"""The outline of a spec: its sections, and in them what the author named."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from ferrule.editing.mentions import MAPS
from ferrule.forms.source import Span
from ferrule.forms.spec import METHODS
from ferrule.forms.tree import SpecTree


class Symbol(Struct, frozen=True):
    """A key with what it holds. `kind` is `section`, or what the key names: model, action, …"""

    kind: str
    name: str
    detail: str
    whole: Span
    key: Span
    inner: tuple[Symbol, ...] = ()


def symbols_of(tree: SpecTree) -> list[Symbol]:
    """One symbol a key of the spec, with the names inside the maps that declare some."""
    found = []
    for key, value in tree.data.items():
        inner: tuple[Symbol, ...] = ()
        if key in MAPS and isinstance(value, dict):
            inner = tuple(_symbol(tree, (key, name), each) for name, each in value.items())
        detail = "" if isinstance(value, dict | list) else str(value)
        found.append(
            Symbol("section", key, detail, _whole(tree, (key,)), _key(tree, (key,)), inner)
        )
    return found


def _symbol(tree: SpecTree, path: tuple[str, str], value: Any) -> Symbol:
    kind = MAPS[path[0]]
    inner: tuple[Symbol, ...] = ()
    if kind == "model" and isinstance(value, dict):
        inner = tuple(
            Symbol(
                "field", name, _word(each), _whole(tree, (*path, name)), _key(tree, (*path, name))
            )
            for name, each in value.items()
            if not name.startswith(".")
        )
    return Symbol(kind, path[1], _detail(value), _whole(tree, path), _key(tree, path), inner)


def _detail(value: Any) -> str:
    if isinstance(value, dict):
        for method in METHODS:
            if method in value:
                return f"{method.upper()} {value[method]}"
        return _word(value.get(".type", ""))
    return _word(value)


def _word(value: Any) -> str:
    return "" if isinstance(value, dict | list) else str(value)


def _key(tree: SpecTree, path: tuple[str, ...]) -> Span:
    return tree.key_span(path)


def _whole(tree: SpecTree, path: tuple[str, ...]) -> Span:
    start = tree.key_span(path).start
    return Span(start, max(tree.key_span(path).end, tree.value_span(path).end))
