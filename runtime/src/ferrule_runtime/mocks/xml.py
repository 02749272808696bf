"""A tree as the XML that is read as this tree."""

from __future__ import annotations

from typing import Any


def xml_bytes(tree: Any) -> bytes:
    """One root element, UTF-8. Raises ValueError for a tree without exactly one root."""
    if not isinstance(tree, dict) or len(tree) != 1:
        raise ValueError("an XML body has one root: the place must begin with its name")
    return "".join(_elements(*next(iter(tree.items())))).encode()


def _elements(name: str, value: Any) -> list[str]:
    from xml.sax.saxutils import escape, quoteattr

    from ferrule_runtime.encode.scalars import scalar_text

    if isinstance(value, list):
        return [part for item in value for part in _elements(name, item)]
    if not isinstance(value, dict):
        return [f"<{name}>{escape(scalar_text(value))}</{name}>"]
    attributes = "".join(
        f" {key[1:]}={quoteattr(scalar_text(inner))}"
        for key, inner in value.items()
        if key.startswith("@") and inner is not None
    )
    inside = [escape(scalar_text(value.get("#text")))]
    for key, inner in value.items():
        if key[:1] not in ("@", "#"):
            inside += _elements(key, inner)
    return [f"<{name}{attributes}>", *inside, f"</{name}>"]
