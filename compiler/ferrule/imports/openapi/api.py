"""What an OpenAPI document says, whichever version it is written in; schemas stay nodes."""

from __future__ import annotations

from msgspec import Struct, field

from ferrule.imports.openapi.nodes import Node


class Parameter(Struct):
    """A parameter, or a field of a form. `style` and `explode` are those of OpenAPI 3, and `tabs`.

    `media` is set where the value is sent as a document of its own (`content`).
    """

    node: Node
    name: str
    where: str
    schema: Node | None
    is_required: bool = False
    style: str = ""
    explode: bool = False
    doc: str | None = None
    example: object = None
    is_deprecated: bool = False
    media: str | None = None
    allows_reserved: bool = False


class Content(Struct):
    """One media type of a body. `fields` are given instead of `schema` by forms of Swagger 2."""

    media: str
    node: Node
    schema: Node | None = None
    fields: list[Parameter] | None = None
    encoding: Node | None = None


class Body(Struct):
    """What a request sends."""

    node: Node
    contents: list[Content]
    is_required: bool = False
    doc: str | None = None


class Response(Struct):
    """An answer. `status` is as written: `200`, `4XX`, `default`."""

    status: str
    node: Node
    contents: list[Content] = field(default_factory=list)
    headers: dict[str, Node] = field(default_factory=dict)
    doc: str | None = None

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return self.status[:1] == "2"

    @property
    def is_failure(self) -> bool:
        """Whether the status is 4xx or 5xx."""
        return self.status[:1] in ("4", "5")


Requirement = tuple[tuple[str, tuple[str, ...]], ...]
"""Schemes that are needed together, each with its scopes; empty for none at all."""


class Server(Struct):
    """A base URL with `{variables}`, and what may stand for them."""

    url: str
    node: Node | None
    description: str | None = None
    variables: dict[str, Variable] = field(default_factory=dict)


class Variable(Struct):
    """A part of a server's URL that an installer chooses."""

    default: str | None
    values: tuple[str, ...] = ()
    description: str | None = None


class Operation(Struct):
    """One call of the service. `security` is None where the document's own holds."""

    method: str
    path: str
    node: Node
    operation_id: str | None = None
    tags: tuple[str, ...] = ()
    summary: str | None = None
    description: str | None = None
    docs: str | None = None
    is_deprecated: bool = False
    parameters: list[Parameter] = field(default_factory=list)
    body: Body | None = None
    responses: list[Response] = field(default_factory=list)
    security: list[Requirement] | None = None
    servers: list[Server] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What the operation is called in findings."""
        return f"{self.method.upper()} {self.path}"


class Scheme(Struct):
    """A security scheme: `basic`, `bearer`, `key`, `oauth2`, `openid`, or another word of HTTP."""

    name: str
    kind: str
    node: Node
    doc: str | None = None
    where: str = ""
    parameter: str = ""
    flows: dict[str, Flow] = field(default_factory=dict)


class Flow(Struct):
    """A flow of OAuth 2."""

    node: Node
    authorize_url: str | None = None
    token_url: str | None = None
    refresh_url: str | None = None
    scopes: tuple[str, ...] = ()


class Api(Struct):
    """A whole document. `extension` is what an exported connector says of itself (`x-ferrule`)."""

    node: Node
    dialect: str
    title: str | None = None
    version: str | None = None
    description: str | None = None
    docs: str | None = None
    servers: list[Server] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)
    schemes: dict[str, Scheme] = field(default_factory=dict)
    security: list[Requirement] = field(default_factory=list)
    schemas: Node | None = None
    extension: Node | None = None
