"""The shapes of documents as the OpenAPI description tells them; nothing is made from these."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

StateName = Literal["not_configured", "configured", "verified", "needs_attention"]


class Document(BaseModel):
    """A JSON object with exactly the fields that are described."""

    model_config = ConfigDict(extra="forbid")


class FieldProblem(Document):
    """One field that cannot be taken; `pointer` is a JSON pointer, or ?name for a parameter."""

    pointer: str
    code: str
    detail: str


class Problem(Document):
    """RFC 9457."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem] | None = None
    reason: str | None = None
    upstream_status: int | None = None


class LastError(Document):
    """What went wrong last, in the service's words without secrets."""

    at: str
    code: str
    message: str
    status_code: int | None
    retry_after_seconds: float | None


class Row(Document):
    """One connection of a provider, or a provider without any."""

    provider: str
    title: str
    version: str | None
    problem: str | None
    connection: str | None
    state: StateName
    reason: str | None
    enabled: bool
    verified_at: str | None
    updated_at: str | None
    last_error: LastError | None


class RowPage(Document):
    """A page of rows; `next` is the `after` of the next one."""

    data: list[Row]
    next: str | None


class AuthChoice(Document):
    """One way to authenticate."""

    name: str | None
    kind: str
    signs_in: bool
    settings: list[str]


class Field(Document):
    """One field of a set-up form."""

    name: str
    type: str
    item: str | None
    secret: bool
    required: bool
    default: Any
    choices: list[Any]
    pattern: str | None
    minimum: float | None
    maximum: float | None
    example: Any
    doc: str


class Provider(Document):
    """An installed connector, its set-up form, and a page of its connections."""

    provider: str
    title: str
    version: str
    package: str
    problem: str | None
    has_test: bool
    auth: list[AuthChoice]
    fields: list[Field]
    setup_schema: dict[str, Any]
    connections: list[Row]
    next: str | None


class SecretFacts(Document):
    """What may be told about a secret."""

    set: bool
    updated_at: str
    fingerprint: str


class TokenFacts(Document):
    """What may be told about a token."""

    expires_at: str | None
    refreshed_at: str | None
    has_refresh_token: bool
    scopes: list[str]
    failures: int


class Pending(Document):
    """A sign-in that waits for a browser."""

    expires_at: str


class Usage(Document):
    """How often a connection was used on one day."""

    day: str
    last_at: str
    handed_out: int
    tested: int
    refreshed: int
    failed: int


class Connection(Document):
    """A connection."""

    provider: str
    connection: str
    state: StateName
    reason: str | None
    detail: str | None
    action: str | None
    enabled: bool
    auth: str | None
    settings: dict[str, Any]
    secrets: dict[str, SecretFacts]
    token: TokenFacts | None
    verified_at: str | None
    last_error: LastError | None
    pending_authorization: Pending | None
    revision: int
    created_at: str | None
    updated_at: str | None
    usage: list[Usage] | None = None


class ResetConnection(Connection):
    """A connection after its reset; `revoked` is null where there was nothing to revoke."""

    revoked: bool | None


class Outcome(Document):
    """What a test told."""

    ok: bool
    message: str
    problem: Problem | None
    duration_ms: int


class Started(Document):
    """Open `url` in a browser before `expires_at`."""

    url: str
    expires_at: str


class AccessToken(Document):
    """A token that is good just now; `revision` names it if the service refuses it."""

    access_token: str
    expires_at: str | None
    revision: int | None


class Access(Document):
    """What a client is made from."""

    provider: str
    connection: str
    auth: str | None
    settings: dict[str, Any]
    secrets: dict[str, Any]
    token: AccessToken | None


class AuditLine(Document):
    """One line of the audit log."""

    id: int
    at: str
    actor: str
    action: str
    target: str
    result: str
    request_id: str
    fields: list[str]
    previous_hash: str
    hash: str


class AuditPage(Document):
    """Lines from the newest back."""

    data: list[AuditLine]
    next: str | None


class Health(Document):
    """Whether the service can work."""

    status: Literal["ok"]
