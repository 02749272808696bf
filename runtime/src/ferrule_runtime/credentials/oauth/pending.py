"""A sign-in that has begun: its secrets, the URL that it begins with, the redirect that ends it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ferrule_runtime.credentials.oauth.grants import text_of
from ferrule_runtime.credentials.oauth.hidden import Hidden
from ferrule_runtime.frozen import Frozen

if TYPE_CHECKING:
    from ferrule_runtime.credentials.kinds import OAuth2
    from ferrule_runtime.credentials.tokens import TokenFetcher

SIGN_IN_SECONDS = 600.0
"""How long a person has between the first page of the service and the redirect."""


class PendingSignIn(Frozen):
    """What has to be kept between the URL and the redirect, for one person and one use.

    `state` and `verifier` are secrets: `state` ties the redirect to the browser that was sent away,
    `verifier` (RFC 7636, 43 to 128 characters) the code to whoever asked for it. Both are made at
    random where they are not given. `redirect_uri` is where the service sends the browser back to,
    exactly as it is registered there.
    """

    __slots__ = ("redirect_uri", "state", "verifier")
    redirect_uri: str
    state: str
    verifier: str

    def __init__(self, redirect_uri: str, state: str | None = None, verifier: str | None = None):
        from secrets import token_urlsafe

        self._fill(
            redirect_uri=redirect_uri,
            state=state or token_urlsafe(32),
            verifier=verifier or token_urlsafe(48),
        )
        if not 43 <= len(self.verifier) <= 128:
            raise ValueError("the verifier of a sign-in has 43 to 128 characters (RFC 7636)")

    def __repr__(self) -> str:
        return f"PendingSignIn({self.redirect_uri!r}, state and verifier hidden)"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a sign-in cannot be pickled: keep its state and verifier sealed")

    @property
    def challenge(self) -> str:
        """The code challenge of method S256."""
        from base64 import urlsafe_b64encode
        from hashlib import sha256

        digest = sha256(self.verifier.encode("ascii")).digest()
        return urlsafe_b64encode(digest).decode("ascii").rstrip("=")


class RedirectFault(ValueError):
    """A redirect that gives no code. `code` is the service's word, or what is wrong with it."""

    def __init__(self, code: str, told: str) -> None:
        super().__init__(told)
        self.code = code


def parameters_of(answer: str | Mapping[str, str]) -> Hidden:
    """The query of the redirect: from the URL of the browser, from a query, or as a mapping.

    Raises RedirectFault where a parameter comes twice: then nobody knows which one is meant.
    """
    if isinstance(answer, Mapping):
        return Hidden((str(name), str(value)) for name, value in answer.items())
    from urllib.parse import parse_qsl, urlsplit

    text = answer.strip()
    query = urlsplit(text).query if "?" in text or "://" in text else text
    found = Hidden()
    for name, value in parse_qsl(query, keep_blank_values=True, max_num_fields=100):
        if name in found:
            raise RedirectFault("malformed", f"the redirect has the parameter {name[:40]!r} twice")
        found[name] = value
    return found


def check_redirect(
    kind: "OAuth2", pending: PendingSignIn, answer: Mapping[str, str], issuers: tuple[str, ...]
) -> None:
    """Raise RedirectFault unless this redirect ends this sign-in, at the service that began it.

    `issuers` are the issuers that the answer may come from: the one that a spec names, else the
    origins of the endpoints, against whose origin `iss` is then held.
    """
    from hmac import compare_digest

    state = answer.get("state", "")
    if not compare_digest(state.encode("utf-8", "replace"), pending.state.encode("utf-8")):
        told = "the redirect does not belong to this sign-in (its state is another one)"
        raise RedirectFault("state_mismatch", f"{told}: begin again")
    issuer = answer.get("iss")
    if issuer is None and kind.issuer is not None:
        told = "the redirect does not say which issuer it comes from (RFC 9207)"
        raise RedirectFault("issuer_mismatch", told)
    if issuer is not None:
        came_from = issuer if kind.issuer is not None else _origin(issuer)
        if came_from not in issuers:
            told = f"the redirect comes from another issuer than {' or '.join(issuers)}"
            raise RedirectFault("issuer_mismatch", told)
    if "error" in answer:
        words = answer.get("error_description") or answer["error"]
        raise RedirectFault(answer["error"], f"the service answered: {words}")


def issuers_of(kind: "OAuth2", fetcher: "TokenFetcher") -> tuple[str, ...]:
    """Where a redirect may come from. Without an issuer in the spec: the service's own origins."""
    if kind.issuer is not None:
        return (text_of(kind.issuer, fetcher.scope),)
    requests = [each for each in (kind.authorize, kind.token) if each is not None]
    return tuple(dict.fromkeys(_origin(fetcher.address(each, Hidden())) for each in requests))


def _origin(url: str) -> str:
    from ferrule_runtime.urls import UrlFault, parse_url

    try:
        return parse_url(url)[0].text
    except UrlFault:
        return ""
