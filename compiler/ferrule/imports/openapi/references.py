"""Follows `$ref`: inside the document, into files of its folder, to hosts that are allowed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct, field

from ferrule.diagnostics.wording import said
from ferrule.forms.tree import Path
from ferrule.imports.openapi.documents import SIZE_LIMIT_BYTES, Document, read_document
from ferrule.imports.openapi.nodes import Node
from ferrule.imports.openapi.told import Teller

_LONGEST_CHAIN = 50

Fetch = Callable[[str], bytes]
"""Gets what stands at an https address. Raises OSError with the reason where it cannot."""


class Files(Struct):
    """The files of an import: the first document and what it refers to.

    `allowed_hosts` may be asked over the network, by `fetch`.
    """

    teller: Teller
    folder: FilePath | None = None
    allowed_hosts: frozenset[str] = frozenset()
    fetch: Fetch | None = None
    documents: dict[str, Document | None] = field(default_factory=dict)

    def root(self, document: Document) -> Node:
        """The node of a whole document."""
        return Node(document, (), document.data, self.teller)

    def target(self, node: Node) -> Node:
        """The node itself, or what its `$ref` leads to at last.

        Where it leads nowhere, that is told and the node itself is given, its `$ref` unfollowed.
        """
        current, seen = node, 0
        while current.ref is not None:
            following = self._follow(current)
            seen += 1
            if following is None or seen > _LONGEST_CHAIN:
                if following is not None:
                    node.tell(
                        "import-reference", f"`{said(node.ref or '')}` goes round in a circle"
                    )
                return node
            current = following
        return current

    def step(self, node: Node) -> Node | None:
        """What the `$ref` of a node leads to, one step; None where it leads nowhere (told)."""
        return self._follow(node) if node.ref is not None else None

    def _follow(self, node: Node) -> Node | None:
        ref = node.ref or ""
        place, _, fragment = ref.partition("#")
        document = node.document if not place else self._document(node, place)
        if document is None:
            return None
        found = _look_up(document.data, fragment)
        if found is None:
            node.tell("import-reference", f"`{said(ref)}` leads nowhere")
            return None
        path, value = found
        return Node(document, path, value, self.teller)

    def _document(self, node: Node, place: str) -> Document | None:
        base = node.document
        if base.address is not None or urlsplit(place).scheme in ("http", "https"):
            return self._from_network(node, urljoin(base.address or "", place))
        if urlsplit(place).scheme:
            node.tell("import-refused", f"`{said(place)}` is not a place that is read")
            return None
        return self._from_folder(node, place)

    def _from_folder(self, node: Node, place: str) -> Document | None:
        home = node.document.home
        if home is None or self.folder is None:
            node.tell("import-refused", f"`{said(place)}` stands beside no file that was named")
            return None
        try:
            path = (home.parent / unquote(place)).resolve()
            is_inside = path.is_relative_to(self.folder.resolve())
        except (OSError, ValueError, RuntimeError):
            path, is_inside = home, False
        if not is_inside:
            advice = "move the file into the folder of the document"
            message = f"`{said(place)}` is outside the folder of the document and is not read"
            node.tell("import-refused", message, advice)
            return None
        return self._kept(node, str(path), lambda: self._read_file(node, place, path))

    def _read_file(self, node: Node, place: str, path: FilePath) -> Document | None:
        try:
            with path.open("rb") as stream:
                content = stream.read(SIZE_LIMIT_BYTES + 1)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it cannot be read"
            node.tell("import-reference", f"`{said(place)}`: {reason}")
            return None
        if len(content) > SIZE_LIMIT_BYTES:
            node.tell("import-reference", f"`{said(place)}` is larger than the limit")
            return None
        assert self.folder is not None
        name = path.relative_to(self.folder.resolve()).as_posix()
        return read_document(name, content, self.teller.of_text, home=path)

    def _from_network(self, node: Node, address: str) -> Document | None:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        if host not in self.allowed_hosts or self.fetch is None:
            message = f"`{said(address)}` is on the network and is not fetched"
            advice = f"`--allow-host {host}` allows it" if host else None
            node.tell("import-refused", message, advice)
            return None
        if parts.scheme != "https":
            node.tell("import-refused", f"`{said(address)}` is not fetched: only https is")
            return None
        return self._kept(node, address, lambda: self._read_address(node, address))

    def _read_address(self, node: Node, address: str) -> Document | None:
        assert self.fetch is not None
        try:
            content = self.fetch(address)
        except OSError as error:
            node.tell("import-reference", f"`{said(address)}` cannot be fetched: {error}")
            return None
        return read_document(address, content, self.teller.of_text, address=address)

    def _kept(self, node: Node, key: str, read: Callable[[], Document | None]) -> Document | None:
        if key not in self.documents:
            self.documents[key] = read()
        found = self.documents[key]
        if found is None:
            node.tell("import-reference", f"`{said(node.ref or '')}` cannot be read")
        return found


def _look_up(data: Any, fragment: str) -> tuple[Path, Any] | None:
    """The node that a fragment points at: a JSON pointer, or the name of an anchor."""
    if fragment in ("", "/"):
        return (), data
    if not fragment.startswith("/"):
        return _anchor(data, unquote(fragment))
    path: list[str | int] = []
    for raw in fragment[1:].split("/"):
        part: str | int = unquote(raw).replace("~1", "/").replace("~0", "~")
        if isinstance(data, list):
            if not str(part).isdigit() or int(part) >= len(data):
                return None
            part = int(part)
        elif not isinstance(data, dict):
            return None
        elif part not in data:
            part = raw.replace("~1", "/").replace("~0", "~")
            if part not in data:
                return None
        data = data[part]
        path.append(part)
    return None if data is None else (tuple(path), data)


def _anchor(data: Any, name: str) -> tuple[Path, Any] | None:
    """The schema with this `$anchor`, or with this name under `definitions` or `components`."""
    waiting: list[tuple[Path, Any]] = [((), data)]
    budget = 200_000
    while waiting and budget:
        budget -= 1
        path, value = waiting.pop()
        if isinstance(value, dict):
            if name in (value.get("$anchor"), value.get("$id"), value.get("$dynamicAnchor")):
                return path, value
            waiting += [((*path, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, number), inner) for number, inner in enumerate(value)]
    return None
