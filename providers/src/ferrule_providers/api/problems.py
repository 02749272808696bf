"""Problem details (RFC 9457): which status a fault has, and a page that explains it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from ferrule_providers.faults import InvalidRequest, ProvidersError, TooManyAttempts

MEDIA_TYPE = "application/problem+json"
PAGES = "/problems"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its status, its title, and what to do about it."""

    status: int
    title: str
    help: str


KINDS = {
    "unauthorized": Kind(
        401,
        "No key that opens this service",
        "Send a key in the header X-API-Key. Keys are made with `ferrule-providers api-key new`; "
        "whether one is missing, wrong or revoked is not told apart.",
    ),
    "forbidden": Kind(
        403,
        "The key does not reach this far",
        "Keys have scopes: read sees, write changes, use hands out credentials. "
        "Make a key with the scope that is needed.",
    ),
    "origin-refused": Kind(
        403,
        "The request comes from another site",
        "A browser sent this request on behalf of a page that is not part of this service.",
    ),
    "provider-not-found": Kind(
        404,
        "No such provider",
        "Providers are the connector packages installed beside the service; install the package "
        "and start the service again.",
    ),
    "connection-not-found": Kind(
        404, "No such connection", "Set the connection up first; the list shows what there is."
    ),
    "not-found": Kind(404, "Nothing here", "No page and no resource has this address."),
    "method-not-allowed": Kind(
        405, "This cannot be done here", "The header Allow names what can be done."
    ),
    "provider-broken": Kind(
        409,
        "The connector cannot be loaded",
        "The package is installed and fails when it is imported; the detail says how. "
        "Reinstall it, or install a version that fits.",
    ),
    "no-test": Kind(
        409, "The connector declares no test", "Add `test:` to its specification and compile it."
    ),
    "no-sign-in": Kind(
        409,
        "Nobody signs in to this in a browser",
        "The connection works with the credentials of its set-up.",
    ),
    "needs-attention": Kind(
        409,
        "A person must act first",
        "The detail says why the connection cannot be used; set it up or connect it again.",
    ),
    "revision-conflict": Kind(
        412,
        "Somebody else changed it",
        "Read the connection again and send its new ETag in If-Match.",
    ),
    "body-too-large": Kind(413, "The body is too large", "A set-up is a small JSON object."),
    "unsupported-media-type": Kind(
        415, "The body is not JSON", "Send Content-Type: application/json."
    ),
    "host-refused": Kind(
        421,
        "The service does not answer to this name",
        "Name it in FERRULE_PROVIDERS_PUBLIC_URL or FERRULE_PROVIDERS_ALLOWED_HOSTS.",
    ),
    "invalid-request": Kind(
        422,
        "Something in the request cannot be taken",
        "`errors` names each field and what is expected; no value is repeated.",
    ),
    "credentials-refused": Kind(
        424,
        "The service does not accept these credentials",
        "Nothing was saved. Check them against the service's own page.",
    ),
    "refresh-refused": Kind(
        424, "The access was withdrawn", "Connect the connection again in a browser."
    ),
    "too-many-attempts": Kind(429, "Too many wrong keys", "Wait for as long as Retry-After says."),
    "internal": Kind(
        500,
        "The service failed",
        "Its log has a line with the request's id. Nothing of this request was saved.",
    ),
    "service-unreachable": Kind(
        502,
        "The connector's service gave no usable answer",
        "Nothing was saved. Try again when the service answers.",
    ),
    "refresh-failed": Kind(
        503, "The token could not be refreshed just now", "Try again after a while."
    ),
    "refresh-busy": Kind(
        503, "Another process is refreshing the token", "Try again after a while."
    ),
    "database-unavailable": Kind(
        503, "The database does not answer", "Nothing of this request was saved. Try again."
    ),
}


def document(code: str, detail: str, **more: Any) -> dict[str, Any]:
    """A problem document. `type` leads to a page of this service."""
    kind = KINDS[code]
    return {
        "type": f"{PAGES}/{code}",
        "title": kind.title,
        "status": kind.status,
        "code": code,
        "detail": detail,
        **more,
    }


def response(
    code: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """A problem as an answer."""
    return Response(
        json.dumps(document(code, detail, **more)),
        status_code=KINDS[code].status,
        media_type=MEDIA_TYPE,
        headers=dict(headers or {}),
    )


def response_for(error: ProvidersError) -> Response:
    """A fault of the service as an answer."""
    code = error.code if error.code in KINDS else "internal"
    more: dict[str, Any] = {}
    headers: dict[str, str] = {}
    if isinstance(error, InvalidRequest):
        more["errors"] = [
            {"pointer": fault.pointer, "code": fault.code, "detail": fault.detail}
            for fault in error.faults
        ]
    if isinstance(error, TooManyAttempts):
        headers["Retry-After"] = str(error.retry_after_seconds)
    if code == "unauthorized":
        headers["WWW-Authenticate"] = 'ApiKey realm="ferrule-providers"'
    reason = getattr(error, "reason", None)
    if reason is not None:
        more["reason"] = reason
    return response(code, error.detail, headers, **more)
