"""What the `xml` objects of schemas say: names of elements, attributes, lists in an element.

A body in XML is a tree under its root; `@name` is an attribute, `#text` the text beside attributes,
and a list repeats its element. Prefixes and namespaces are said of the root alone.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from ferrule.imports.openapi.nodes import Node
from ferrule.imports.openapi.references import Files

_is_name = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*").fullmatch
TEXT_KEY = "#text"
_ROOT = "x-ferrule-rootless"


class XmlField(Struct, frozen=True):
    """The key of a property in the tree; `item` is the element inside, where a list has its own."""

    key: str
    item: str | None = None


class XmlRoot(Struct, frozen=True):
    """The root of a document: its name, and the attributes that declare namespaces."""

    name: str
    declared: dict[str, str] = field(default_factory=dict)
    is_list: bool = False
    item: str | None = None


def field_of(files: Files, node: Node, name: str) -> XmlField:
    """How a property stands in XML. What the tree has no words for is told."""
    target = files.target(node)
    own = _name(files, node) or name
    if _is_kind(files, node, "attribute"):
        return XmlField(own if own.startswith("@") else f"@{own}")
    if name == TEXT_KEY or _is_kind(files, node, "text") or _is_kind(files, node, "cdata"):
        return XmlField(TEXT_KEY)
    if name.startswith("@"):
        return XmlField(name)
    _tell_namespace(files, node, own)
    items = _items(target)
    if items is None:
        return XmlField(own)
    inner = _name(files, items)
    if _is_wrapped(files, node):
        return XmlField(own, inner or own)
    return XmlField(inner or name)


def root_of(files: Files, node: Node) -> XmlRoot | None:
    """The root of a body, None where the document does not name it."""
    target = files.target(node)
    if not target.is_map:
        return None
    name = _name(files, node) or _component(node)
    if name is None or _is_name(name) is None:
        return None
    items = _items(target)
    prefix, namespace = _said(files, node, "prefix"), _said(files, node, "namespace")
    declared: dict[str, str] = {}
    if namespace is not None:
        declared[f"@xmlns:{prefix}" if prefix else "@xmlns"] = namespace
    if prefix is not None and namespace is not None:
        name = f"{prefix}:{name}"
    if items is None:
        return XmlRoot(name, declared)
    inner = _name(files, items) or _component(items)
    return None if inner is None else XmlRoot(name, declared, True, inner)


def has_own_root(node: Node) -> bool:
    """Whether an exported body is a tree whose one field is the root."""
    return node.has(_ROOT)


# --- what a schema or the schema behind a reference says


def _xml(files: Files, node: Node) -> list[Node]:
    both = [node] if node.ref is None else [node, files.target(node)]
    found = (each.map("xml") for each in both if each.is_map and each.has("xml"))
    return [each for each in found if each is not None]


def _said(files: Files, node: Node, key: str) -> str | None:
    return next((each.line(key) for each in _xml(files, node) if each.has(key)), None)


def _name(files: Files, node: Node) -> str | None:
    found = _said(files, node, "name")
    if found is None or _is_name(found):
        return found
    bare = found.rpartition(":")[2]
    return bare if _is_name(bare) else None


def _is_kind(files: Files, node: Node, kind: str) -> bool:
    """Whether it is an attribute or the text of its element, in any version's words."""
    for each in _xml(files, node):
        if each.has("nodeType"):
            return each.line("nodeType") == kind
        if kind == "attribute" and each.has("attribute"):
            return each.flag("attribute")
        if kind == "text" and each.has("x-text"):
            return each.flag("x-text")
    return False


def _is_wrapped(files: Files, node: Node) -> bool:
    for each in _xml(files, node):
        if each.has("nodeType"):
            return each.line("nodeType") == "element"
        if each.has("wrapped"):
            return each.flag("wrapped")
    return False


def _items(target: Node) -> Node | None:
    """The schema of the items of a list."""
    if not target.is_map:
        return None
    is_list = target.value.get("type") in ("array", ["array", "null"]) or target.has("items")
    return target.child("items") if is_list else None


def _component(node: Node) -> str | None:
    """The name under which a schema stands in the document."""
    ref = node.ref
    return ref.rpartition("/")[2] or None if ref is not None and "#/" in ref else None


def _tell_namespace(files: Files, node: Node, name: str) -> None:
    if _said(files, node, "prefix") or _said(files, node, "namespace"):
        node.counted(
            "{count} elements inside a body have a namespace of their own: it is not written",
            name,
            rule="import-lost",
        )
