"""Makes the calls of auth kinds from their requests: URL, client authentication, fields."""

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ferrule_runtime.credentials.kinds import OAuth2, Request, Token
from ferrule_runtime.credentials.logins import Session
from ferrule_runtime.credentials.oauth.grants import scopes_of, text_of
from ferrule_runtime.encode.codec import Codec
from ferrule_runtime.encode.lines import cookie_line, header_lines
from ferrule_runtime.encode.query import query_text
from ferrule_runtime.omit import omit
from ferrule_runtime.plan import Plan
from ferrule_runtime.scope import Scope
from ferrule_runtime.templates import render, roots_of
from ferrule_runtime.urls import parse_url, render_url, with_query
from ferrule_runtime.wire import Call, Lines, Origin

if TYPE_CHECKING:
    from ferrule_runtime.connector import Timeout
    from ferrule_runtime.secrecy import Secrets

_JWT_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class RequestMaker:
    """Turns an auth kind's request into a call. `base` tells where relative URLs begin."""

    __slots__ = ("_advice", "_base", "_lines", "_secrets", "_timeout")

    def __init__(
        self,
        base: Callable[[], tuple[Origin, str] | None],
        lines: Lines,
        secrets: "Secrets",
        timeout: "Timeout | None",
        advice: Callable[[], str] | None = None,
    ) -> None:
        self._advice = advice
        self._base = base
        self._lines = lines
        self._secrets = secrets
        self._timeout = timeout

    def call(
        self,
        request: Request,
        scope: Scope,
        plan: Plan,
        *,
        fields: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        headers: Lines | None = None,
        deadline: float | None = None,
        is_replayable: bool = True,
    ) -> Call:
        """The call of a request. `fields` go where its body goes, or its query for GET.

        What the request says itself stands instead of a field of the same name. Raises ValueError
        (UrlFault, TemplateFault), without values.
        """
        origin, target = self._where(request, scope)
        method = request.method.upper()
        texts: dict[str, Any] = dict(query or {})
        body = render(request.body, scope)
        if method in ("GET", "HEAD"):
            texts.update(fields or {})
        elif fields:
            body = {**fields, **(body if isinstance(body, dict) else {})}
        texts.update(named(request.query, scope))
        target = with_query(target, query_text(texts))
        lines = [*self._lines, *(headers or ())]
        given = list(header_lines(named(request.headers, scope)))
        names = {name.lower() for name, _ in given}
        lines = [line for line in lines if line[0].lower() not in names] + given
        cookies = cookie_line(render(dict(request.cookies), scope))
        if cookies:
            lines.append((b"cookie", cookies))
        content, content_type = Codec().body(omit if body is None else body, request.send)
        if content_type is not None and b"content-type" not in names:
            lines.append((b"content-type", content_type.encode("ascii")))
        plan = plan.varied(template=target.partition("?")[0], advice=self._advice)
        return Call(
            plan,
            method.encode("ascii"),
            origin,
            target,
            lines,
            content,
            is_replayable=is_replayable,
            timeout=request.timeout or self._timeout,
            deadline=deadline,
        )

    def _where(self, request: Request, scope: Scope) -> tuple[Origin, str]:
        text = render_url(request.url, scope)
        base = None if text.startswith(("http://", "https://")) else self._base()
        if base is not None:
            origin, prefix = base
            text = f"{origin.text}{prefix}/{text.lstrip('/')}"
        origin, path, query = parse_url(text)
        return origin, (path or "/") + (f"?{query}" if query else "")

    def identity(self, kind: OAuth2 | Token | Session, scope: Scope) -> tuple[str, ...]:
        """What tells the tokens of one credential from those of another one; holds no secret."""
        if isinstance(kind, Session):
            return ("session", *(self._address(request, scope) for request, _ in kind.steps))
        if isinstance(kind, Token):
            assert kind.refresh is not None
            return ("token", self._address(kind.refresh.request, scope))
        told = [kind.grant, "" if kind.token is None else self._address(kind.token, scope)]
        told.append(text_of(kind.client_id, scope))
        if kind.grant == "password":
            told.append(str(scope.get("username") or ""))
        told.append(repr(render(kind.scopes, scope)))
        return tuple(told)

    def _address(self, request: Request, scope: Scope) -> str:
        """Where a request goes to, without its query; as the spec says it where that is open."""
        try:
            origin, target = self._where(request, scope)
        except ValueError:
            return repr(request.url)
        return origin.text + target.partition("?")[0]

    def address(self, request: Request, scope: Scope, fields: Mapping[str, str]) -> str:
        """The URL of a request that a browser makes, with its parameters. Raises ValueError."""
        origin, target = self._where(request, scope)
        texts = {**fields, **named(request.query, scope)}
        return origin.text + with_query(target, query_text(texts))

    def client_auth(
        self, kind: OAuth2, scope: Scope
    ) -> tuple[dict[str, str], dict[str, str], Lines]:
        """How the client proves itself at a token endpoint: fields, query, header lines."""
        client_id = text_of(kind.client_id, scope)
        client_secret = text_of(kind.client_secret, scope)
        if client_secret:
            self._secrets.keep(client_secret)
        if kind.client_auth == "none":
            return ({"client_id": client_id} if client_id else {}), {}, []
        if kind.client_auth == "private_key_jwt":
            return self._signed(kind, client_id, scope), {}, []
        pair = {"client_id": client_id, "client_secret": client_secret}
        if kind.client_auth == "body":
            return pair, {}, []
        if kind.client_auth == "query":
            return {}, pair, []
        return {}, {}, [self._basic(client_id, client_secret)]

    def _signed(self, kind: OAuth2, client_id: str, scope: Scope) -> dict[str, str]:
        """A client that proves itself by its key (RFC 7523, 2.2)."""
        from secrets import token_urlsafe

        claims = {"iss": client_id, "sub": client_id, "jti": token_urlsafe(16)}
        return {
            "client_id": client_id,
            "client_assertion_type": _JWT_ASSERTION,
            "client_assertion": self._token(kind, claims, scope),
        }

    def assertion(self, kind: OAuth2, scope: Scope) -> str:
        """The token that asks for a token (RFC 7523, 2.1)."""
        scopes = scopes_of(kind, scope)
        return self._token(kind, {"scope": scopes} if scopes else {}, scope)

    def _token(self, kind: OAuth2, claims: Mapping[str, Any], scope: Scope) -> str:
        """A token that the client signs; what the spec claims stands over everything else.

        Raises ValueError that names what to look at, and no key.
        """
        from ferrule_runtime.credentials.signing import signed_token

        assertion = kind.assertion
        if assertion is None:
            raise ValueError("there is no assertion to sign")
        audience = {} if kind.token is None else {"aud": self._address(kind.token, scope)}
        reason = ""
        try:
            token, _ = signed_token(assertion, {**audience, **claims}, scope, time.time())
        except ValueError as fault:
            reason = f"the assertion cannot be signed: {fault}"
            names = ", ".join(roots_of(assertion.key))
            reason += f"; look at the setting {names}" if names else ""
        if reason:
            raise ValueError(reason)
        self._secrets.add_token(token)
        return token

    def _basic(self, client_id: str, client_secret: str) -> tuple[bytes, bytes]:
        from base64 import b64encode
        from urllib.parse import quote_plus

        # RFC 6749, 2.3.1: both are form-encoded first; with odd characters strict services insist.
        encoded = b64encode(f"{quote_plus(client_id)}:{quote_plus(client_secret)}".encode())
        self._secrets.keep(encoded.decode("ascii"))
        return b"authorization", b"Basic " + encoded


def named(values: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    """The values by name; those of a map that stands under no name are named by an installer."""
    rendered: dict[str, Any] = render(dict(values), scope)
    whole = rendered.pop("", None)
    return {**whole, **rendered} if isinstance(whole, Mapping) else rendered
