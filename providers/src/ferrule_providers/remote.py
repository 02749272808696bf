"""Asks a running service for what a client is made from, over HTTP."""

from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from ferrule_providers.clock import utc_now
from ferrule_providers.configuration import is_loopback
from ferrule_providers.faults import (
    CannotStart,
    ConnectionNeedsAttention,
    ConnectionNotFound,
    ProviderBroken,
    ProviderNotFound,
    ProvidersError,
    RefreshBusy,
    RefreshFailed,
    RefreshRefused,
    ServiceUnreachable,
)
from ferrule_providers.handing_out import Access
from ferrule_providers.installed import NAME

SECONDS = 60.0
_FAULTS: dict[str, type[ProvidersError]] = {
    kind.code: kind
    for kind in (
        ConnectionNotFound,
        ProviderBroken,
        ProviderNotFound,
        RefreshBusy,
        RefreshFailed,
        RefreshRefused,
    )
}


def fetch_access(
    url: str,
    api_key: str | None,
    provider: str,
    connection: str,
    *,
    refused: int | None = None,
) -> Access:
    """What the service hands out for a connection. Raises what the service would raise itself."""
    host = _host(url)
    if not NAME.fullmatch(connection):
        # A path that is put together from somebody's text must not lead to another connection.
        raise ConnectionNotFound(f"{provider} has no connection of this name.")
    path = f"/v1/admin/connector-providers/{quote(provider)}/connections/{quote(connection)}/access"
    body = {} if refused is None else {"refused_revision": refused}
    headers = {"X-API-Key": api_key} if api_key else {}
    failure = ""
    answer: httpx.Response | None = None
    try:
        answer = httpx.post(
            url.rstrip("/") + path,
            json=body,
            headers=headers,
            timeout=SECONDS,
            # A proxy of the environment would see the key, and knows another loopback.
            trust_env=not is_loopback(host),
        )
    except httpx.HTTPError as error:
        failure = type(error).__name__
    if answer is None:
        raise ServiceUnreachable(
            f"The providers service at {_shown(url)} does not answer: {failure}."
        )
    document = _document(answer, url)
    if answer.status_code != httpx.codes.OK:
        raise _fault(document, url)
    try:
        return _access(document)
    except (AttributeError, KeyError, TypeError, ValueError):
        # Raised below: what came instead may hold credentials all the same.
        pass
    raise _not_ours(answer, url)


def _access(document: dict[str, Any]) -> Access:
    token = document["token"] or {}
    expires = token.get("expires_at")
    return Access(
        provider=document["provider"],
        name=document["connection"],
        auth=document["auth"],
        settings=dict(document["settings"]),
        secrets=dict(document["secrets"]),
        access_token=token.get("access_token"),
        expires_at=datetime.fromisoformat(expires) if expires else None,
        revision=token.get("revision"),
        obtained_at=utc_now(),
        captured=token.get("captured") or {},
    )


def _not_ours(answer: httpx.Response, url: str) -> ServiceUnreachable:
    return ServiceUnreachable(
        f"{_shown(url)} answered {answer.status_code} and not as a providers service does."
    )


def _host(url: str) -> str:
    """The host of a URL. Raises CannotStart where a key would cross a network in the clear."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CannotStart(
            "The address of the providers service is a URL such as https://host:8474."
        )
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise CannotStart(
            f"{_shown(url)} is not encrypted: use https, since credentials come back."
        )
    return parts.hostname


def _shown(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _document(answer: httpx.Response, url: str) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise _not_ours(answer, url)
    return found


def _fault(document: dict[str, Any], url: str) -> ProvidersError:
    code, detail = str(document.get("code")), str(document.get("detail"))
    if code == ConnectionNeedsAttention.code:
        return ConnectionNeedsAttention(detail, str(document.get("reason")))
    kind = _FAULTS.get(code)
    if kind is not None:
        return kind(detail)
    if code in ("unauthorized", "forbidden", "too-many-attempts", "host-refused"):
        return CannotStart(f"{_shown(url)} does not let this process in: {detail}")
    return ServiceUnreachable(f"{_shown(url)} answered: {detail}")
