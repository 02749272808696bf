"""Fetches documents over https, from hosts that the user has named, without leaving them."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from ferrule.imports.openapi.documents import SIZE_LIMIT_BYTES

_TIMEOUT_SECONDS = 30.0


class _SameHosts(urllib.request.HTTPRedirectHandler):
    """Follows redirects only to hosts that are allowed, and only over https."""

    def __init__(self, hosts: frozenset[str]) -> None:
        self.hosts = hosts

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """The request that follows; URLError where it would lead away."""
        parts = urlsplit(newurl)
        if parts.scheme != "https" or (parts.hostname or "").lower() not in self.hosts:
            raise urllib.error.URLError(f"it leads to {parts.hostname}, which is not allowed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetcher(hosts: frozenset[str]) -> Callable[[str], bytes]:
    """Gets what stands at an https address of these hosts. Raises OSError with the reason."""
    opener = urllib.request.build_opener(_SameHosts(hosts))

    def fetch(address: str) -> bytes:
        parts = urlsplit(address)
        if parts.scheme != "https" or (parts.hostname or "").lower() not in hosts:
            raise OSError("it is not allowed")
        request = urllib.request.Request(address, headers={"Accept": "*/*"})  # noqa: S310 (https)
        with opener.open(request, timeout=_TIMEOUT_SECONDS) as answer:
            content: bytes = answer.read(SIZE_LIMIT_BYTES + 1)
        if len(content) > SIZE_LIMIT_BYTES:
            raise OSError("it is larger than the limit")
        return content

    return fetch
