"""The auth kinds that generated code states: data only, with templates for values."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ferrule_runtime.frozen import Frozen
from ferrule_runtime.templates import roots_of

if TYPE_CHECKING:
    from ferrule_runtime.connector import Timeout
    from ferrule_runtime.credentials.proofs import Jwt

_IN_AUTHORIZATION = ("header", "Authorization")


class Request(Frozen):
    """A request of an auth kind. Values are templates and constants, `body` may be nested.

    Under no name ("") stands a map whose names an installer gives.

    `auth` None sends it bare; "current" sends it with the credential that is being replaced.
    """

    __slots__ = ("auth", "body", "cookies", "headers", "method", "query", "send", "timeout", "url")
    method: str
    url: Any
    query: Mapping[str, Any]
    headers: Mapping[str, Any]
    cookies: Mapping[str, Any]
    body: Any
    send: str
    auth: str | None
    timeout: "Timeout | None"

    def __init__(
        self,
        method: str,
        url: Any,
        *,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, Any] | None = None,
        cookies: Mapping[str, Any] | None = None,
        body: Any = None,
        send: str = "form",
        auth: str | None = None,
        timeout: "Timeout | None" = None,
    ) -> None:
        self._fill(
            method=method,
            url=url,
            query=query or {},
            headers=headers or {},
            cookies=cookies or {},
            body=body,
            send=send,
            auth=auth,
            timeout=timeout,
        )


class NoAuth(Frozen):
    """No credential is sent."""

    __slots__ = ()


class Basic(Frozen):
    """User name and password in the Authorization header (RFC 7617)."""

    __slots__ = ("password", "username")
    username: Any
    password: Any

    def __init__(self, username: Any, password: Any = "") -> None:
        self._fill(username=username, password=password)


class Refresh(Frozen):
    """How a new token is fetched: a request, and the places of its answer that matter.

    `expires_in` is a number of seconds (or a Wait), `expires_at` a moment: epoch seconds, an ISO
    8601 text, or "jwt.exp" for what the token itself says. `lifetime` is used where the answer
    tells neither; `early` is how many seconds before the end a token is replaced (a minute, at most
    a fifth of its lifetime, unless given).
    """

    __slots__ = (
        "access_token",
        "early",
        "expires_at",
        "expires_in",
        "lifetime",
        "ok",
        "refresh_token",
        "request",
    )
    request: Request
    access_token: Any
    refresh_token: Any
    expires_in: Any
    expires_at: Any
    lifetime: float | None
    early: float | None
    ok: Any

    def __init__(
        self,
        request: Request,
        access_token: Any,
        refresh_token: Any = None,
        expires_in: Any = None,
        expires_at: Any = None,
        lifetime: float | None = None,
        early: float | None = None,
        ok: Any = None,
    ) -> None:
        self._fill(
            request=request,
            access_token=access_token,
            refresh_token=refresh_token,
            expires_in=expires_in,
            expires_at=expires_at,
            lifetime=lifetime,
            early=early,
            ok=ok,
        )


class Token(Frozen):
    """One value in a header, query parameter, cookie or body field.

    `apply` is (where, name). `scheme` stands before the value (None: the bare value); in the
    Authorization header a spec that says nothing means Bearer.
    """

    __slots__ = ("apply", "refresh", "scheme", "value")
    value: Any
    apply: tuple[str, str]
    scheme: Any
    refresh: Refresh | None

    def __init__(
        self,
        value: Any = None,
        *,
        apply: tuple[str, str] = _IN_AUTHORIZATION,
        scheme: Any = "",
        refresh: Refresh | None = None,
    ) -> None:
        self._fill(
            value=value,
            apply=tuple(apply),
            scheme=default_scheme(scheme, apply),
            refresh=refresh,
        )


class Custom(Frozen):
    """Values for headers, query, cookies and body fields.

    `optional` are settings that it can do without: what is made of them alone is left out then.
    """

    __slots__ = ("body", "cookies", "headers", "optional", "query")
    headers: Mapping[str, Any]
    query: Mapping[str, Any]
    cookies: Mapping[str, Any]
    body: Mapping[str, Any]
    optional: tuple[str, ...]

    def __init__(
        self,
        *,
        headers: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        cookies: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        optional: tuple[str, ...] = (),
    ) -> None:
        self._fill(
            headers=headers or {},
            query=query or {},
            cookies=cookies or {},
            body=body or {},
            optional=optional,
        )

    @property
    def templates(self) -> list[Any]:
        """What has to have a value."""
        values = [
            value
            for place in (self.headers, self.query, self.cookies, self.body)
            for value in place.values()
        ]
        kept = [value for value in values if not self._may_lack(value)]
        return kept or values

    def _may_lack(self, value: Any) -> bool:
        roots = set(roots_of(value))
        return bool(roots) and roots <= set(self.optional)


class Discover(Frozen):
    """A call after a person has connected, whose answer tells what the token is good for.

    `choose` is the place of what there is to choose from, `label` what a person knows each by;
    `capture` are values read from the chosen one, or from the whole answer without `choose`.
    """

    __slots__ = ("capture", "choose", "label", "request")
    request: Request
    capture: Mapping[str, Any]
    choose: Any
    label: Any

    def __init__(
        self,
        request: Request,
        capture: Mapping[str, Any],
        *,
        choose: Any = None,
        label: Any = None,
    ) -> None:
        self._fill(request=request, capture=dict(capture), choose=choose, label=label)


class OAuth2(Frozen):
    """OAuth 2.0 (RFC 6749). Places of the answer default to the standard ones.

    `client_id` and `client_secret` are templates, by default the settings of these names.
    `client_auth` is basic, body, query, private_key_jwt or none. `assertion` is the token that the
    client signs itself, for the grant jwt_bearer and for private_key_jwt. `authorize` is where a
    person is sent to, for the grant device_code where its codes come from. `code` is the parameter
    of the redirect that holds the code. `capture` are further values of answer and redirect.
    """

    __slots__ = (
        "access_token",
        "apply",
        "assertion",
        "authorize",
        "capture",
        "client_auth",
        "client_id",
        "client_secret",
        "code",
        "discover",
        "early",
        "expires_at",
        "expires_in",
        "grant",
        "issuer",
        "lifetime",
        "ok",
        "pkce",
        "refresh",
        "refresh_token",
        "revoke",
        "scheme",
        "scope_separator",
        "scopes",
        "token",
    )
    grant: str
    token: Request | None
    refresh: Request | None
    authorize: Request | None
    revoke: Request | None
    client_auth: str
    client_id: Any
    client_secret: Any
    scopes: Any
    scope_separator: str
    pkce: str
    issuer: Any
    code: str
    assertion: "Jwt | None"
    ok: Any
    access_token: Any
    refresh_token: Any
    expires_in: Any
    expires_at: Any
    lifetime: float | None
    early: float | None
    apply: tuple[str, str]
    scheme: Any
    capture: Mapping[str, Any]
    discover: Discover | None

    def __init__(
        self,
        grant: str = "client_credentials",
        *,
        token: Request | None = None,
        refresh: Request | None = None,
        authorize: Request | None = None,
        revoke: Request | None = None,
        client_auth: str | None = None,
        client_id: Any = None,
        client_secret: Any = None,
        scopes: Any = (),
        scope_separator: str = " ",
        pkce: str = "s256",
        issuer: Any = None,
        code: str = "code",
        assertion: "Jwt | None" = None,
        ok: Any = None,
        access_token: Any = None,
        refresh_token: Any = None,
        expires_in: Any = None,
        expires_at: Any = None,
        lifetime: float | None = None,
        early: float | None = None,
        apply: tuple[str, str] = _IN_AUTHORIZATION,
        scheme: Any = "",
        capture: Mapping[str, Any] | None = None,
        discover: Discover | None = None,
    ) -> None:
        if client_auth is None:
            # An assertion proves who asks; everybody else has a secret, unless the spec says no.
            client_auth = "none" if grant == "jwt_bearer" else "basic"
        self._fill(
            grant=grant,
            token=token,
            refresh=refresh,
            authorize=authorize,
            revoke=revoke,
            client_auth=client_auth,
            client_id=client_id,
            client_secret=client_secret,
            scopes=scopes,
            scope_separator=scope_separator,
            pkce=pkce,
            issuer=issuer,
            code=code,
            assertion=assertion,
            ok=ok,
            access_token=access_token,
            refresh_token=refresh_token,
            expires_in=expires_in,
            expires_at=expires_at,
            lifetime=lifetime,
            early=early,
            apply=tuple(apply),
            scheme=default_scheme(scheme, apply),
            capture=capture or {},
            discover=discover,
        )

    @property
    def needs_person(self) -> bool:
        """Whether a token begins with a person who says yes."""
        return self.grant in ("authorization_code", "device_code")

    @property
    def captured(self) -> tuple[str, ...]:
        """The names of the values that come with a token."""
        found = () if self.discover is None else tuple(self.discover.capture)
        return (*self.capture, *found)


class OneOf(Frozen):
    """Kinds by name, of which the installer chooses one."""

    __slots__ = ("kinds",)
    kinds: Mapping[str, Any]

    def __init__(self, kinds: Mapping[str, Any]) -> None:
        self._fill(kinds=dict(kinds))


class AllOf(Frozen):
    """Kinds that are all sent; one of them may be given by name."""

    __slots__ = ("kinds",)
    kinds: tuple[Any, ...]

    def __init__(self, kinds: Iterable[Any]) -> None:
        self._fill(kinds=tuple(kinds))


class Alternatives(Frozen):
    """For an action: rows of names, all of a row are sent; the first row that can be is taken.

    The empty row is no auth at all.
    """

    __slots__ = ("rows",)
    rows: tuple[tuple[str, ...], ...]

    def __init__(self, rows: Iterable[Iterable[str]]) -> None:
        self._fill(rows=tuple(tuple(row) for row in rows))


def default_scheme(scheme: Any, apply: tuple[str, str]) -> Any:
    """What stands before a token: where a spec says nothing, Bearer in Authorization alone."""
    if scheme != "":
        return scheme
    is_authorization = apply[0] == "header" and apply[1].lower() == "authorization"
    return "Bearer" if is_authorization else None
