"""Actions on their way from operations to a spec: types are not spelled, names may be missing."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from ferrule.imports.openapi.api import Operation
from ferrule.imports.openapi.nodes import Node
from ferrule.imports.openapi.types import Field, Type


class BodyDraft(Struct):
    """What an action sends: one type, or several by media type.

    `wrap` is the root of a body in XML, `fixed` are constants of it.
    """

    type: Type | None = None
    is_optional: bool = False
    send: str = "json"
    doc: str | None = None
    media: str | None = None
    arrays: str | None = None
    wrap: str | None = None
    node: Node | None = None
    fixed: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, Type] = field(default_factory=dict)


class Result(Struct):
    """One case of what an action returns. `word` stands instead of a type: `none`, `redirect`."""

    type: Type | None = None
    word: str | None = None
    stream: str | None = None
    at: str | None = None


class ActionDraft(Struct):
    """An action. `results` are keyed by status or media type; one case alone has the key ""."""

    operation: Operation
    name: str = ""
    path: str = ""
    path_fields: dict[str, Field] = field(default_factory=dict)
    query: dict[str, Field] = field(default_factory=dict)
    headers: dict[str, Field] = field(default_factory=dict)
    cookies: dict[str, Field] = field(default_factory=dict)
    fixed_query: dict[str, str] = field(default_factory=dict)
    fixed_headers: dict[str, str] = field(default_factory=dict)
    without_headers: list[str] = field(default_factory=list)
    body: BodyDraft | None = None
    results: dict[str, Result] = field(default_factory=dict)
    host: str | None = None
    auth: list[str] | None = None
    scopes: list[str] = field(default_factory=list)
    paging: Any = None
    replay: str | None = None
    idempotency_key: str | None = None
    errors: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    @property
    def sections(self) -> list[tuple[str, dict[str, Field]]]:
        """The parameters by place, in the order in which they take names."""
        return [
            ("path", self.path_fields),
            ("query", self.query),
            ("header", self.headers),
            ("cookie", self.cookies),
        ]

    @property
    def is_reading(self) -> bool:
        """Whether the method only reads."""
        return self.operation.method in ("get", "head")
