"""A document as nodes that know their place: each is read leniently, and what is odd is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from ferrule.diagnostics.wording import said
from ferrule.forms.tree import Path
from ferrule.imports.openapi.documents import Document
from ferrule.imports.openapi.told import Teller

_TRUE = ("true", "yes", "on")
_FALSE = ("false", "no", "off")


class Node(Struct, frozen=True, eq=False):
    """A value of a document and the way to it."""

    document: Document
    path: Path
    value: Any
    teller: Teller

    def child(self, key: str | int) -> Node | None:
        """The node under a key, None where there is none or null."""
        value = self.value
        if isinstance(value, dict):
            inner = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            inner = value[key]
        else:
            return None
        return None if inner is None else self.at(key, inner)

    def at(self, key: str | int, value: Any) -> Node:
        """A node one step further in."""
        return Node(self.document, (*self.path, key), value, self.teller)

    @property
    def is_map(self) -> bool:
        """Whether it is a map."""
        return isinstance(self.value, dict)

    @property
    def ref(self) -> str | None:
        """The text of its `$ref`."""
        if isinstance(self.value, dict):
            found = self.value.get("$ref")
            return found if isinstance(found, str) else None
        return None

    def has(self, key: str) -> bool:
        """Whether there is such a key, whatever stands under it."""
        return isinstance(self.value, dict) and key in self.value

    def items(self) -> Iterator[tuple[str, Node]]:
        """The entries of a map, without extensions; a value that is null is left out."""
        if not isinstance(self.value, dict):
            if self.value is not None:
                self.degraded("a map is expected here", "it is left out")
            return
        for key, value in self.value.items():
            if value is not None:
                yield str(key), self.at(key, value)

    def entries(self, key: str) -> list[Node]:
        """The nodes of a list under a key; one value that is no list counts as a list of it."""
        found = self.child(key)
        if found is None:
            return []
        if isinstance(found.value, list):
            return [found.at(n, each) for n, each in enumerate(found.value) if each is not None]
        found.degraded("a list is expected here", "it is read as a list of one")
        return [found]

    def map(self, key: str) -> Node | None:
        """The map under a key; anything else there is told and counts as nothing."""
        found = self.child(key)
        if found is None or found.is_map:
            return found
        found.degraded("a map is expected here", "it is left out")
        return None

    def text(self, key: str) -> str | None:
        """The text under a key; a number is taken as text, everything else is told."""
        found = self.child(key)
        if found is None:
            return None
        if isinstance(found.value, str):
            return clean(found.value)
        if isinstance(found.value, int | float):
            return _plain(found.value)
        found.degraded("text is expected here", "it is left out")
        return None

    def line(self, key: str) -> str | None:
        """The text under a key on one line, None where it is blank."""
        found = self.text(key)
        return " ".join(found.split()) or None if found else None

    def flag(self, key: str) -> bool:
        """Whether the value under a key is true."""
        found = self.child(key)
        if found is None or isinstance(found.value, bool):
            return found is not None and bool(found.value)
        if isinstance(found.value, str) and found.value.lower() in (*_TRUE, *_FALSE):
            return found.value.lower() in _TRUE
        if not (key == "required" and isinstance(found.value, list)):
            found.degraded("true or false is expected here", "it counts as false")
        return False

    def number(self, key: str) -> int | float | None:
        """The number under a key; one that stands in quotes counts."""
        found = self.child(key)
        if found is None:
            return None
        value = found.value
        if isinstance(value, str):
            try:
                value = float(value) if "." in value else int(value)
            except ValueError:
                value = None
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            found.degraded("a number is expected here", "it is left out")
            return None
        return _whole(value)

    def texts(self, key: str) -> list[str]:
        """The texts of a list under a key."""
        found = self.child(key)
        if found is None:
            return []
        values = found.value if isinstance(found.value, list) else [found.value]
        return [clean(each) for each in values if isinstance(each, str)]

    # --- telling ---

    def tell(self, rule: str, message: str, advice: str | None = None) -> None:
        """A finding about this place."""
        self.teller.tell(rule, self.document, self.path, message, advice)

    def lost(self, message: str, advice: str | None = None) -> None:
        """What the document says here and the spec cannot."""
        self.tell("import-lost", message, advice)

    def degraded(self, message: str, consequence: str) -> None:
        """What is not as the format asks, and what it is taken for."""
        self.tell("import-degraded", f"{message}, not {_shown(self.value)}: {consequence}")

    def counted(self, what: str, example: str = "", *, rule: str = "import-left-out") -> None:
        """One of many things alike that do not matter one by one."""
        self.teller.count(rule, what, self.document, self.path, example)

    @property
    def address(self) -> str:
        """The place as a JSON pointer, for messages."""
        parts = (str(part).replace("~", "~0").replace("/", "~1") for part in self.path)
        return "#/" + "/".join(parts)


def clean(text: str) -> str:
    """The text without halves of characters, which no file can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _plain(value: float) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)


def _whole(value: float) -> int | float:
    is_whole = float(value).is_integer() and abs(value) < 2**53
    return int(value) if is_whole else value


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    return f"`{said(clean(str(value)), 40)}`"
