"""Reads OpenAPI 3.0, 3.1 and 3.2."""

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
    Variable,
)
from ferrule.imports.openapi.nodes import Node, clean
from ferrule.imports.openapi.reading import (
    OperationReader,
    place_of,
    read_head,
    read_security,
)
from ferrule.imports.openapi.references import Files

KEEPS_SLASHES = "x-ferrule-slashes"
_DEFAULT_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
_STYLES = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form", "cookie"),
}
_KINDS = {"http": "", "apikey": "key", "oauth2": "oauth2", "openidconnect": "openid"}


def read_openapi3(root: Node, files: Files) -> Api:
    """The whole document."""
    api = Api(root, str(root.value.get("openapi", "3"))[:3])
    read_head(api)
    dialect = _Dialect(files)
    api.servers = dialect.servers(root)
    api.security = read_security(root) or []
    components = root.map("components")
    if components is not None:
        api.schemas = components.map("schemas")
        schemes = components.map("securitySchemes")
        for name, node in schemes.items() if schemes is not None else ():
            scheme = _scheme(name, files.target(node))
            if scheme is not None:
                api.schemes[name] = scheme
    api.operations = list(OperationReader(files, dialect).operations(root))
    return api


def _scheme(name: str, node: Node) -> Scheme | None:
    if not node.is_map:
        node.degraded("a security scheme is expected here", "it is left out")
        return None
    written = node.text("type") or ""
    kind = _KINDS.get(written.lower())
    if kind is None:
        node.lost(f"the security scheme `{name}` is of a kind that is not known: `{written}`")
        return None
    scheme = Scheme(name, kind, node, node.text("description"))
    if kind == "":
        scheme.kind = (node.text("scheme") or "").lower() or "bearer"
    elif kind == "key":
        scheme.where = (node.text("in") or "header").lower()
        scheme.parameter = node.line("name") or "Authorization"
    elif kind == "oauth2":
        flows = node.map("flows")
        for flow, inner in flows.items() if flows is not None else ():
            if not flow.startswith("x-"):
                scheme.flows[flow] = _flow(inner)
    return scheme


def _flow(node: Node) -> Flow:
    scopes = node.map("scopes")
    return Flow(
        node,
        node.line("authorizationUrl") or node.line("deviceAuthorizationUrl"),
        node.line("tokenUrl"),
        node.line("refreshUrl"),
        tuple(scopes.value) if scopes is not None else (),
    )


class _Dialect(Struct):
    files: Files

    def servers(self, node: Node) -> list[Server]:
        found = []
        for each in node.entries("servers") if node.has("servers") else ():
            url = each.line("url") if each.is_map else None
            if url is None:
                each.degraded("a server with a URL is expected here", "it is left out")
                continue
            found.append(Server(url, each, each.line("description"), _variables(each)))
        return found

    def parameters(
        self, nodes: list[Node], operation: Node  # noqa: ARG002 (the older dialect asks it)
    ) -> tuple[list[Parameter], Body | None]:
        found = (self._parameter(each) for each in nodes)
        return [each for each in found if each is not None], None

    def _parameter(self, node: Node) -> Parameter | None:
        name, where = node.text("name"), place_of(node)
        if where is None or not name:
            if where is not None:
                node.degraded("a parameter has a name", "it is left out")
            return None
        found = Parameter(node, name, where, node.child("schema"))
        content = node.map("content")
        if content is not None:
            for media, inner in content.items():
                found.media, found.schema = media, self.files.target(inner).child("schema")
                break
        found.is_required = node.flag("required")
        found.is_deprecated = node.flag("deprecated")
        found.allows_reserved = node.has("allowReserved") and node.flag("allowReserved")
        found.allows_reserved |= node.has(KEEPS_SLASHES)
        found.doc = node.text("description")
        found.example = _example(self.files, node)
        found.style = node.text("style") or _DEFAULT_STYLES[where]
        if found.style not in _STYLES[where]:
            default = _DEFAULT_STYLES[where]
            message = f"`{found.style}` is not a style of a parameter in {where}"
            node.tell("import-degraded", f"{message}: `{default}` is taken")
            found.style = default
        found.explode = node.flag("explode") if node.has("explode") else found.style == "form"
        return found

    def body(self, operation: Node) -> Body | None:
        written = operation.child("requestBody")
        if written is None:
            return None
        node = self.files.target(written)
        if not node.is_map or node.ref is not None:
            node.degraded("a request body is expected here", "any body is taken")
            return Body(node, [Content("application/json", node)])
        return Body(node, self._contents(node), node.flag("required"), node.text("description"))

    def response(self, status: str, node: Node, operation: Node) -> Response:  # noqa: ARG002
        found = Response(status, node, self._contents(node), {}, node.line("description"))
        headers = node.map("headers")
        for name, header in headers.items() if headers is not None else ():
            found.headers[name] = self.files.target(header)
        links = node.map("links")
        for name, _ in links.items() if links is not None else ():
            node.counted("{count} links from answers to other operations are left out", name)
        return found

    def _contents(self, node: Node) -> list[Content]:
        found = []
        content = node.map("content")
        for media, written in content.items() if content is not None else ():
            if "/" not in media:
                written.degraded("a media type is expected here", f"`{media}` is left out")
                continue
            inner = self.files.target(written)
            if not inner.is_map:
                inner.degraded("a media type is expected here", "anything is taken")
                found.append(Content(media, inner))
                continue
            schema, item = inner.child("schema"), inner.child("itemSchema")
            encoding = inner.map("encoding")
            found.append(Content(media, inner, schema or item, None, encoding))
        return found


def _example(files: Files, node: Node) -> object:
    if node.has("example"):
        return node.value["example"]
    examples = node.map("examples") if node.has("examples") else None
    for _, each in examples.items() if examples is not None else ():
        found = files.target(each)
        return found.value.get("value") if found.is_map else None
    return None


def _variables(server: Node) -> dict[str, Variable]:
    found: dict[str, Variable] = {}
    variables = server.map("variables")
    for name, node in variables.items() if variables is not None else ():
        if not node.is_map:
            node.degraded("a variable of a server is expected here", "it has no default")
            found[name] = Variable(None)
            continue
        values = tuple(clean(str(each.value)) for each in node.entries("enum"))
        found[name] = Variable(node.text("default"), values, node.line("description"))
    return found
