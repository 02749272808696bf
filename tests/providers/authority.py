"""A small authorization server, and the sign-in of the connector that people sign in to there."""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from ferrule_providers.faults import RefreshRefused, SignInFailed
from ferrule_providers.sign_in import Dance
from ferrule_providers.signing_in import code_challenge
from ferrule_providers.store.tokens import Token


class Authority:
    """Codes with PKCE S256, rotating refresh tokens, revocation. `account` is who says yes."""

    def __init__(self) -> None:
        self.account = "alice"
        self.says = "yes"
        self.codes: dict[str, tuple[str, str, str]] = {}
        self.refresh_tokens: dict[str, str] = {}
        self.revoked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.authorize(self)

            def do_POST(self) -> None:
                outer.post(self)

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
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

    def post(self, handler: BaseHTTPRequestHandler) -> None:
        text = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        asked = {name: each[0] for name, each in parse_qs(text).items()}
        if handler.path == "/revoke":
            self.revoked.append(asked["token"])
            made: dict[str, Any] | None = {}
        elif asked["grant_type"] == "refresh_token":
            account = self.refresh_tokens.pop(asked["refresh_token"], None)
            made = None if account is None else self.token(account)
        else:
            made = self.exchange(asked)
        handler.send_response(400 if made is None else 200)
        handler.end_headers()
        handler.wfile.write(json.dumps(made or {"error": "invalid_grant"}).encode())

    def exchange(self, asked: dict[str, str]) -> dict[str, Any] | None:
        challenge, redirect_uri, account = self.codes.pop(asked["code"], ("", "", ""))
        digest = hashlib.sha256(asked["code_verifier"].encode()).digest()
        made = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if made != challenge or redirect_uri != asked["redirect_uri"]:
            return None
        return self.token(account)

    def token(self, account: str) -> dict[str, Any]:
        refresh = f"refresh-{secrets.token_hex(8)}"
        self.refresh_tokens[refresh] = account
        return {
            "access_token": f"access-{secrets.token_hex(8)}",
            "refresh_token": refresh,
            "expires_in": 3600,
            "account": account,
        }


class CalendarSignIn:
    """What a connector brings along for its sign-in."""

    def __init__(self, authority: Authority) -> None:
        self.url = authority.url

    def authorize_url(self, settings: Mapping[str, Any], dance: Dance) -> str:
        asked = {
            "response_type": "code",
            "client_id": settings["client_id"],
            "redirect_uri": dance.redirect_uri,
            "state": dance.state,
            "code_challenge": code_challenge(dance.verifier),
            "code_challenge_method": "S256",
        }
        return f"{self.url}/authorize?{urlencode(asked)}"

    def exchange(
        self, settings: Mapping[str, Any], dance: Dance, answer: Mapping[str, str]
    ) -> Token:
        if answer.get("iss") != self.url:
            raise SignInFailed("mismatch", "The answer comes from another service.")
        asked = {
            "grant_type": "authorization_code",
            "code": answer["code"],
            "redirect_uri": dance.redirect_uri,
            "code_verifier": dance.verifier,
            "client_secret": settings["client_secret"],
        }
        made = self._post("/token", asked)
        if made is None:
            raise SignInFailed("refused", f"The code {answer['code']} was not taken.")
        return made

    def refresh(self, settings: Mapping[str, Any], token: Token) -> Token:
        asked = {"grant_type": "refresh_token", "refresh_token": token.refresh_token or ""}
        made = self._post("/token", asked)
        if made is None:
            raise RefreshRefused("invalid_grant")
        return made

    def revoke(self, settings: Mapping[str, Any], token: Token) -> bool:
        answer = httpx.post(f"{self.url}/revoke", data={"token": token.refresh_token or ""})
        return answer.status_code == 200

    def account(self, settings: Mapping[str, Any], token: Token) -> str | None:
        return str(token.captured["account"])

    def _post(self, path: str, asked: dict[str, str]) -> Token | None:
        answer = httpx.post(self.url + path, data=asked)
        if answer.status_code != 200:
            return None
        from datetime import UTC, datetime, timedelta

        made = answer.json()
        ends = datetime.now(UTC) + timedelta(seconds=made["expires_in"])
        captured = {"account": made["account"]}
        return Token(made["access_token"], made["refresh_token"], ends, (), captured)
