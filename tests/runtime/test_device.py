"""How often a client asks whether somebody has said yes on another device, by a counted clock."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ferrule_runtime import errors
from ferrule_runtime.contract import OAuth2, Request, Setting, template
from ferrule_runtime.credentials.oauth.device import DeviceCode
from ferrule_runtime.sign_in import KeptToken, SignIn
from ferrule_runtime.stores import MemoryStore
from ferrule_runtime.wire import Reply
from tests.runtime.faces import Face, connector_at
from tests.runtime.scripts import Stage, lost
from tests.runtime.scripts import reply as answer


class Asking:
    """A sign-in whose pauses are counted and whose answers are written beforehand."""

    def __init__(self, face: Face) -> None:
        url = "https://api.example.com"
        kind = OAuth2(
            "device_code",
            authorize=Request("POST", template(f"{url}/device")),
            token=Request("POST", template(f"{url}/token")),
            client_auth="none",
        )
        connector = connector_at(url, auth=kind, settings=(Setting("client_id"),))
        given = {"client_id": "me"}
        client = face.client(connector, given, token_store=MemoryStore(), backoff=None)
        self.stage = Stage()
        self.sign_in = SignIn(client)
        self.sign_in._policy = self.stage.policy

    def wait(self, *script: Any, interval_seconds: float = 5.0, lasts: float = 900.0) -> KeptToken:
        code = DeviceCode(
            "device-s3cret",
            "WDJB-MJHT",
            "https://id.example.com/device",
            verification_uri_complete=None,
            interval_seconds=interval_seconds,
            expires_at=self.stage.clock() + lasts,
        )
        kept = self.stage.play(self.sign_in._finishing_device(code, None), script)
        assert isinstance(kept, KeptToken)
        return kept


@pytest.fixture
def asking() -> Iterator[Asking]:
    face = Face("httpcore", is_async=False)
    yield Asking(face)
    face.close()


def told(error: str) -> Reply:
    return answer(400, json.dumps({"error": error}).encode(), content_type="application/json")


GRANTED = answer(200, b'{"access_token": "access-s3cret"}', content_type="application/json")


def test_each_slow_down_makes_every_pause_after_it_longer(asking: Asking) -> None:
    """RFC 8628, 3.5: five seconds more, for this and all later questions."""
    waiting, slower = told("authorization_pending"), told("slow_down")
    kept = asking.wait(waiting, slower, waiting, slower, waiting, GRANTED)
    assert kept.access_token == "access-s3cret"
    assert asking.stage.pauses == [5.0, 5.0, 10.0, 10.0, 15.0, 15.0]
    assert len(asking.stage.sent) == 6


def test_a_broken_connection_is_no_answer_and_asks_for_patience(asking: Asking) -> None:
    asking.wait(lost(), told("authorization_pending"), GRANTED, interval_seconds=1.0)
    assert asking.stage.pauses == [1.0, 6.0, 6.0]


def test_nobody_asks_longer_than_the_code_lasts(asking: Asking) -> None:
    with pytest.raises(errors.SignInFailed) as caught:
        asking.wait(*[told("slow_down")] * 10, lasts=25.0)
    assert caught.value.code == "expired"
    # The third pause ends after the code: it is not asked about again.
    assert asking.stage.pauses == [5.0, 10.0, 15.0]
    assert len(asking.stage.sent) == 2
