"""Requests whose maps hold values: of auth, of the connection test, of a step."""

# ruff: noqa: RUF012  (pydantic copies the default of a field for each instance)

from typing import Annotated, Literal

from ferrule.forms.fields import DurationWord, Form, PathWord, ReadPlaceWord, WaitWord, under
from ferrule.forms.values import Value, ValueMap, Values

Send = Literal["json", "form", "multipart", "xml", "text", "bytes", "graphql"]


class Timeouts(Form):
    """Seconds for each phase and for the whole call."""

    connect: DurationWord | None = None
    read: DurationWord | None = None
    write: DurationWord | None = None
    pool: DurationWord | None = None
    total: DurationWord | None = None


Timeout = Annotated[Timeouts, under("read", str, int, float)]


class Request(Form):
    """A request whose maps hold values: of a token endpoint, the connection test."""

    get: PathWord | None = None
    post: PathWord | None = None
    put: PathWord | None = None
    patch: PathWord | None = None
    delete: PathWord | None = None
    head: PathWord | None = None
    options: PathWord | None = None
    query: ValueMap = {}
    headers: ValueMap = {}
    cookies: Values = {}
    body: Value | None = None
    send: Send | None = None
    auth: Literal["none", "current"] | None = None
    host: str | None = None
    timeout: Timeout | None = None
    let: dict[str, ReadPlaceWord] = {}
    every: WaitWord | None = None


TokenRequest = Annotated[Request, under("post", str)]
