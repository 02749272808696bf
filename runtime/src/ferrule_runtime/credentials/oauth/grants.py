"""The parameters of each phase of OAuth 2: what its standard says has to be sent."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ferrule_runtime.credentials.kinds import OAuth2, Request
from ferrule_runtime.credentials.oauth.hidden import Hidden
from ferrule_runtime.omit import omit
from ferrule_runtime.scope import Scope
from ferrule_runtime.templates import render, render_text

if TYPE_CHECKING:
    from ferrule_runtime.credentials.oauth.pending import PendingSignIn

DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
# A client gets these by itself; the others begin with a person.
UNATTENDED = frozenset(("client_credentials", "password", "jwt_bearer"))
PERSONAL = frozenset(("authorization_code", "device_code"))
# What one phase says in its body is no word of the next one.
_OF_ONE_PHASE = frozenset(
    (
        "assertion",
        "code",
        "code_verifier",
        "device_code",
        "grant_type",
        "password",
        "redirect_uri",
        "scope",
        "username",
    )
)


def refresh_of(kind: OAuth2) -> Request | None:
    """The request of a refresh: as the spec says, else the token request with other parameters.

    Who can log in without a person does that instead, unless the spec says how to refresh.
    """
    if kind.refresh is not None:
        return kind.refresh
    if kind.token is None or kind.grant in ("client_credentials", "jwt_bearer"):
        return None
    request = kind.token
    body = request.body
    if isinstance(body, Mapping):
        body = {name: value for name, value in body.items() if name not in _OF_ONE_PHASE}
    fields = {**request._fields(), "body": body or None}
    return Request(fields.pop("method"), fields.pop("url"), **fields)


def scopes_of(kind: OAuth2, scope: Scope, more: Iterable[str] = ()) -> str:
    """The scopes in one text, each once; empty where there are none."""
    scopes = render(kind.scopes, scope)
    if isinstance(scopes, str):
        found = [scopes, *more] if scopes else list(more)
    else:
        found = [*map(str, scopes or ()), *more]
    return kind.scope_separator.join(dict.fromkeys(found))


def login_fields(kind: OAuth2, scope: Scope) -> Hidden:
    """The parameters of a login that needs nobody (RFC 6749, 4.3.2 and 4.4.2; RFC 7523, 2.1)."""
    if kind.grant == "jwt_bearer":
        return Hidden(grant_type=JWT_BEARER)
    if kind.grant not in UNATTENDED:
        raise ValueError(f"the grant {kind.grant} is none that needs nobody")
    fields = Hidden(grant_type=kind.grant)
    if kind.grant == "password":
        for name in ("username", "password"):
            fields[name] = str(scope.get(name) or "")
    scopes = scopes_of(kind, scope)
    if scopes:
        fields["scope"] = scopes
    return fields


def refresh_fields(refresh_token: str) -> Hidden:
    """The parameters of a refresh (RFC 6749, 6): the scopes stay as they were granted."""
    return Hidden(grant_type="refresh_token", refresh_token=refresh_token)


def code_fields(kind: OAuth2, pending: "PendingSignIn", code: str) -> Hidden:
    """The parameters that exchange a code for a token (RFC 6749, 4.1.3; RFC 7636, 4.5)."""
    fields = Hidden(grant_type="authorization_code", code=code, redirect_uri=pending.redirect_uri)
    if kind.pkce == "s256":
        fields["code_verifier"] = pending.verifier
    return fields


def authorize_fields(
    kind: OAuth2, scope: Scope, pending: "PendingSignIn", more: Iterable[str]
) -> Hidden:
    """The query of the authorization request (RFC 6749, 4.1.1; RFC 7636, 4.3)."""
    fields = Hidden(
        response_type="code",
        client_id=text_of(kind.client_id, scope),
        redirect_uri=pending.redirect_uri,
        state=pending.state,
    )
    scopes = scopes_of(kind, scope, more)
    if scopes:
        fields["scope"] = scopes
    if kind.pkce == "s256":
        fields["code_challenge"] = pending.challenge
        fields["code_challenge_method"] = "S256"
    return fields


def text_of(value: Any, scope: Scope) -> str:
    """A template as text; empty where it has no value."""
    text = render_text(value, scope)
    return "" if text is omit or text is None else str(text)
