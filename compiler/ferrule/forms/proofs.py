"""The kinds of auth that prove a secret instead of sending it, as their author wrote them."""

from typing import Literal

from msgspec import field

from ferrule.forms.fields import DurationWord, Form, RequestPlaceWord, TemplateWord
from ferrule.forms.values import Values

Hash = Literal[
    "hmac_md5", "hmac_sha1", "hmac_sha256", "hmac_sha384", "hmac_sha512",
    "md5", "sha1", "sha256", "sha384", "sha512",
]  # fmt: skip

Algorithm = Literal[
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
    "ES256", "ES384", "ES512", "EdDSA",
]  # fmt: skip
"""How a token can be signed."""


class Digest(Form, frozen=True, kw_only=True):
    """HTTP digest authentication; the service says by which algorithm."""

    username: TemplateWord
    password: TemplateWord


class Wsse(Form, frozen=True, kw_only=True):
    """A UsernameToken in the header X-WSSE."""

    username: TemplateWord
    password: TemplateWord
    hash: Literal["sha1", "sha256"] | None = None
    encoding: Literal["base64", "hex"] | None = None


class Jwt(Form, frozen=True, kw_only=True):
    """A bearer token that the client signs itself."""

    key: TemplateWord
    algorithm: Algorithm | None = None
    claims: Values = field(default_factory=dict)
    headers: Values = field(default_factory=dict)
    lifetime: DurationWord | None = None
    apply: RequestPlaceWord | None = None
    scheme: TemplateWord | None = None


class Signature(Form, frozen=True, kw_only=True):
    """A signature over a text made of the request, the time and settings."""

    over: TemplateWord
    key: TemplateWord | None = None
    key_encoding: Literal["text", "hex", "base64"] | None = None
    hash: Hash | None = None
    encoding: Literal["hex", "base64"] | None = None
    apply: RequestPlaceWord
    format: TemplateWord | None = None


class OAuth1(Form, frozen=True, kw_only=True):
    """OAuth 1.0a; without a token it is two-legged."""

    consumer_key: TemplateWord | None = None
    consumer_secret: TemplateWord | None = None
    token: TemplateWord | None = None
    token_secret: TemplateWord | None = None
    realm: TemplateWord | None = None
    signature_method: Literal["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512"] | None = None


class AwsSigV4(Form, frozen=True, kw_only=True):
    """AWS signature version 4."""

    access_key: TemplateWord
    secret_key: TemplateWord
    session_token: TemplateWord | None = None
    region: TemplateWord
    service: TemplateWord
