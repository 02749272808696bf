"""A token endpoint that rotates: each refresh token is good once, a second use ends the family.

And a connector that asks it. Worker processes import this: it brings along no more than they need.
"""

import json
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from urllib.parse import parse_qs

from ferrule_runtime.connector import Connector
from ferrule_runtime.contract import OAuth2, Operation, Setting, template
from ferrule_runtime.contract import Request as TokenRequest
from tests.services.loopback import Request
from tests.services.scripted import Reply, ScriptedService, reply

GET: Operation[Any] = Operation("things.get", "GET", "/x", returns=dict[str, Any])
SETTINGS = (
    Setting("client_id"),
    Setting("client_secret", type="secret"),
    Setting("refresh_token", type="secret"),
)
GIVEN = {"client_id": "me", "client_secret": "its-secret", "refresh_token": "refresh-0"}


def acme(url: str) -> Connector:
    """A connector of the service at this URL, whose installer has a refresh token."""
    request = TokenRequest("POST", template("/token"))
    kind = OAuth2("refresh_token", token=request, refresh=request)
    return Connector(
        name="acme", base_url=template(url), class_name="Acme", auth=kind, settings=SETTINGS
    )


@dataclass
class Authority:
    """Scripts `/token` and `/x` of a service; counts what was asked for."""

    service: ScriptedService
    lifetime_seconds: float = 3600.0
    refreshes: int = 0
    is_revoked: bool = False
    after_seconds: float = 0.0
    current: str = field(default="refresh-0", repr=False)
    good: set[str] = field(default_factory=set, repr=False)
    lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.service.on("POST", "/token", self.token)
        self.service.on("GET", "/x", self.resource)

    def token(self, request: Request) -> Reply:
        """The next pair, for the current refresh token alone."""
        given = parse_qs(request.body.decode()).get("refresh_token", [""])[0]
        with self.lock:
            if self.is_revoked or given != self.current:
                self.is_revoked = True
                return reply(400, json={"error": "invalid_grant"})
            self.refreshes += 1
            self.current = f"refresh-{self.refreshes}"
            access = f"access-{self.refreshes}"
            self.good = {access}
            answer = {
                "access_token": access,
                "refresh_token": self.current,
                "expires_in": self.lifetime_seconds,
            }
            return reply(json=answer, after_seconds=self.after_seconds)

    def resource(self, request: Request) -> Reply:
        """What only the latest access token opens."""
        token = (request.header("authorization") or "").removeprefix("Bearer ")
        if token not in self.good:
            return reply(401, json={"error": "invalid_token"})
        return reply(json={"token": token})

    def expire(self) -> None:
        """No access token given so far is good any more."""
        with self.lock:
            self.good = set()


def stored_fields(text: str | None) -> dict[str, object]:
    """What a store keeps, read."""
    fields = json.loads(text or "{}")
    assert isinstance(fields, dict)
    return fields
