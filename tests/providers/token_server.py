"""A token endpoint whose refresh tokens are good once, and how it is asked."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ferrule_providers.faults import RefreshRefused
from ferrule_providers.store.tokens import Token
from ferrule_providers.tokens import Patience

QUICK = Patience(
    refresh=5,
    lease=0.6,
    wait=10,
    cool_down=30,
    save=20,
    cache=0.0,
    first_pause=0.005,
    longest_pause=0.02,
)
STEADY = Patience(cache=0.0, first_pause=0.005, longest_pause=0.05)
"""As in earnest: on a busy machine nothing but a death lets a second process in."""


class TokenServer:
    """A token endpoint whose refresh tokens are good once; it counts, and can be slow."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.good = "refresh-0"
        self.refreshes = 0
        self.refused = 0
        self.seconds = 0.05
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                outer.answer(self, body)

            def log_message(self, *_args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            request_queue_size = 128
            daemon_threads = True

            def handle_error(self, *_args: Any) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/token"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, handler: BaseHTTPRequestHandler, given: str) -> None:
        with self.lock:
            spent = given != self.good
            if spent:
                self.refused += 1
            else:
                self.refreshes += 1
                self.good = f"refresh-{self.refreshes}"
            made = {"access": f"access-{self.refreshes}", "refresh": self.good}
        time.sleep(self.seconds)
        handler.send_response(400 if spent else 200)
        handler.end_headers()
        handler.wfile.write(json.dumps({} if spent else made).encode())

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def refreshing(url: str) -> Callable[[Token], Token]:
    """How a token of such an endpoint is refreshed."""

    def refresh(old: Token) -> Token:
        asked = urllib.request.Request(url, (old.refresh_token or "").encode())
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                made = json.load(answer)
        except urllib.error.HTTPError as error:
            error.close()
            raise RefreshRefused("invalid_grant") from None
        return Token(made["access"], made["refresh"])

    return refresh
