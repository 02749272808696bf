"""Callers' values as XML: the tree that `ferrule_runtime.xml` reads, written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from ferrule_runtime.encode.json import json_value
from ferrule_runtime.encode.scalars import scalar_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PART: Final = r"[A-Za-z_\u00c0-\ud7ff\uf900-\ufffd][A-Za-z0-9_.\-\u00b7-\ud7ff\uf900-\ufffd]*"
_is_name = re.compile(rf"{_PART}(?::{_PART})?").fullmatch
# What no XML 1.0 document can hold, not even as a reference.
_has_forbidden = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]").search
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_ATTRIBUTES: Final = {**_ESCAPES, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def xml_bytes(value: Any, formats: Mapping[str, Any] | None = None) -> bytes:
    """UTF-8 with a declaration. The one key of the body is the root; a list repeats its element.

    `@name` is an attribute, `#text` the text beside attributes and children; None is an empty
    element, and left out where it is an attribute. Raises ValueError and TypeError, without values.
    """
    tree = json_value(value, formats)
    if not isinstance(tree, dict) or len(tree) != 1:
        raise ValueError("XML has one root: the body needs exactly one field, the root's name")
    name, content = next(iter(tree.items()))
    if isinstance(content, list):
        raise TypeError("XML has one root, and a list would be several")
    return "".join((_DECLARATION, *_element(name, content))).encode()


def _element(name: str, value: Any) -> Iterator[str]:
    _check_name(name)
    if isinstance(value, list):
        for item in value:
            if isinstance(item, list):
                raise TypeError("a list in a list has no form in XML")
            yield from _element(name, item)
        return
    if not isinstance(value, dict):
        text = _escaped(value, _ESCAPES)
        yield f"<{name}>{text}</{name}>" if text else f"<{name}/>"
        return
    yield f"<{name}"
    for key, inner in value.items():
        if key.startswith("@") and inner is not None:
            _check_name(key[1:])
            yield f' {key[1:]}="{_escaped(inner, _IN_ATTRIBUTES)}"'
    yield f">{_escaped(value.get('#text'), _ESCAPES)}"
    for key, inner in value.items():
        if key != "#text" and not key.startswith("@"):
            yield from _element(key, inner)
    yield f"</{name}>"


def _check_name(name: str) -> None:
    if not _is_name(name):
        raise ValueError(f"{name[:80]!a} cannot be the name of an element or attribute of XML")


def _escaped(value: Any, escapes: dict[str, str]) -> str:
    if isinstance(value, (dict, list)):
        raise TypeError("an attribute or a text of XML is a single value")
    text = scalar_text(value)
    if _has_forbidden(text):
        raise ValueError("holds a control character or a lone surrogate, which XML cannot hold")
    for character, escape in escapes.items():
        if character in text:
            text = text.replace(character, escape)
    return text
