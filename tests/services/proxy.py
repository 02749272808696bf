"""Stands between a client and a real service: counts the calls, and answers some of them itself."""

import http.client
import threading
import time
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from tests.services.loopback import Ending, LoopbackServer, Request, Step, response

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}

Meddling = Callable[[Request], bytes | Ending | None]
"""What the proxy sends in the service's place; None passes the call on."""


class Proxy:
    """Passes every call on, unless `meddle` has an answer of its own for it.

    The client's Host goes through as it is, so that links which the service makes lead back here.
    """

    def __init__(self, service: str, meddle: Meddling = lambda request: None) -> None:
        place = urlsplit(service)
        self._host, self._port = place.hostname or "127.0.0.1", place.port or 80
        self._meddle = meddle
        self._lock = threading.Lock()
        self.arrivals: list[tuple[float, Request]] = []
        """Every call so far, each with the second at which it came, by a monotonic clock."""
        self._server = LoopbackServer(self._answer)
        self.url = self._server.url

    @property
    def requests(self) -> list[Request]:
        """Every call so far."""
        return [request for _, request in self.arrivals]

    def close(self) -> None:
        """Stop listening; the service goes on."""
        self._server.close()
        if self._server.failures:
            raise self._server.failures[0]

    def _answer(self, request: Request) -> Iterable[Step]:
        with self._lock:
            self.arrivals.append((time.monotonic(), request))
            instead = self._meddle(request)
        return [self._pass_on(request) if instead is None else instead]

    def _pass_on(self, request: Request) -> bytes:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=30)
        try:
            connection.putrequest(
                request.method, request.target, skip_host=True, skip_accept_encoding=True
            )
            for name, value in request.headers:
                connection.putheader(name, value)
            connection.endheaders(request.body)
            answer = connection.getresponse()
            body = answer.read()
            kept = [pair for pair in answer.getheaders() if pair[0].lower() not in _HOP_BY_HOP]
            length = int(answer.headers.get("Content-Length") or len(body))
            return response(answer.status, body, None, kept, length=length)
        finally:
            connection.close()
