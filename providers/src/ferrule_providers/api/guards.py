"""What every request passes first: host, origin, size; and what every answer carries."""

import json
import logging
import re
import secrets
import time
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ferrule_providers.configuration import Configuration
from ferrule_providers.pages.frame import problem

logger = logging.getLogger("ferrule_providers.requests")

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_READING = ("GET", "HEAD", "OPTIONS")
_API_POLICY = "default-src 'none'; frame-ancestors 'none'"

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _API_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # With no-referrer browsers send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guards:
    """An ASGI application around another one."""

    def __init__(self, app: ASGIApp, configuration: Configuration) -> None:
        self._app = app
        self._hosts = configuration.hosts
        self._origin = configuration.origin if configuration.public_url else None
        self._most_bytes = configuration.max_body_bytes
        self._tls = configuration.is_behind_tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        started = time.perf_counter()
        status = 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._complete(MutableHeaders(scope=message), request_id)
            await send(message)

        try:
            refusal = self._refusal(scope, headers)
            if refusal is not None:
                await refusal(scope, receive, answer)
                return
            await self._bounded(scope, receive, answer, headers)
        finally:
            self._log(scope, status, started, request_id)

    def _complete(self, headers: MutableHeaders, request_id: str) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if self._tls:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        headers["X-Request-Id"] = request_id

    def _refusal(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        path = scope["path"]
        hosts = headers.getlist("host")
        if len(hosts) != 1 or _without_port(hosts[0]) not in self._hosts:
            return problem(
                path, "host-refused", "The Host header names none of the names of this service."
            )
        if scope["method"] not in _READING and not self._is_same_origin(hosts[0], headers):
            return problem(
                path, "origin-refused", "The request was made by a page of another site."
            )
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._most_bytes:
            return self._too_large(path)
        return None

    def _is_same_origin(self, host: str, headers: Headers) -> bool:
        """Whether a request was made by a page of ours, or by no page at all."""
        site = headers.get("sec-fetch-site")
        if site is not None and site not in ("same-origin", "none"):
            return False
        origin = headers.get("origin")
        if origin is None:
            return True
        if self._origin is not None:
            return origin == self._origin
        try:
            return urlsplit(origin).netloc.lower() == host.lower()
        except ValueError:
            return False

    def _too_large(self, path: str) -> ASGIApp:
        return problem(
            path,
            "body-too-large",
            f"A body has at most {self._most_bytes} bytes.",
            {"Connection": "close"},
        )

    async def _bounded(self, scope: Scope, receive: Receive, send: Send, headers: Headers) -> None:
        """Read the body within its bound before anything else sees the request."""
        if scope["method"] in _READING and "transfer-encoding" not in headers:
            await self._app(scope, receive, send)
            return
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            if len(body) > self._most_bytes:
                await self._too_large(scope["path"])(scope, receive, send)
                return
            if not message.get("more_body", False):
                break
        whole: Message | None = {"type": "http.request", "body": bytes(body), "more_body": False}

        async def replay() -> Message:
            nonlocal whole
            if whole is None:
                return await receive()
            message, whole = whole, None
            return message

        await self._app(scope, replay, send)

    def _log(self, scope: Scope, status: int, started: float, request_id: str) -> None:
        # The route's template, not the path: queries may hold a code, paths somebody's mistake.
        route = scope.get("route")
        path = getattr(route, "path", None) or "(no route)"
        line = {
            "method": scope["method"] if scope["method"].isalpha() else "?",
            "route": path,
            "status": status,
            "ms": round((time.perf_counter() - started) * 1000, 1),
            "request_id": request_id,
        }
        logger.info("%s", json.dumps(line))


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower()
