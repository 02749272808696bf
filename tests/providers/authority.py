"""A small authorization server, and the service behind it."""

import base64
import hashlib
import json
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit


class Authority:
    """Codes with PKCE S256, rotating refresh tokens, revocation. `account` is who says yes."""

    def __init__(self) -> None:
        self.account = "alice"
        self.says = "yes"
        self.codes: dict[str, tuple[str, str, str]] = {}
        self.refresh_tokens: dict[str, str] = {}
        self.access_tokens: dict[str, str] = {}
        self.revoked: list[str] = []
        self.refreshes = 0
        self.lifetime_seconds = 3600
        self.lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/v1/me":
                    outer.me(self)
                else:
                    outer.authorize(self)

            def do_POST(self) -> None:
                outer.post(self)

            def log_message(self, *_args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            # A hundred callers come at once; who finds no place in the queue waits for a minute.
            request_queue_size = 128
            daemon_threads = True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def authorize(self, handler: BaseHTTPRequestHandler) -> None:
        asked = {name: each[0] for name, each in parse_qs(urlsplit(handler.path).query).items()}
        answer = {"state": asked["state"], "iss": self.url}
        if self.says == "yes":
            code = secrets.token_urlsafe(12)
            self.codes[code] = (asked["code_challenge"], asked["redirect_uri"], self.account)
            answer["code"] = code
        else:
            answer |= {"error": "access_denied", "error_description": "<b>not today</b>"}
        handler.send_response(302)
        handler.send_header("Location", f"{asked['redirect_uri']}?{urlencode(answer)}")
        handler.end_headers()

    def me(self, handler: BaseHTTPRequestHandler) -> None:
        token = (handler.headers["Authorization"] or "").removeprefix("Bearer ")
        account = self.access_tokens.get(token)
        body = json.dumps({"message": f"Hello, {account}" if account else "Who is that?"}).encode()
        handler.send_response(200 if account else 401)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def post(self, handler: BaseHTTPRequestHandler) -> None:
        text = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        asked = {name: each[0] for name, each in parse_qs(text).items()}
        if handler.path == "/revoke":
            self.revoked.append(asked["token"])
            made: dict[str, Any] | None = {}
        elif asked["grant_type"] == "refresh_token":
            with self.lock:
                self.refreshes += 1
                account = self.refresh_tokens.pop(asked["refresh_token"], None)
            made = None if account is None else self.token(account)
        else:
            made = self.exchange(asked)
        handler.send_response(400 if made is None else 200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        handler.wfile.write(
            json.dumps({"error": "invalid_grant"} if made is None else made).encode()
        )

    def exchange(self, asked: dict[str, str]) -> dict[str, Any] | None:
        challenge, redirect_uri, account = self.codes.pop(asked["code"], ("", "", ""))
        digest = hashlib.sha256(asked["code_verifier"].encode()).digest()
        made = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if made != challenge or redirect_uri != asked["redirect_uri"]:
            return None
        return self.token(account)

    def token(self, account: str) -> dict[str, Any]:
        refresh = f"refresh-{secrets.token_hex(8)}"
        access = f"access-{secrets.token_hex(8)}"
        self.refresh_tokens[refresh] = account
        self.access_tokens[access] = account
        return {
            "access_token": access,
            "refresh_token": refresh,
            "expires_in": self.lifetime_seconds,
            "account": account,
        }
