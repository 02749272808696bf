"""Signing in by browser: bound to state, session and browser; nothing is lost when it fails."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from starlette.testclient import TestClient

from ferrule_providers.core import Core
from ferrule_providers.handing_out import hand_out
from ferrule_providers.store.tables import authorization, sealed
from tests.providers.authority import Authority
from tests.providers.conftest import SOMEBODY, Api, SetClock, open_api

ONE = "/calendar/connections/default"
BODY = {"client_id": "me", "client_secret": "long-client-secret"}


@pytest.fixture
def authority() -> Iterator[Authority]:
    server = Authority()
    yield server
    server.close()


@pytest.fixture
def clock() -> SetClock:
    made = SetClock()
    made.now = datetime.now(UTC)
    return made


@pytest.fixture
def signing(make_core: Callable[..., Core], database_url: str, authority: Authority) -> Api:
    api = open_api(make_core(database_url))
    assert (
        api.post("/calendar/setup", {**BODY, "server": authority.url}).json()["state"]
        == "configured"
    )
    return api


def browser(api: Api) -> TestClient:
    """Another browser, with cookies of its own."""
    return TestClient(
        api.client.app,
        base_url=str(api.client.base_url),
        client=("127.0.0.1", 50_001),
        follow_redirects=False,
    )


def leave(api: Api, visitor: TestClient, query: str = "") -> str:
    """Start a sign-in, open it in a browser; gives where the service sends the browser back to."""
    started = api.post(f"{ONE}/authorize{query}")
    assert started.status_code == 200, started.text
    page = visitor.get(started.json()["url"])
    assert page.status_code == 200, page.text
    (link,) = (
        part.partition('"')[0].replace("&amp;", "&")
        for part in page.text.split('id="leave" href="')[1:]
    )
    answer = httpx.get(link)
    assert answer.status_code == 302
    return answer.headers["Location"]


def connected(api: Api, query: str = "") -> Any:
    visitor = browser(api)
    return visitor.get(leave(api, visitor, query))


def test_a_person_signs_in_and_a_program_gets_a_token(signing: Api, authority: Authority) -> None:
    answer = connected(signing)
    assert answer.status_code == 200, answer.text
    assert "is connected" in answer.text
    told = signing.get(ONE).json()
    assert told["state"] == "verified"
    assert told["token"]["has_refresh_token"] is True
    assert told["pending_authorization"] is None
    access = signing.post(f"{ONE}/access").json()
    assert access["token"]["access_token"].startswith("access-")
    assert access["secrets"] == {}, "the client's secret stays where it is"
    assert "refresh-" not in str(access)
    refused = {"refused_revision": access["token"]["revision"]}
    newer = signing.post(f"{ONE}/access", refused).json()
    assert newer["token"]["revision"] == access["token"]["revision"] + 1
    assert newer["token"]["access_token"] != access["token"]["access_token"]


def test_a_due_token_is_refreshed_before_it_is_handed_out(
    signing: Api, clock: SetClock, authority: Authority
) -> None:
    connected(signing)
    first = hand_out(signing.core, "calendar", "default", SOMEBODY)
    assert hand_out(signing.core, "calendar", "default", SOMEBODY).revision == first.revision
    clock.move(minutes=59, seconds=30)
    assert hand_out(signing.core, "calendar", "default", SOMEBODY).revision == 2
    clock.move(minutes=59, seconds=30)
    authority.refresh_tokens.clear()
    refused = signing.post(f"{ONE}/access")
    assert (refused.status_code, refused.json()["code"]) == (424, "refresh-refused")
    told = signing.get(ONE).json()
    assert (told["state"], told["reason"]) == ("needs_attention", "refresh_refused")
    assert told["action"] == "connect"
    assert connected(signing).status_code == 200
    assert signing.get(ONE).json()["state"] == "verified"


def test_starting_again_takes_nothing_away(signing: Api, authority: Authority) -> None:
    connected(signing)
    before = signing.post(f"{ONE}/access").json()["token"]
    assert signing.post(f"{ONE}/authorize").status_code == 200
    told = signing.get(ONE).json()
    assert told["state"] == "verified"
    assert told["pending_authorization"] is not None
    authority.says = "no"
    failed = connected(signing)
    assert failed.status_code == 400
    assert "&lt;b&gt;not today&lt;/b&gt;" in failed.text
    assert "<b>not" not in failed.text
    assert signing.post(f"{ONE}/access").json()["token"] == before


def test_another_browser_cannot_finish(signing: Api) -> None:
    visitor, thief = browser(signing), browser(signing)
    back = leave(signing, visitor)
    assert thief.get(back).status_code == 400
    assert signing.get(ONE).json()["token"] is None
    assert visitor.get(back).status_code == 200, "the one who began it still can"


def test_another_browser_cannot_take_over_the_start(signing: Api) -> None:
    started = signing.post(f"{ONE}/authorize").json()["url"]
    first = browser(signing)
    assert first.get(started).status_code == 200
    assert browser(signing).get(started).status_code == 400
    assert first.get(started).status_code == 200


def test_a_state_is_good_once_and_for_ten_minutes(signing: Api, clock: SetClock) -> None:
    visitor = browser(signing)
    back = leave(signing, visitor)
    assert visitor.get(back).status_code == 200
    again = visitor.get(back)
    assert (again.status_code, "has ended" in again.text) == (400, True)
    assert "Not connected" not in again.text, "whoever reloads the page is connected all the same"
    late = browser(signing)
    back = leave(signing, late)
    clock.move(minutes=11)
    assert late.get(back).status_code == 400


@pytest.mark.parametrize("change", ["state=x", "state=", "iss=https://evil.example", "code=x"])
def test_answers_that_were_tampered_with(signing: Api, change: str) -> None:
    visitor = browser(signing)
    back = urlsplit(leave(signing, visitor))
    name, _, value = change.partition("=")
    parameters = {key: each[0] for key, each in parse_qs(back.query).items()} | {name: value}
    answer = visitor.get(back.path, params=parameters)
    assert answer.status_code == 400
    assert signing.get(ONE).json()["token"] is None


def test_another_account_has_to_be_accepted(signing: Api, authority: Authority) -> None:
    connected(signing)
    before = signing.post(f"{ONE}/access").json()["token"]["access_token"]
    authority.account = "bob"
    refused = connected(signing)
    assert (refused.status_code, "Another account" in refused.text) == (400, True)
    assert signing.post(f"{ONE}/access").json()["token"]["access_token"] == before
    assert connected(signing, "?accept_account=true").status_code == 200
    assert signing.post(f"{ONE}/access").json()["token"]["access_token"] != before


def test_a_reset_revokes_at_the_service(signing: Api, authority: Authority) -> None:
    connected(signing)
    answer = signing.delete("/calendar/setup").json()
    assert (answer["revoked"], len(authority.revoked)) == (True, 1)
    signing.post("/calendar/setup", {**BODY, "server": authority.url})
    connected(signing)
    kept = signing.delete("/calendar/setup?revoke=false").json()
    assert (kept["revoked"], len(authority.revoked)) == (None, 1)
    signing.post("/calendar/setup", {**BODY, "server": authority.url})
    connected(signing)
    authority.close()
    gone = signing.delete("/calendar/setup").json()
    assert (gone["revoked"], gone["state"]) == (False, "not_configured")


def test_a_reset_while_a_person_is_away(signing: Api) -> None:
    visitor = browser(signing)
    back = leave(signing, visitor)
    signing.delete("/calendar/setup")
    assert visitor.get(back).status_code == 400


def test_what_nobody_signs_in_to(signing: Api) -> None:
    signing.set_up()
    answer = signing.post("/acme/connections/default/authorize")
    assert (answer.status_code, answer.json()["code"]) == (409, "no-sign-in")
    assert signing.post("/calendar/connections/none/authorize").status_code == 404


def test_a_connection_that_nobody_has_signed_in_to(signing: Api) -> None:
    answer = signing.post(f"{ONE}/access")
    assert (answer.status_code, answer.json()["reason"]) == (409, "sign_in")


def test_nothing_is_left_of_old_sign_ins(signing: Api, clock: SetClock) -> None:
    for _ in range(3):
        signing.post(f"{ONE}/authorize")
    clock.move(days=2)
    signing.post(f"{ONE}/authorize")
    with signing.core.database.reading() as db:
        assert len(db.execute(authorization.select()).all()) == 1
        names = [row.name for row in db.execute(sealed.select()) if "authorization" in row.name]
    assert len(names) == 1


def test_neither_state_nor_verifier_nor_code_is_logged_or_audited(
    signing: Api, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    visitor = browser(signing)
    back = leave(signing, visitor)
    secret = {key: each[0] for key, each in parse_qs(urlsplit(back).query).items()}
    visitor.get(back)
    told = "\n".join(
        record.getMessage() for record in caplog.records if record.name.startswith("ferrule")
    )
    told += signing.request("GET", "/v1/admin/audit").text
    assert "oauth/callback" in told
    assert secret["code"] not in told
    assert secret["state"] not in told


def test_a_token_goes_nowhere_but_where_it_came_from(signing: Api, service: Any) -> None:
    connected(signing)
    visitor = browser(signing)
    back = leave(signing, visitor)
    moved = {"server": service.url, "client_secret": "any other secret"}
    told = signing.post("/calendar/setup", moved).json()
    assert (told["state"], told["token"], told["pending_authorization"]) == (
        *("configured", None),
        None,
    )
    assert signing.post(f"{ONE}/access").json()["reason"] == "sign_in"
    assert signing.post(f"{ONE}/test").json()["reason"] == "sign_in"
    assert visitor.get(back).status_code == 400
    assert not service.requests
    with signing.core.database.reading() as db:
        assert {row.name for row in db.execute(sealed.select())} == {"setting:client_secret"}


def test_a_sign_in_that_comes_back_to_another_address_is_void(
    signing: Api, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = browser(signing)
    back = leave(signing, visitor)
    exchange = authority.exchange

    def moving(asked: dict[str, str]) -> Any:
        other = {"server": "https://other.example", "client_secret": "any other secret"}
        assert signing.post("/calendar/setup", other).status_code == 200
        return exchange(asked)

    monkeypatch.setattr(authority, "exchange", moving)
    answer = visitor.get(back)
    assert (answer.status_code, "address was changed" in answer.text) == (400, True)
    assert signing.get(ONE).json()["token"] is None


def test_a_moved_connection_is_signed_in_to_again(signing: Api, authority: Authority) -> None:
    connected(signing)
    again = {"server": f"{authority.url}/", "client_secret": BODY["client_secret"]}
    assert signing.post("/calendar/setup", again).json()["token"] is None
    same = {"server": authority.url, "client_secret": BODY["client_secret"]}
    signing.post("/calendar/setup", same)
    authority.account = "bob"
    assert connected(signing).status_code == 200
    assert signing.post(f"{ONE}/access").json()["token"]["revision"] > 2


def test_a_sign_in_that_cannot_go_on_is_told_on_a_page(signing: Api) -> None:
    """A person stands there with a browser, which has nothing to do with JSON."""
    started = signing.post(f"{ONE}/authorize").json()["url"]
    with signing.core.database.writing() as db:
        db.execute(sealed.update().values(key_id="lost"))
    for path in (started, "/v1/oauth/callback/nowhere"):
        answer = browser(signing).get(path)
        assert answer.status_code in (400, 404, 409)
        assert answer.headers["Content-Type"].startswith("text/html")
