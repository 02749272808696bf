"""Signs requests by OAuth 1.0a (RFC 5849), with HMAC over SHA-1, SHA-256 or SHA-512."""

import hmac
from base64 import b64encode
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote

from ferrule_runtime.credentials.authenticators import CredentialFault, needed
from ferrule_runtime.credentials.outgoing import Outgoing
from ferrule_runtime.credentials.proofs import OAuth1
from ferrule_runtime.encode.lines import header_value
from ferrule_runtime.omit import omit
from ferrule_runtime.scope import Scope
from ferrule_runtime.templates import render_text
from ferrule_runtime.wire import Credential

_FORM = "application/x-www-form-urlencoded"


def oauth1(kind: OAuth1, scope: Scope, request: Outgoing) -> Credential:
    """The Authorization header of this request. Raises CredentialFault, without values."""
    now, nonce = request.moment()
    parameters = {
        "oauth_consumer_key": needed(kind.consumer_key, scope, "consumer_key"),
        "oauth_nonce": nonce,
        "oauth_signature_method": kind.signature_method,
        "oauth_timestamp": str(int(now)),
        "oauth_version": "1.0",
    }
    secrets = [needed(kind.consumer_secret, scope, "consumer_secret"), ""]
    if kind.token is not None:
        parameters["oauth_token"] = needed(kind.token, scope, "token")
        secrets[1] = needed(kind.token_secret, scope, "token_secret")
    parameters["oauth_signature"] = signature(kind.signature_method, secrets, parameters, request)
    realm = None if kind.realm is None else render_text(kind.realm, scope)
    parts = [f'{name}="{_encoded(value)}"' for name, value in sorted(parameters.items())]
    if realm is not None and realm is not omit:
        if '"' in str(realm) or "\\" in str(realm):
            raise CredentialFault("the realm holds a quote or a backslash")
        parts.insert(0, f'realm="{realm}"')
    return Credential(
        [(b"authorization", header_value("OAuth " + ", ".join(parts), "Authorization"))]
    )


def signature(
    method: str, secrets: Iterable[str], parameters: dict[str, str], request: Outgoing
) -> str:
    """The signature over method, address and parameters; `secrets` are the client's and token's."""
    key = "&".join(map(_encoded, secrets)).encode("ascii")
    hash_name = method.removeprefix("HMAC-").replace("-", "").lower()
    made = hmac.digest(key, base_text(parameters, request).encode("ascii"), hash_name)
    return b64encode(made).decode("ascii")


def base_text(parameters: dict[str, str], request: Outgoing) -> str:
    """What is signed (RFC 5849, 3.4.1)."""
    pairs = list(parameters.items())
    pairs += parse_qsl(request.query, keep_blank_values=True)
    if request.header(b"content-type").partition(";")[0].strip().lower() == _FORM:
        if request.body is None:
            raise CredentialFault("a form that is sent in parts cannot be signed")
        pairs += parse_qsl(request.body.decode("latin-1"), keep_blank_values=True)
    encoded = sorted((_encoded(name), _encoded(value)) for name, value in pairs)
    listed = "&".join(f"{name}={value}" for name, value in encoded)
    address = request.origin.text + request.path
    return "&".join((request.method.upper(), _encoded(address), _encoded(listed)))


def _encoded(text: str) -> str:
    return quote(text, safe="-._~")
