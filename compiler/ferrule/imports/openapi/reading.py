"""Reads what Swagger 2.0 and OpenAPI 3.x say alike: info, paths, operations, security."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct

from ferrule.forms.spec import METHODS
from ferrule.imports.openapi.api import (
    Api,
    Body,
    Operation,
    Parameter,
    Requirement,
    Response,
    Server,
)
from ferrule.imports.openapi.nodes import Node
from ferrule.imports.openapi.references import Files

_NOT_METHODS = ("parameters", "servers", "summary", "description", "$ref")
_UNSIGNED = "the document does not say how the service signs it"
_SIGN = "say how under `triggers`: `webhook: {sign: …, key: …, in: …, type: …, events: …}`"
_PLACES = ("path", "query", "header", "cookie")


class Dialect(Protocol):
    """What differs between the versions of the format."""

    def servers(self, node: Node) -> list[Server]:
        """The servers that the document, a path or an operation names."""

    def parameters(self, nodes: list[Node], operation: Node) -> tuple[list[Parameter], Body | None]:
        """Parameters, of which some versions make the body too."""

    def body(self, operation: Node) -> Body | None:
        """The body that an operation declares."""

    def response(self, status: str, node: Node, operation: Node) -> Response:
        """One answer."""


class OperationReader(Struct):
    """Reads the paths of a document in one dialect."""

    files: Files
    dialect: Dialect

    def operations(self, root: Node) -> Iterator[Operation]:
        """Every operation, in the order of the document."""
        paths = root.map("paths")
        for path, written in paths.items() if paths is not None else ():
            if path.startswith("x-"):
                continue
            item = self.files.target(written)
            if not item.is_map:
                item.degraded("a map of operations is expected here", "the path is left out")
                continue
            yield from self._of_path(path, item)

    def _of_path(self, path: str, item: Node) -> Iterator[Operation]:
        shared = item.entries("parameters")
        servers = self.dialect.servers(item)
        for method, node in item.items():
            name = method.lower()
            if name in _NOT_METHODS or name.startswith("x-"):
                continue
            if name not in METHODS:
                what = f"the method {method.upper()}" if name == "trace" else f"`{method}`"
                node.lost(f"{what} of {path} is not one that a client can call")
                continue
            if not node.is_map:
                node.degraded("an operation is expected here", "it is left out")
                continue
            operation = Operation(name, path, node)
            with_place = node.teller
            with_place.operation = operation.label
            try:
                self._fill(operation, shared, servers)
            finally:
                with_place.operation = None
            yield operation

    def _fill(self, operation: Operation, shared: list[Node], servers: list[Server]) -> None:
        node = operation.node
        operation.operation_id = node.text("operationId")
        operation.tags = tuple(node.texts("tags"))
        operation.summary = node.line("summary")
        operation.description = node.text("description")
        operation.docs = docs_of(node)
        operation.is_deprecated = node.flag("deprecated")
        operation.servers = self.dialect.servers(node) or servers
        operation.security = read_security(node)
        own = node.entries("parameters")
        operation.parameters, operation.body = self.dialect.parameters(
            self._over(shared, own), node
        )
        operation.body = self.dialect.body(node) or operation.body
        operation.responses = list(self._responses(node))
        for key in ("callbacks", "x-callbacks"):
            given = node.map(key) if node.has(key) else None
            for name, each in given.items() if given is not None else ():
                each.lost(f"the callback `{name}` is not received: {_UNSIGNED}", _SIGN)

    def _over(self, shared: list[Node], own: list[Node]) -> list[Node]:
        """The parameters of the path under those of the operation."""
        found: dict[tuple[str | None, str | None], Node] = {}
        for each in (*shared, *own):
            target = self.files.target(each)
            if not target.is_map:
                target.degraded("a parameter is expected here", "it is left out")
                continue
            found[(target.text("in"), target.text("name"))] = target
        return list(found.values())

    def _responses(self, node: Node) -> Iterator[Response]:
        responses = node.map("responses")
        for status, each in responses.items() if responses is not None else ():
            if status.startswith("x-"):
                continue
            target = self.files.target(each)
            if not target.is_map:
                target.degraded("a response is expected here", "it is left out")
                continue
            if not _is_status(status):
                each.degraded("a status is expected here", f"`{status}` is left out")
                continue
            yield self.dialect.response(_status(status), target, node)


def _is_status(text: str) -> bool:
    return text.lower() == "default" or (
        len(text) == 3 and text[0] in "12345" and all(c in "0123456789xX" for c in text[1:])
    )


def _status(text: str) -> str:
    return "default" if text.lower() == "default" else text.upper()


def read_security(node: Node) -> list[Requirement] | None:
    """The alternatives under `security`, None where nothing is said."""
    if not isinstance(node.value, dict) or not isinstance(node.value.get("security"), list):
        return None
    found: dict[Requirement, None] = {}
    for each in node.entries("security"):
        if not each.is_map:
            each.degraded("a security requirement is expected here", "it is left out")
            continue
        found[tuple((name, _scopes(each, name)) for name in each.value)] = None
    return list(found)


def _scopes(node: Node, name: str) -> tuple[str, ...]:
    value = node.value.get(name)
    given = value if isinstance(value, list) else [value]
    return tuple(str(each) for each in given if isinstance(each, str | int))


def docs_of(node: Node) -> str | None:
    """The address under `externalDocs`."""
    found = node.map("externalDocs")
    return found.line("url") if found is not None else None


def read_head(api: Api) -> None:
    """Title, version and description."""
    info = api.node.map("info")
    if info is not None:
        api.title = info.line("title")
        api.version = info.line("version")
        api.description = info.text("description")
        terms = info.map("contact")
        api.docs = docs_of(api.node) or (terms.line("url") if terms is not None else None)
    else:
        api.docs = docs_of(api.node)
    extension = api.node.child("x-ferrule")
    api.extension = extension if extension is not None and extension.is_map else None
    for key in ("webhooks", "x-webhooks"):
        hooks = api.node.map(key) if api.node.has(key) else None
        for name, each in hooks.items() if hooks is not None else ():
            if api.extension is None:
                each.lost(f"the webhook `{name}` is not received: {_UNSIGNED}", _SIGN)


def place_of(node: Node) -> str | None:
    """Where a parameter goes; None where that is nowhere, which is told."""
    where = (node.text("in") or "").lower()
    if where in _PLACES:
        return where
    node.degraded("`in` of a parameter is path, query, header or cookie", "it is left out")
    return None
