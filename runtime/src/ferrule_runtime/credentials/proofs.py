"""The auth kinds that prove a secret instead of sending it: data only, with templates."""

from collections.abc import Mapping
from typing import Any

from ferrule_runtime.credentials.kinds import default_scheme
from ferrule_runtime.frozen import Frozen

_IN_AUTHORIZATION = ("header", "Authorization")


class Digest(Frozen):
    """HTTP digest authentication (RFC 7616, and RFC 2069 where a service still speaks it)."""

    __slots__ = ("password", "username")
    username: Any
    password: Any

    def __init__(self, username: Any, password: Any) -> None:
        self._fill(username=username, password=password)

    @property
    def templates(self) -> list[Any]:
        """What has to have a value."""
        return [self.username, self.password]


class Wsse(Frozen):
    """A UsernameToken in the header X-WSSE, made anew for each attempt.

    `hash` is sha1 or sha256. With `encoding` "hex" the nonce travels as hexadecimal text, and the
    digest as the base64 of its hexadecimal text, which some services took the profile to mean.
    """

    __slots__ = ("encoding", "hash", "password", "username")
    username: Any
    password: Any
    hash: str
    encoding: str

    def __init__(
        self,
        username: Any,
        password: Any,
        hash: str = "sha1",  # noqa: A002 - the word of the language
        encoding: str = "base64",
    ) -> None:
        self._fill(username=username, password=password, hash=hash, encoding=encoding)

    @property
    def templates(self) -> list[Any]:
        """What has to have a value."""
        return [self.username, self.password]


class Jwt(Frozen):
    """A bearer token that the client signs itself (RFC 7519).

    `lifetime` in seconds decides `exp`; `iat` is the time of signing; `claims` stand over both. A
    token is used again until a fifth of its lifetime is left, unless a claim is of the request.
    """

    __slots__ = ("algorithm", "apply", "claims", "headers", "key", "lifetime", "scheme")
    key: Any
    algorithm: str
    claims: Mapping[str, Any]
    headers: Mapping[str, Any]
    lifetime: float
    apply: tuple[str, str]
    scheme: Any

    def __init__(
        self,
        key: Any,
        *,
        algorithm: str = "HS256",
        claims: Mapping[str, Any] | None = None,
        headers: Mapping[str, Any] | None = None,
        lifetime: float = 300.0,
        apply: tuple[str, str] = _IN_AUTHORIZATION,
        scheme: Any = "",
    ) -> None:
        self._fill(
            key=key,
            algorithm=algorithm,
            claims=claims or {},
            headers=headers or {},
            lifetime=lifetime,
            apply=tuple(apply),
            scheme=default_scheme(scheme, apply),
        )

    @property
    def templates(self) -> list[Any]:
        """What has to have a value."""
        return [self.key, dict(self.claims), dict(self.headers), self.scheme]


class Signature(Frozen):
    """A signature over a text that is made of the request, the time and settings.

    `hash` is `hmac_…` of md5, sha1, sha256, sha384, sha512, or one of these alone (then the secret
    stands in `over`). `key_encoding` says how the key is written: text, hex or base64. `format` is
    what goes out, with `signature` in it; the bare signature where it is None.
    """

    __slots__ = ("apply", "encoding", "format", "hash", "key", "key_encoding", "over")
    over: Any
    key: Any
    hash: str
    encoding: str
    key_encoding: str
    apply: tuple[str, str]
    format: Any

    def __init__(
        self,
        over: Any,
        key: Any = None,
        *,
        hash: str = "hmac_sha256",  # noqa: A002 - the word of the language
        encoding: str = "hex",
        key_encoding: str = "text",
        apply: tuple[str, str] = _IN_AUTHORIZATION,
        format: Any = None,  # noqa: A002 - the word of the language
    ) -> None:
        self._fill(
            over=over,
            key=key,
            hash=hash,
            encoding=encoding,
            key_encoding=key_encoding,
            apply=tuple(apply),
            format=format,
        )

    @property
    def templates(self) -> list[Any]:
        """What has to have a value."""
        return [self.over, self.key]


class OAuth1(Frozen):
    """OAuth 1.0a (RFC 5849): the request signed with the secrets of client and token.

    `signature_method` is HMAC-SHA1, HMAC-SHA256 or HMAC-SHA512. Without token it is "two-legged".
    """

    __slots__ = (
        "consumer_key",
        "consumer_secret",
        "realm",
        "signature_method",
        "token",
        "token_secret",
    )
    consumer_key: Any
    consumer_secret: Any
    token: Any
    token_secret: Any
    realm: Any
    signature_method: str

    def __init__(
        self,
        consumer_key: Any,
        consumer_secret: Any,
        token: Any = None,
        token_secret: Any = None,
        *,
        realm: Any = None,
        signature_method: str = "HMAC-SHA1",
    ) -> None:
        self._fill(
            consumer_key=consumer_key,
            consumer_secret=consumer_secret,
            token=token,
            token_secret=token_secret,
            realm=realm,
            signature_method=signature_method,
        )

    @property
    def templates(self) -> list[Any]:
        """What has to have a value."""
        needed = [self.consumer_key, self.consumer_secret, self.realm]
        return [*needed, self.token, self.token_secret]


class AwsSigV4(Frozen):
    """AWS signature version 4 of the request, for one service in one region."""

    __slots__ = ("access_key", "region", "secret_key", "service", "session_token")
    access_key: Any
    secret_key: Any
    region: Any
    service: Any
    session_token: Any

    def __init__(
        self,
        access_key: Any,
        secret_key: Any,
        *,
        region: Any,
        service: Any,
        session_token: Any = None,
    ) -> None:
        self._fill(
            access_key=access_key,
            secret_key=secret_key,
            region=region,
            service=service,
            session_token=session_token,
        )

    @property
    def templates(self) -> list[Any]:
        """What has to have a value; a session token only some have."""
        return [self.access_key, self.secret_key, self.region, self.service]
