"""Reads Swagger 2.0 into the same form as OpenAPI 3."""

from __future__ import annotations

from msgspec import Struct

from ferrule.imports.openapi.api import (
    Api,
    Body,
    Content,
    Flow,
    Parameter,
    Response,
    Scheme,
    Server,
)
from ferrule.imports.openapi.nodes import Node
from ferrule.imports.openapi.reading import (
    OperationReader,
    place_of,
    read_head,
    read_security,
)
from ferrule.imports.openapi.references import Files

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"

_FLOWS = {
    "accesscode": "authorizationCode",
    "application": "clientCredentials",
    "implicit": "implicit",
    "password": "password",
}
# As OpenAPI 3 says it: the style, and whether it is exploded.
_COLLECTIONS = {
    "csv": ("form", False),
    "multi": ("form", True),
    "ssv": ("spaceDelimited", False),
    "pipes": ("pipeDelimited", False),
    "tsv": ("tabs", False),
}


def read_swagger2(root: Node, files: Files) -> Api:
    """The whole document."""
    api = Api(root, "2.0")
    read_head(api)
    api.servers = _servers(root)
    api.security = read_security(root) or []
    api.schemas = root.map("definitions")
    definitions = root.map("securityDefinitions")
    for name, node in definitions.items() if definitions is not None else ():
        scheme = _scheme(name, node)
        if scheme is not None:
            api.schemes[name] = scheme
    dialect = _Dialect(files, root.texts("consumes"), root.texts("produces"))
    api.operations = list(OperationReader(files, dialect).operations(root))
    return api


def _servers(root: Node) -> list[Server]:
    host, base = root.line("host"), root.line("basePath") or ""
    base = base if base.startswith("/") or not base else f"/{base}"
    if not host:
        return [Server(base, root.child("basePath"))] if base.strip("/") else []
    schemes = [each.lower() for each in root.texts("schemes")]
    scheme = "http" if schemes and "https" not in schemes and "http" in schemes else "https"
    return [Server(f"{scheme}://{host}{base}", root.child("host"))]


def _scheme(name: str, node: Node) -> Scheme | None:
    written = (node.text("type") or "").lower() if node.is_map else ""
    if written not in ("basic", "apikey", "oauth2"):
        node.lost(f"the security scheme `{name}` is of a kind that is not known: `{written}`")
        return None
    scheme = Scheme(name, "key" if written == "apikey" else written, node)
    scheme.doc = node.text("description")
    if written == "apikey":
        scheme.where = (node.text("in") or "header").lower()
        scheme.parameter = node.line("name") or "Authorization"
    elif written == "oauth2":
        flow = (node.text("flow") or "").lower()
        scopes = node.map("scopes")
        scheme.flows[_FLOWS.get(flow, flow or "implicit")] = Flow(
            node,
            node.line("authorizationUrl"),
            node.line("tokenUrl"),
            None,
            tuple(scopes.value) if scopes is not None else (),
        )
    return scheme


class _Dialect(Struct):
    files: Files
    consumes: list[str]
    produces: list[str]

    def servers(self, node: Node) -> list[Server]:  # noqa: ARG002 (only the newer format has them)
        return []

    def parameters(self, nodes: list[Node], operation: Node) -> tuple[list[Parameter], Body | None]:
        found: list[Parameter] = []
        fields: list[Parameter] = []
        body: Body | None = None
        consumes = operation.texts("consumes") or self.consumes
        for node in nodes:
            where = (node.text("in") or "").lower()
            if where == "body":
                body = self._body(node, consumes)
            elif where in ("formdata", "form"):
                self._add(fields, node, "form")
            else:
                place = place_of(node)
                if place is not None:
                    self._add(found, node, place)
        if fields:
            body = _form(operation, fields, consumes)
        return found, body

    def _add(self, found: list[Parameter], node: Node, where: str) -> None:
        name = node.text("name")
        if not name:
            node.degraded("a parameter has a name", "it is left out")
            return
        made = Parameter(node, name, where, node.child("schema") or node)
        made.is_required = node.flag("required")
        made.doc = node.text("description")
        made.example = node.value.get("x-example", node.value.get("example"))
        made.is_deprecated = node.has("x-deprecated") or node.value.get("deprecated") is True
        written = node.text("collectionFormat") or "csv"
        if written not in _COLLECTIONS:
            message = f"`{written}` is not a collection format: `csv` is taken"
            node.tell("import-degraded", message)
            written = "csv"
        made.style, made.explode = _COLLECTIONS[written]
        if where in ("path", "header") and made.style == "form":
            made.style = "simple"
        made.allows_reserved = node.value.get("x-ms-skip-url-encoding") is True
        found.append(made)

    def _body(self, node: Node, consumes: list[str]) -> Body:
        schema = node.child("schema")
        contents = [Content(media, node, schema) for media in consumes or [JSON]]
        return Body(node, contents, node.flag("required"), node.text("description"))

    def body(self, operation: Node) -> Body | None:  # noqa: ARG002 (it is among the parameters)
        return None

    def response(self, status: str, node: Node, operation: Node) -> Response:
        found = Response(status, node, [], {}, node.line("description"))
        schema = node.child("schema")
        produces = operation.texts("produces") or self.produces or [JSON]
        if schema is not None:
            target = self.files.target(schema)
            is_file = target.is_map and target.value.get("type") == "file"
            if is_file and all("json" in media for media in produces):
                produces = ["application/octet-stream"]
            found.contents = [Content(media, node, schema) for media in produces]
        elif node.has("examples"):
            found.contents = [Content(media, node) for media in produces]
        headers = node.map("headers")
        for name, header in headers.items() if headers is not None else ():
            found.headers[name] = header
        return found


def _form(operation: Node, fields: list[Parameter], consumes: list[str]) -> Body:
    has_file = any(
        each.schema is not None and each.schema.value.get("type") == "file" for each in fields
    )
    media = MULTIPART if has_file or (MULTIPART in consumes and FORM not in consumes) else FORM
    content = Content(media, operation, None, fields)
    return Body(operation, [content], any(each.is_required for each in fields))
