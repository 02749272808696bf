"""Requests whose maps hold values: of auth, of the connection test, of steps and jobs."""

from typing import Annotated, Literal

from msgspec import field

from ferrule.forms.fields import (
    ONE_OR_MORE,
    ConditionWord,
    DurationWord,
    Form,
    PathWord,
    ReadPlaceWord,
    WaitWord,
    under,
)
from ferrule.forms.timeouts import Timeout
from ferrule.forms.values import Send, Value, ValueMap, Values


class Request(Form, frozen=True, kw_only=True):
    """A request whose maps hold values: of a token endpoint, the connection test."""

    get: PathWord | None = None
    post: PathWord | None = None
    put: PathWord | None = None
    patch: PathWord | None = None
    delete: PathWord | None = None
    head: PathWord | None = None
    options: PathWord | None = None
    query: ValueMap = field(default_factory=dict)
    headers: ValueMap = field(default_factory=dict)
    cookies: Values = field(default_factory=dict)
    body: Value | None = None
    send: Send | None = None
    auth: Literal["none", "current"] | None = None
    host: str | None = None
    timeout: Timeout | None = None
    let: dict[str, ReadPlaceWord] = field(default_factory=dict)
    every: WaitWord | None = None


TokenRequest = Annotated[Request, under("post", str)]


class Test(Request, frozen=True, kw_only=True):
    """The connection test: the request, when it is good or bad, and the service's own words."""

    ok: ConditionWord | None = None
    failed: ConditionWord | None = None
    message: Annotated[list[ReadPlaceWord] | None, ONE_OR_MORE] = None


class Job(Form, frozen=True, kw_only=True):
    """Work that the service does in its own time: begun, asked after, and its result fetched.

    The conditions and places are read in the answers of `poll`; without `result` the last of them
    is the result.
    """

    start: Annotated[Request, under("post", str)]
    poll: Annotated[Request, under("get", str)]
    done: ConditionWord
    failed: ConditionWord | None = None
    progress: ReadPlaceWord | None = None
    message: Annotated[list[ReadPlaceWord] | None, ONE_OR_MORE] = None
    result: Annotated[Request, under("get", str)] | None = None
    cancel: Annotated[Request, under("delete", str)] | None = None
    timeout: DurationWord | None = None
