"""What proves a secret without sending it: UsernameTokens, self-signed tokens, signatures."""

import hashlib
import hmac
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from threading import Lock
from typing import Any

from ferrule_runtime.credentials.authenticators import (
    CHANGING_ROOTS,
    Authenticator,
    Changing,
    CredentialFault,
    applied,
    needed,
)
from ferrule_runtime.credentials.aws import aws_sigv4
from ferrule_runtime.credentials.digest import DigestAuth
from ferrule_runtime.credentials.oauth1 import oauth1
from ferrule_runtime.credentials.outgoing import Outgoing
from ferrule_runtime.credentials.proofs import AwsSigV4, Digest, Jwt, OAuth1, Signature, Wsse
from ferrule_runtime.encode.lines import header_value
from ferrule_runtime.forks import watch
from ferrule_runtime.omit import omit
from ferrule_runtime.scope import Scope
from ferrule_runtime.secrecy import Secrets
from ferrule_runtime.templates import render, roots_of
from ferrule_runtime.wire import Call, Credential

ScopeOf = Callable[[Outgoing], Scope]


def signing(kind: Any, scope: Scope, secrets: Secrets, scope_of: ScopeOf) -> Authenticator:
    """The authenticator of a kind that proves. Raises ValueError that tells no secret."""
    if isinstance(kind, Digest):
        username = needed(kind.username, scope, "username")
        password = needed(kind.password, scope, "password")
        return DigestAuth(username, password)
    if isinstance(kind, Wsse):
        return Changing(lambda request: _wsse(kind, scope, request), fills_body=False)
    if isinstance(kind, Signature):
        if not kind.hash.startswith("hmac_") and kind.key is not None:
            raise CredentialFault(f"a signature by {kind.hash} has no key")
        return Changing(
            lambda request: _signature(kind, scope_of(request)), fills_body=kind.apply[0] == "body"
        )
    if isinstance(kind, OAuth1):
        return Changing(lambda request: oauth1(kind, scope, request), fills_body=False)
    if isinstance(kind, AwsSigV4):
        return Changing(lambda request: aws_sigv4(kind, scope, request), fills_body=False)
    if isinstance(kind, Jwt):
        return MintedToken(kind, scope, secrets, scope_of)
    raise CredentialFault(f"{type(kind).__name__} is no auth kind that this runtime knows")


def _wsse(kind: Wsse, scope: Scope, request: Outgoing) -> Credential:
    """`UsernameToken Username="…", PasswordDigest="…", Nonce="…", Created="…"`."""
    from secrets import token_bytes

    username = needed(kind.username, scope, "username")
    password = needed(kind.password, scope, "password")
    if '"' in username or "\\" in username:
        raise CredentialFault("the user name holds a quote or a backslash, which WSSE cannot send")
    now, _ = request.moment()
    created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
    nonce = token_bytes(16)
    is_hex = kind.encoding == "hex"
    raw = nonce.hex().encode() if is_hex else nonce
    made = hashlib.new(kind.hash, raw + created.encode() + password.encode())
    digest = b64encode(made.hexdigest().encode() if is_hex else made.digest()).decode("ascii")
    shown = raw.decode("ascii") if is_hex else b64encode(nonce).decode("ascii")
    text = (
        f'UsernameToken Username="{username}", PasswordDigest="{digest}", '
        f'Nonce="{shown}", Created="{created}"'
    )
    return Credential([(b"x-wsse", header_value(text, "X-WSSE"))])


def _signature(kind: Signature, scope: Scope) -> Credential:
    over = render(kind.over, scope)
    if over is omit or over is None:
        raise CredentialFault("a part of what is to be signed is not given")
    text = bytes(over) if isinstance(over, (bytes, bytearray)) else str(over).encode()
    name = kind.hash.removeprefix("hmac_")
    if name == kind.hash:
        made = hashlib.new(name, text, usedforsecurity=False).digest()
    else:
        made = hmac.digest(_key(kind, needed(kind.key, scope, "key")), text, name)
    shown = made.hex() if kind.encoding == "hex" else b64encode(made).decode("ascii")
    if kind.format is not None:
        shown = needed(kind.format, scope.having(signature=shown), "text around the signature")
    return applied(shown, kind.apply, None, scope)


