"""Tokens that requests fetch: how one is renewed, and logins of one request or several."""

from typing import Annotated, Literal

from msgspec import Meta, field

from ferrule.forms.fields import (
    ConditionWord,
    DurationWord,
    Form,
    ReadPlaceWord,
    RequestPlaceWord,
    TemplateWord,
)
from ferrule.forms.requests import TokenRequest
from ferrule.forms.values import Values


class Refresh(Form, frozen=True, kw_only=True):
    """How a token is renewed: the request and where its answer holds what."""

    request: TokenRequest
    access_token: ReadPlaceWord
    refresh_token: ReadPlaceWord | None = None
    expires_in: ReadPlaceWord | None = None
    expires_at: ReadPlaceWord | None = None
    lifetime: DurationWord | None = None
    early: DurationWord | None = None
    ok: ConditionWord | None = None


class Session(Form, frozen=True, kw_only=True):
    """A login by one request or several, and what of their answers goes into every call."""

    steps: Annotated[list[TokenRequest], Meta(min_length=1)]
    access_token: ReadPlaceWord
    auth: str | None = None
    refresh: TokenRequest | None = None
    refresh_token: ReadPlaceWord | None = None
    expires_in: ReadPlaceWord | None = None
    expires_at: ReadPlaceWord | None = None
    lifetime: DurationWord | None = None
    early: DurationWord | None = None
    idle: DurationWord | None = None
    ok: ConditionWord | None = None
    apply: RequestPlaceWord | None = None
    scheme: TemplateWord | None = None
    headers: Values = field(default_factory=dict)
    query: Values = field(default_factory=dict)
    cookies: Values = field(default_factory=dict)
    per: Literal["connection", "request"] | None = None
