"""Signs requests by AWS signature version 4."""

import hmac
import re
import time
from hashlib import sha256
from urllib.parse import quote, unquote

from ferrule_runtime.credentials.authenticators import CredentialFault, needed
from ferrule_runtime.credentials.outgoing import Outgoing
from ferrule_runtime.credentials.proofs import AwsSigV4
from ferrule_runtime.encode.lines import header_value
from ferrule_runtime.omit import omit
from ferrule_runtime.scope import Scope
from ferrule_runtime.templates import render_text
from ferrule_runtime.wire import Credential, Lines

_ALGORITHM = "AWS4-HMAC-SHA256"
_UNSIGNED = "UNSIGNED-PAYLOAD"
# A service that keys its objects by paths takes them as they are, and is told the body's hash.
_BY_PATH = "s3"


def aws_sigv4(kind: AwsSigV4, scope: Scope, request: Outgoing) -> Credential:
    """The header lines that sign this request. Raises CredentialFault, without values."""
    access_key = needed(kind.access_key, scope, "access_key")
    secret_key = needed(kind.secret_key, scope, "secret_key")
    region = needed(kind.region, scope, "region")
    service = needed(kind.service, scope, "service")
    token = None if kind.session_token is None else render_text(kind.session_token, scope)
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(request.moment()[0]))
    lines: Lines = [(b"x-amz-date", stamp.encode("ascii"))]
    if token is not None and token is not omit and token:
        lines.append((b"x-amz-security-token", header_value(str(token), "X-Amz-Security-Token")))
    payload = _payload_hash(request, service)
    if service == _BY_PATH:
        lines.append((b"x-amz-content-sha256", payload.encode("ascii")))
    place = f"{stamp[:8]}/{region}/{service}/aws4_request"
    canonical, signed = canonical_request(request, lines, payload, service)
    text = "\n".join((_ALGORITHM, stamp, place, sha256(canonical.encode("utf-8")).hexdigest()))
    key = _signing_key(secret_key, stamp[:8], region, service)
    made = hmac.digest(key, text.encode("utf-8"), "sha256").hex()
    said = f"{_ALGORITHM} Credential={access_key}/{place}, SignedHeaders={signed}, Signature={made}"
    return Credential([*lines, (b"authorization", header_value(said, "Authorization"))])


def canonical_request(
    request: Outgoing, more: Lines, payload: str, service: str
) -> tuple[str, str]:
    """The canonical request, and the names of the headers that it covers."""
    headers = {"host": request.host}
    for name, value in [*request.headers, *more]:
        lower = name.decode("latin-1").lower()
        if lower == "content-type" or lower.startswith("x-amz-"):
            text = " ".join(value.decode("utf-8", "replace").split())
            headers[lower] = f"{headers[lower]},{text}" if lower in headers else text
    signed = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    parts = (
        request.method.upper(),
        _canonical_path(request.path, service),
        _canonical_query(request.query),
        lines,
        signed,
        payload,
    )
    return "\n".join(parts), signed


def _canonical_path(path: str, service: str) -> str:
    if service == _BY_PATH:
        return quote(unquote(path), safe="/-_.~")
    return quote(re.sub("/{2,}", "/", path) or "/", safe="/-_.~")


def _canonical_query(query: str) -> str:
    pairs = [part.partition("=") for part in query.split("&") if part]
    encoded = sorted(
        (quote(unquote(name), safe="-_.~"), quote(unquote(value), safe="-_.~"))
        for name, _, value in pairs
    )
    return "&".join(f"{name}={value}" for name, value in encoded)


def _payload_hash(request: Outgoing, service: str) -> str:
    if request.body is not None:
        return sha256(request.body).hexdigest()
    if service == _BY_PATH:
        return _UNSIGNED
    raise CredentialFault("a body that is sent in parts cannot be signed for this service")


def _signing_key(secret_key: str, date: str, region: str, service: str) -> bytes:
    key = f"AWS4{secret_key}".encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
