"""The auth kind that logs in by one request or several: data only, with templates for values."""

from collections.abc import Iterable, Mapping
from typing import Any

from ferrule_runtime.credentials.kinds import Request, default_scheme
from ferrule_runtime.frozen import Frozen

_IN_AUTHORIZATION = ("header", "Authorization")


class Session(Frozen):
    """Requests that log in, each with names for what its answer tells the later ones.

    `access_token` and the places beside it are read in the last answer, or in that of `refresh`.
    The token goes to `apply`; `headers`, `query` and `cookies` are values of every call, which may
    look up the names of the steps. With them `apply` may be None. `idle` are the seconds after
    which a token that nobody has used is dead. `per` is "connection", or "request": a login for
    each attempt. `auth` names the kind that signs the requests of the login itself.
    """

    __slots__ = (
        "access_token",
        "apply",
        "auth",
        "cookies",
        "early",
        "expires_at",
        "expires_in",
        "headers",
        "idle",
        "lifetime",
        "ok",
        "per",
        "query",
        "refresh",
        "refresh_token",
        "scheme",
        "steps",
    )
    steps: tuple[tuple[Request, Mapping[str, Any]], ...]
    access_token: Any
    refresh: Request | None
    refresh_token: Any
    expires_in: Any
    expires_at: Any
    lifetime: float | None
    early: float | None
    idle: float | None
    ok: Any
    apply: tuple[str, str] | None
    scheme: Any
    headers: Mapping[str, Any]
    query: Mapping[str, Any]
    cookies: Mapping[str, Any]
    per: str
    auth: str | None

    def __init__(
        self,
        steps: Iterable[tuple[Request, Mapping[str, Any]]],
        access_token: Any,
        *,
        refresh: Request | None = None,
        refresh_token: Any = None,
        expires_in: Any = None,
        expires_at: Any = None,
        lifetime: float | None = None,
        early: float | None = None,
        idle: float | None = None,
        ok: Any = None,
        apply: tuple[str, str] | None = _IN_AUTHORIZATION,
        scheme: Any = "",
        headers: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        cookies: Mapping[str, Any] | None = None,
        per: str = "connection",
        auth: str | None = None,
    ) -> None:
        self._fill(
            steps=tuple(steps),
            access_token=access_token,
            refresh=refresh,
            refresh_token=refresh_token,
            expires_in=expires_in,
            expires_at=expires_at,
            lifetime=lifetime,
            early=early,
            idle=idle,
            ok=ok,
            apply=None if apply is None else tuple(apply),
            scheme=None if apply is None else default_scheme(scheme, apply),
            headers=headers or {},
            query=query or {},
            cookies=cookies or {},
            per=per,
            auth=auth,
        )

    @property
    def templates(self) -> list[Any]:
        """What has to have a value before anybody can log in."""
        found: list[Any] = [self.scheme, dict(self.headers), dict(self.query), dict(self.cookies)]
        for request, _ in self.steps:
            found += [request.url, request.body, dict(request.query)]
            found += [dict(request.headers), dict(request.cookies)]
        return found
