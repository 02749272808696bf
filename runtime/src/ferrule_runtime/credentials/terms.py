"""What the answer of a token request says: its values, what an error means, how long it lasts."""

from typing import Any

from ferrule_runtime.answer import Answer
from ferrule_runtime.credentials.kinds import OAuth2, Refresh, Request, Token
from ferrule_runtime.credentials.logins import Session
from ferrule_runtime.credentials.source import FOREVER
from ferrule_runtime.errors import Errors, Outcome
from ferrule_runtime.places import body
from ferrule_runtime.templates import roots_of
from ferrule_runtime.waits import Wait, parse_moment

EARLY_SECONDS = 60.0
_REFUSED = (400, 401, 403)
# RFC 6749, 5.2: what is wrong lies in the settings, and no person can help by connecting again.
_OF_THE_CLIENT = (
    "invalid_client",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "invalid_request",
)


def terms_of(kind: OAuth2 | Token | Session) -> Refresh:
    """The request of a kind and the places of its answer, with the standard ones filled in."""
    if isinstance(kind, Session):
        return session_terms(kind, kind.steps[-1][0])
    if isinstance(kind, Token):
        assert kind.refresh is not None
        return kind.refresh
    assert kind.token is not None
    return Refresh(
        kind.token,
        kind.access_token or body("access_token"),
        kind.refresh_token or body("refresh_token"),
        kind.expires_in or (None if kind.expires_at is not None else body("expires_in")),
        kind.expires_at,
        kind.lifetime,
        kind.early,
        kind.ok,
    )


def session_terms(kind: Session, request: Request) -> Refresh:
    """The same for one of the requests of a session."""
    return Refresh(
        request,
        kind.access_token,
        kind.refresh_token,
        kind.expires_in,
        kind.expires_at,
        kind.lifetime,
        kind.early,
        kind.ok,
    )


def token_errors(errors: Errors, terms: Refresh, *, needs_person: bool) -> Errors:
    """The connector's rules hold for token answers too; its `ok` and codes are for its actions."""
    wrong = Outcome("fail", error="Unauthorized")
    refused = Outcome("reconnect") if needs_person else wrong
    return Errors(
        ok=terms.ok,
        code=(body("error"), *errors.code),
        message=(body("error_description"), *errors.message),
        request_id=errors.request_id,
        rules=errors.rules,
        codes={**dict.fromkeys(_OF_THE_CLIENT, wrong), "invalid_grant": refused},
        statuses=dict.fromkeys(_REFUSED, refused),
    )


def settings_behind(kind: OAuth2 | Token, code: str | None) -> list[str]:
    """The names of what is probably wrong where a token endpoint answers this code."""
    if not isinstance(kind, OAuth2) or code is None:
        return []
    found: list[str] = []
    if code in ("invalid_client", "unauthorized_client"):
        key = None if kind.assertion is None else kind.assertion.key
        found += roots_of([kind.client_id, kind.client_secret, key])
    elif code == "invalid_scope":
        found += ["scopes", *roots_of([kind.scopes])]
    elif code == "invalid_grant" and kind.grant == "password":
        found += ["username", "password"]
    elif code == "invalid_grant" and kind.assertion is not None:
        found += roots_of([kind.assertion.key, dict(kind.assertion.claims)])
    return list(dict.fromkeys(found))


def early_seconds(terms: Refresh, lifetime: float) -> float:
    """How long before its end a token is replaced: at most a fifth of its lifetime."""
    return min(EARLY_SECONDS if terms.early is None else terms.early, lifetime / 5)


def token_in(answer: Answer, place: Any) -> str | None:
    """The token at a place of an answer, one that is a number too; None where there is none."""
    token = place(answer)
    if type(token) is int:
        return str(token)
    return token if isinstance(token, str) and token else None


def lifetime_seconds(terms: Refresh, answer: Answer, token: str, now: float) -> float | None:
    """How long a token is good from now on; None where nothing tells, and for nonsense."""
    seconds: Any = None
    if terms.expires_at == "jwt.exp":
        expires_at = _jwt_expiry(token)
        seconds = None if expires_at is None else expires_at - now
    elif terms.expires_at is not None:
        seconds = _seconds_until(terms.expires_at, answer, now)
    if seconds is None and terms.expires_in is not None:
        place = terms.expires_in if isinstance(terms.expires_in, Wait) else Wait(terms.expires_in)
        seconds = place(answer, now)
    if seconds is None or seconds <= 0.0:
        seconds = terms.lifetime
    return None if seconds is None or seconds >= FOREVER else float(seconds)


def _seconds_until(place: Any, answer: Answer, now: float) -> float | None:
    if isinstance(place, Wait):
        return place(answer, now)
    found = place(answer)
    if isinstance(found, str):
        moment = parse_moment(found) if not found.replace(".", "", 1).isdigit() else float(found)
    else:
        moment = float(found) if type(found) in (int, float) else None
    if moment is None:
        return None
    # Thirteen digits are milliseconds: seconds would lie thirty thousand years ahead.
    return (moment / 1000.0 if moment > 1e11 else moment) - now


def _jwt_expiry(token: str) -> float | None:
    """The `exp` of a JSON web token, which is read and not verified: only its owner can."""
    import json
    from base64 import urlsafe_b64decode

    parts = token.split(".")
    if len(parts) < 2:
        return None
    try:
        claims = json.loads(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        expiry = claims.get("exp")
    except (ValueError, AttributeError, RecursionError):
        return None
    return float(expiry) if type(expiry) in (int, float) else None
