"""A request as an attempt will send it: what signatures are made of, and what wires are given."""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ferrule_runtime.urls import with_query
from ferrule_runtime.wire import Body, Call, Credential, Lines, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator


class Outgoing:
    """Method, origin, target, header lines and content of one attempt, with a credential or bare.

    `credential_lines` are those that the credential adds; `content` is None for no body.
    """

    __slots__ = ("call", "content", "credential_lines", "target")

    def __init__(self, call: Call, credential: Credential | None = None) -> None:
        self.call = call
        self.target = call.path_and_query
        self.content: bytes | Body | None = call.content
        self.credential_lines: Lines = []
        if credential is not None:
            self._add(credential)

    def __repr__(self) -> str:
        return f"Outgoing({self.call!r})"

    def _add(self, credential: Credential) -> None:
        call = self.call
        self.credential_lines = credential.headers
        if credential.query:
            from ferrule_runtime.encode.query import query_text

            self.target = with_query(call.path_and_query, query_text(credential.query))
        if credential.cookies:
            from ferrule_runtime.encode.lines import cookie_line

            cookies = [value for name, value in call.headers if name.lower() == b"cookie"]
            cookies.append(cookie_line(credential.cookies))
            self.credential_lines = [*credential.headers, (b"cookie", b"; ".join(cookies))]
        if credential.body and call.encode_with is not None:
            self.content, content_type = call.encode_with(credential.body)
            has_type = any(name.lower() == b"content-type" for name, _ in call.headers)
            if content_type is not None and not has_type:
                line = (b"content-type", content_type.encode("ascii"))
                self.credential_lines = [*self.credential_lines, line]

    @property
    def origin(self) -> Origin:
        return self.call.origin

    @property
    def method(self) -> str:
        return self.call.method.decode("ascii")

    @property
    def host(self) -> str:
        """Host and port as they stand in the header Host."""
        return self.origin.text.partition("://")[2]

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    @property
    def headers(self) -> Lines:
        return [*self.call.headers, *self.credential_lines]

    def header(self, name: bytes) -> str:
        """The value of a header, empty where it is not sent; `name` in lower case."""
        return next(
            (value.decode("latin-1") for key, value in self.headers if key.lower() == name), ""
        )

    @property
    def body(self) -> bytes | None:
        """The whole body; None where it is sent in parts and nobody has it in one piece."""
        if isinstance(self.content, Body):
            return None
        return self.content or b""

    def moment(self) -> tuple[float, str]:
        """The time of this attempt and its nonce: the same for everything that it sends."""
        made = self.call.moment
        if made is None or made[0] != self.call.attempt:
            from secrets import token_hex

            made = self.call.moment = (self.call.attempt, time.time(), token_hex(16))
        return made[1], made[2]


class RequestFields(Mapping[str, Any]):
    """What `${request.…}` finds; read when it is asked for."""

    __slots__ = ("_request",)
    NAMES = ("method", "url", "host", "path", "query", "target", "body")

    def __init__(self, request: Outgoing) -> None:
        self._request = request

    def __getitem__(self, name: str) -> Any:
        if name not in self.NAMES:
            raise KeyError(name)
        if name == "url":
            return self._request.origin.text + self._request.target
        return self._body() if name == "body" else getattr(self._request, name)

    def _body(self) -> str | bytes:
        content = self._request.body
        if content is None:
            raise ValueError("a body that is sent in parts cannot be signed")
        try:
            return content.decode()
        except UnicodeDecodeError:
            return content

    def __iter__(self) -> "Iterator[str]":
        return iter(self.NAMES)

    def __len__(self) -> int:
        return len(self.NAMES)

    def __repr__(self) -> str:
        return f"RequestFields({self._request!r})"
