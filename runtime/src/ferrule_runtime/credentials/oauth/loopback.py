"""Receives the redirect that ends a sign-in, on a port of this machine (RFC 8252, 7.3)."""

import html
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import ThreadingMixIn
from threading import Event, Lock
from typing import Any, Self
from urllib.parse import urlsplit

from ferrule_runtime.credentials.oauth.hidden import Hidden
from ferrule_runtime.credentials.oauth.pending import RedirectFault, parameters_of

HOSTS = ("127.0.0.1", "localhost", "::1")
# A connection on which nothing comes is closed: browsers open more than they use.
IDLE_SECONDS = 5.0
LONGEST_TARGET = 16_384
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><style>body{{font:1.1rem/1.5 system-ui;
max-width:34rem;margin:20vh auto;padding:0 1rem}}</style><h1>{title}</h1><p>{text}</p></html>
"""


class Loopback:
    """Listens on this machine alone until the redirect of one sign-in has come.

    `redirect_uri` may name a port and a path that are registered at the service; a port of 0, or
    none, is any that is free. Raises ValueError where the host is not this machine, OSError where
    the port is taken.
    """

    def __init__(self, redirect_uri: str = "http://127.0.0.1:0/callback") -> None:
        parts = urlsplit(redirect_uri)
        if parts.scheme != "http" or parts.hostname not in HOSTS:
            raise ValueError("a redirect that this program can receive is http://127.0.0.1:PORT/…")
        self.path = parts.path or "/"
        # A name is not listened on: where it leads is for others to say.
        host = "::1" if parts.hostname == "::1" else "127.0.0.1"
        self._server = _Server(host, parts.port or 0, self)
        shown = f"[{host}]" if ":" in host else parts.hostname
        query = f"?{parts.query}" if parts.query else ""
        self.redirect_uri = f"http://{shown}:{self._server.server_port}{parts.path}{query}"
        self._names = {f"{name}:{self._server.server_port}" for name in ("[::1]", *HOSTS)}
        self._state = ""
        self._found: Hidden | None = None
        self._lock = Lock()
        self._came = Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Loopback({self.redirect_uri!r})"

    def wait(self, state: str, seconds: float) -> Hidden | None:
        """The query of the redirect with this state; None if none came in time.

        What else comes is answered and changes nothing: another page could have sent it.
        """
        self._state = state
        give_up_at = time.monotonic() + seconds
        while not self._came.is_set():
            left = give_up_at - time.monotonic()
            if left <= 0.0:
                return None
            self._server.timeout = min(left, 0.5)
            self._server.handle_request()
        return self._found

    def close(self) -> None:
        """Listen no more. The page that the browser shows is sent to its end."""
        self._server.server_close()

    def answer(self, target: str, host: str) -> tuple[int, str, str]:
        """Status, title and text of the page for a request."""
        path, _, query = target.partition("?")
        if host.lower() not in self._names or path != self.path:
            return 404, "Not here", "This address belongs to a sign-in that is under way."
        try:
            found = parameters_of(query)
        except (RedirectFault, ValueError):
            return 400, "Not understood", "The service sent something that cannot be read."
        from hmac import compare_digest

        given = found.get("state", "").encode("utf-8", "replace")
        if not compare_digest(given, self._state.encode("utf-8")):
            text = "This page belongs to another sign-in. Go back to the program and begin again."
            return 400, "Another sign-in", text
        with self._lock:
            self._found = self._found or found
        self._came.set()
        if "error" in found:
            words = found.get("error_description") or found["error"]
            return 200, "Not signed in", f"The service answered: {words[:300]}"
        return 200, "That was all here", "The program has the answer: go back to it."


class _Server(ThreadingMixIn, HTTPServer):
    daemon_threads = False
    block_on_close = True
    allow_reuse_address = False

    def __init__(self, host: str, port: int, loopback: Loopback) -> None:
        import socket

        self.loopback = loopback
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        # Without the look-up of this machine's name that the base class does.
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that broke is nobody's concern; nothing of it is printed."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = IDLE_SECONDS
    server_version = "Ferrule"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer a redirect, or whatever else a browser asks for."""
        if len(self.path) > LONGEST_TARGET:
            status, title, text = 414, "Too long", "The service sent too much."
        else:
            host = self.headers.get("Host", "")
            status, title, text = self.server.loopback.answer(self.path, host)
        page = _PAGE.format(title=html.escape(title), text=html.escape(text)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Connection", "close")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: Any) -> None:
        """Nothing: the line would hold the code."""