def _key(kind: Signature, written: str) -> bytes:
    try:
        if kind.key_encoding == "hex":
            return bytes.fromhex(written)
        if kind.key_encoding == "base64":
            return b64decode(written, validate=True)
    except ValueError:
        pass
    else:
        return written.encode()
    raise CredentialFault(f"the key is not {kind.key_encoding}")


class MintedToken(Authenticator):
    """A token of the client's own making, used again until it grows old."""

    __slots__ = (
        "__weakref__",
        "_changes",
        "_held",
        "_kind",
        "_lock",
        "_scope",
        "_scope_of",
        "_secrets",
        "fills_body",
        "signs_request",
    )

    def __init__(self, kind: Jwt, scope: Scope, secrets: Secrets, scope_of: ScopeOf) -> None:
        """Raises ValueError where the library or the key is not usable."""
        self._kind = kind
        self._scope = scope
        self._secrets = secrets
        self._scope_of = scope_of
        self._lock = Lock()
        self._held: tuple[Credential, float] | None = None
        self.fills_body = kind.apply[0] == "body"
        # `now` in a claim is the time of signing; what is of the request is of one attempt.
        roots = set(roots_of(kind.templates))
        self._changes = self.signs_request = not {"nonce", "request"}.isdisjoint(roots)
        if CHANGING_ROOTS.isdisjoint(roots):
            # A key that is none is told when a client is made, and not by its first call.
            self._held = self._minted(scope, time.time())
        watch(self)

    def __repr__(self) -> str:
        return "MintedToken(hidden)"

    def current(self, call: Call) -> Credential | None:
        if self._changes:
            return self.sign(Outgoing(call))
        with self._lock:
            held = self._held
            if held is None or time.time() >= held[1]:
                now = time.time()
                held = self._held = self._minted(self._scope.having(now=now), now)
        return held[0]

    def sign(self, request: Outgoing) -> Credential:
        scope = self._scope_of(request)
        return self._minted(scope, request.moment()[0])[0]

    def _minted(self, scope: Scope, now: float) -> tuple[Credential, float]:
        """A credential, and the time from which it is too old."""
        kind = self._kind
        token, claims = signed_token(kind, {}, scope, now)
        self._secrets.add_token(token)
        ends = claims.get("exp", int(now) + kind.lifetime)
        left = ends - now if isinstance(ends, (int, float)) else kind.lifetime
        return applied(token, kind.apply, kind.scheme, scope), now + max(left, 0.0) * 0.8

    def after_fork(self) -> None:
        """In a child process: whoever held the lock is not here."""
        self._lock = Lock()


def signed_token(
    kind: Jwt, standard: Mapping[str, Any], scope: Mapping[str, Any], now: float
) -> tuple[str, dict[str, Any]]:
    """A token that the client signs, and its claims; those of the spec stand over the standard."""
    issued = int(now)
    claims: dict[str, Any] = {"iat": issued, "exp": issued + int(kind.lifetime), **standard}
    for name, value in render(dict(kind.claims), scope).items():
        claims[name] = _claim(value)
    claims = {name: value for name, value in claims.items() if value is not None}
    headers = render(dict(kind.headers), scope)
    return encoded(kind.algorithm, needed(kind.key, scope, "key"), claims, headers), claims


def _claim(value: Any) -> Any:
    """Moments are numbers in tokens (RFC 7519, 2)."""
    stamp = getattr(value, "timestamp", None)
    if stamp is not None:
        return int(stamp())
    return value


def encoded(algorithm: str, key: str, claims: dict[str, Any], headers: dict[str, Any]) -> str:
    """A signed JSON web token. Raises CredentialFault, without the key."""
    for library in ("jwt", "cryptography"):
        if find_spec(library) is None:
            raise CredentialFault(f"signing needs the library {library}: ferrule-runtime[jwt]")
    import jwt

    problem = ""
    try:
        return jwt.encode(claims, _pem(key), algorithm=algorithm, headers=headers or None)
    except Exception as error:  # noqa: BLE001 - of two libraries, whose words may hold the key
        problem = f"the key cannot sign by {algorithm} ({type(error).__name__})"
    raise CredentialFault(problem)


def _pem(key: str) -> str:
    """A key in PEM, also as it comes out of environment variables that hold no line breaks."""
    return key.replace("\\n", "\n") if key.startswith("-----BEGIN ") else key
