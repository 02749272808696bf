"""A service account signs for itself, and the time to wait stands in the words of an error."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.e2e.compiled import CompiledPackage
from tests.services.loopback import Request
from tests.services.rerouted import Rerouted
from tests.services.scripted import Reply, ScriptedService, reply

if TYPE_CHECKING:
    import google_directory_connector as google
else:
    google = CompiledPackage("google_directory")

USERS = "/admin/directory/v1/users"
SCOPE = "https://www.googleapis.com/auth/admin.directory.user.readonly"


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture
def account(key: rsa.RSAPrivateKey) -> str:
    """The key file of a service account."""
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    told = {"type": "service_account", "private_key": pem.decode()}
    return json.dumps({**told, "client_email": "robot@project.iam.gserviceaccount.com"})


@pytest.fixture
def workspace(service: ScriptedService, key: rsa.RSAPrivateKey) -> ScriptedService:
    def token(request: Request) -> Reply:
        asked = {name: each[0] for name, each in parse_qs(request.body.decode()).items()}
        assert asked["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
        claims = jwt.decode(
            asked["assertion"],
            key.public_key(),
            algorithms=["RS256"],
            audience="https://oauth2.googleapis.com/token",
        )
        assert claims["iss"] == "robot@project.iam.gserviceaccount.com"
        assert claims["sub"] == "admin@example.com"
        assert claims["scope"] == SCOPE
        assert claims["exp"] - claims["iat"] == 3600
        return reply(json={"access_token": "ya29.1", "expires_in": 3599, "token_type": "Bearer"})

    service.on("POST", "/token", token)
    return service


@contextmanager
def connected(workspace: ScriptedService, account: str) -> Iterator[google.GoogleDirectory]:
    with (
        httpx.Client(transport=Rerouted(workspace.url)) as http_client,
        google.GoogleDirectory(
            service_account=account,
            subject="admin@example.com",
            http_client=http_client,
            backoff=None,
        ) as client,
    ):
        yield client


@pytest.fixture
def client(workspace: ScriptedService, account: str) -> Iterator[google.GoogleDirectory]:
    with connected(workspace, account) as client:
        yield client


def person(number: int) -> dict[str, Any]:
    return {"id": str(number), "primaryEmail": f"{number}@example.com"}


def refused(status: int, reason: str, message: str) -> Reply:
    error = {"code": status, "message": message, "errors": [{"reason": reason}]}
    return reply(status, json={"error": error})


def test_the_account_signs_for_a_person_and_lists_follow_their_token(
    client: google.GoogleDirectory, workspace: ScriptedService
) -> None:
    first = {"users": [person(1)], "nextPageToken": "abc"}
    workspace.on("GET", USERS, reply(json=first), reply(json={"users": [person(2)]}))
    assert [each.id for each in client.users.list(order_by="email")] == ["1", "2"]
    assert len(workspace.calls("POST", "/token")) == 1
    one, two = workspace.calls("GET", USERS)
    asked = {"customer": ["my_customer"], "orderBy": ["email"], "maxResults": ["100"]}
    assert parse_qs(one.query) == asked
    assert parse_qs(two.query) == {**asked, "pageToken": ["abc"]}
    assert one.header("Authorization") == "Bearer ya29.1"


def test_the_time_to_wait_is_read_in_the_words(workspace: ScriptedService, account: str) -> None:
    soon = datetime.now(UTC) + timedelta(minutes=30)
    words = f"User-rate limit exceeded.  Retry after {soon.strftime('%Y-%m-%dT%H:%M:%S.000Z')}"
    workspace.on("GET", f"{USERS}/1", refused(403, "userRateLimitExceeded", words))
    with connected(workspace, account) as client, pytest.raises(google.RateLimited) as caught:
        client.users.get(user_key="1")
    assert caught.value.attempts == 1
    assert caught.value.retry_after_seconds is not None
    assert 1700 < caught.value.retry_after_seconds <= 1800


@pytest.mark.parametrize(
    ("reason", "name"),
    [("dailyLimitExceeded", "DailyLimitReached"), ("forbidden", "Forbidden")],
)
def test_the_same_403_may_mean_several_things(
    client: google.GoogleDirectory, workspace: ScriptedService, reason: str, name: str
) -> None:
    workspace.on("GET", f"{USERS}/1", refused(403, reason, "No."))
    with pytest.raises(google.Forbidden) as caught:
        client.users.get(user_key="1")
    assert type(caught.value).__name__ == name
    assert caught.value.attempts == 1


def test_a_key_that_is_none_is_told_without_being_shown(workspace: ScriptedService) -> None:
    broken = json.dumps({"private_key": "not-a-key-canary", "client_email": "a@b.example"})
    with (
        connected(workspace, broken) as client,
        pytest.raises(google.GoogleDirectoryError) as caught,
    ):
        client.users.get(user_key="1")
    assert isinstance(caught.value, google.ConfigurationError)
    assert "canary" not in str(caught.value) + repr(caught.value)
    assert workspace.requests == []
