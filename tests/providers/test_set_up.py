"""Setting connections up, changing and resetting them, through the API, on both databases."""

from typing import Any

import pytest

from ferrule_providers import handing_out, resetting, setting_up
from ferrule_providers.faults import RevisionConflict
from ferrule_providers.sealing import Keyring
from ferrule_providers.store import audit, connections
from tests.providers.conftest import SOMEBODY, TOKEN, Api, SetClock, open_api
from tests.services.scripted import ScriptedService

FULL = {
    "server": "https://acme.example/",
    "email": "a@b.example",
    "api_token": TOKEN,
    "region": "us",
    "page_size": 50,
    "verbose": True,
    "tags": ["one", "two"],
    "labels": {"team": "blue"},
    "since": "2026-01-31",
    "key_file": "-----BEGIN KEY-----\nabc\n-----END KEY-----\n",
    "extra_secrets": {"pin": "8812-secret"},
}


def errors(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    return {each["pointer"]: each["code"] for each in answer.json()["errors"]}


def test_a_connection_is_set_up_seen_and_reset(api: Api) -> None:
    made = api.post("/acme/setup", FULL)
    assert made.status_code == 200, made.text
    told = made.json()
    assert (told["provider"], told["connection"], told["state"]) == (
        "acme",
        "default",
        "configured",
    )
    assert told["revision"] == 1
    assert told["settings"]["page_size"] == 50
    assert set(told["secrets"]) == {"api_token", "extra_secrets", "key_file"}
    assert told["secrets"]["api_token"]["set"] is True
    seen = api.get("/acme/connections/default").json()
    seen.pop("usage")
    assert seen == told
    gone = api.delete("/acme/setup")
    assert (gone.status_code, gone.json()["state"]) == (200, "not_configured")
    again = api.delete("/acme/setup")
    assert (again.status_code, again.json()["state"]) == (200, "not_configured")
    assert api.get("/acme/connections/default").status_code == 404
    with api.core.database.reading() as db:
        assert db.exec_driver_sql("SELECT count(*) FROM sealed").scalar() == 0


def test_what_is_left_out_is_kept_and_null_clears(api: Api) -> None:
    api.post("/acme/setup", FULL)
    changed = api.post("/acme/setup", {"region": "eu", "tags": None, "extra_secrets": None}).json()
    assert changed["revision"] == 2
    assert changed["settings"]["region"] == "eu"
    assert "tags" not in changed["settings"]
    assert set(changed["secrets"]) == {"api_token", "key_file"}
    with api.core.database.reading() as db:
        stored = api.core.must_find(db, "acme", "default")
        opened = connections.open_settings(db, api.core.keyring, stored.id)
    assert opened["api_token"] == TOKEN


def test_the_same_again_changes_nothing(api: Api) -> None:
    first = api.post("/acme/setup", FULL)
    again = api.post("/acme/setup", FULL)
    assert again.json()["revision"] == 1
    assert again.headers["ETag"] == first.headers["ETag"]
    other = api.post("/acme/setup", {**FULL, "api_token": "another-token"})
    assert other.json()["revision"] == 2
    fingerprints = [each.json()["secrets"]["api_token"]["fingerprint"] for each in (first, other)]
    assert fingerprints[0] != fingerprints[1]
    kept = [each.json()["secrets"]["key_file"]["fingerprint"] for each in (first, other)]
    assert kept[0] == kept[1]


def test_every_fault_is_told_at_once_and_no_value(sqlite_api: Api) -> None:
    canary = "canary-7c1f"
    answer = sqlite_api.post(
        "/acme/setup",
        {
            "server": f"ftp://{canary}",
            "email": canary,
            "region": canary,
            "page_size": 1_000,
            "verbose": canary,
            "tags": [canary, 7],
            "labels": [canary],
            "since": canary,
            "key_file": {"base64": f"%{canary}"},
            canary: canary,
        },
    )
    assert errors(answer) == {
        "/server": "format",
        "/email": "pattern",
        "/region": "choice",
        "/page_size": "range",
        "/verbose": "type",
        "/tags/1": "type",
        "/labels": "type",
        "/since": "format",
        "/key_file": "format",
        "/api_token": "required",
        "": "unknown-field",
    }
    assert canary not in answer.text


@pytest.mark.parametrize("mask", ["***", "••••••", "sk-****", "****1234", "●●●".replace("●", "•")])
def test_a_mask_is_no_secret(sqlite_api: Api, mask: str) -> None:
    sqlite_api.set_up()
    assert errors(sqlite_api.post("/acme/setup", {"api_token": mask})) == {"/api_token": "mask"}


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"{", "application/json", 422),
        (b"[]", "application/json", 422),
        (b'{"email": 1, "email": 2}', "application/json", 422),
        (b'{"page_size": NaN}', "application/json", 422),
        (b'{"page_size": ' + b"9" * 5_000 + b"}", "application/json", 422),
        (b"[" * 100_000, "application/json", 422),
        (b"\xff\xfe", "application/json", 422),
        (b"email=a", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
        (b"", "", 415),
        (b'{"email": "\\u0000"}', "application/json", 422),
        (b'{"email": "\\ud800"}', "application/json", 422),
        (b'{"tags": ' + b"[" * 500 + b"]" * 500 + b"}", "application/json", 422),
        (b'{"x": "' + b"y" * (1 << 20) + b'"}', "application/json", 413),
    ],
)
def test_bodies_that_are_no_set_up(sqlite_api: Api, body: bytes, media: str, status: int) -> None:
    answer = sqlite_api.post("/acme/setup", content=body, headers={"Content-Type": media})
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_body_without_a_length_is_bounded_too(sqlite_api: Api) -> None:
    parts = (b"x" * 65_536 for _ in range(40))
    answer = sqlite_api.request(
        "POST",
        "/v1/admin/connector-providers/acme/setup",
        content=parts,
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 413


def test_a_choice_of_auth_is_taken_from_what_is_given(api: Api) -> None:
    assert errors(api.post("/botly/setup", {})) == {"/auth": "required"}
    assert api.post("/botly/setup", {"bot_token": TOKEN}).json()["auth"] == "bot"
    wrong = api.post("/botly/setup?connection=b", {"auth": "person", "user": "me"})
    assert errors(wrong) == {"/password": "required"}
    assert errors(api.post("/botly/setup", {"auth": "nobody"})) == {"/auth": "choice"}
    changed = api.post("/botly/setup", {"auth": "person", "user": "me", "password": "long-one"})
    assert changed.json()["auth"] == "person"
    assert errors(api.post("/acme/setup", {"auth": "bot"}))["/auth"] == "choice"


def test_entity_tags_keep_two_people_apart(api: Api) -> None:
    nothing = {"If-None-Match": "*"}
    first = api.post("/acme/setup", FULL, headers=nothing)
    assert first.status_code == 200
    assert api.post("/acme/setup", FULL, headers=nothing).status_code == 412
    tag = first.headers["ETag"]
    second = api.post("/acme/setup", {"page_size": 2}, headers={"If-Match": tag})
    assert second.status_code == 200
    late = api.post("/acme/setup", {"page_size": 3}, headers={"If-Match": tag})
    assert late.status_code == 412
    assert late.json()["code"] == "revision-conflict"
    assert api.delete("/acme/setup", headers={"If-Match": tag}).status_code == 412
    seen = api.get("/acme/connections/default")
    assert seen.json()["settings"]["page_size"] == 2
    unchanged = {"If-None-Match": seen.headers["ETag"]}
    assert api.get("/acme/connections/default", headers=unchanged).status_code == 304
    assert api.post("/acme/setup", {}, headers={"If-Match": "*"}).status_code == 200
    assert api.delete("/acme/setup", headers={"If-Match": seen.headers["ETag"]}).status_code == 200
    anew = api.post("/acme/setup", FULL, headers={"If-Match": tag})
    assert anew.status_code == 412, "what was reset and set up again is another connection"


def test_a_tag_of_another_life_does_not_match(sqlite_api: Api) -> None:
    tag = sqlite_api.post("/acme/setup", FULL).headers["ETag"]
    sqlite_api.delete("/acme/setup")
    assert sqlite_api.post("/acme/setup", FULL).json()["revision"] == 1
    late = sqlite_api.post("/acme/setup", {"page_size": 9}, headers={"If-Match": tag})
    assert late.status_code == 412


def test_a_test_before_saving(api: Api, acme: ScriptedService) -> None:
    given = {**FULL, "server": acme.url}
    wrong = api.post("/acme/setup?test=true", {**given, "api_token": "wrong-token-11"})
    assert (wrong.status_code, wrong.json()["code"]) == (424, "credentials-refused")
    assert "wrong-token-11" not in wrong.text
    assert api.get("/acme/connections/default").status_code == 404
    away = api.post("/acme/setup?test=true", {**given, "server": "http://127.0.0.1:9"})
    assert (away.status_code, away.json()["code"]) == (502, "service-unreachable")
    assert api.get("/acme/connections/default").status_code == 404
    good = api.post("/acme/setup?test=true", given)
    assert (good.status_code, good.json()["state"]) == (200, "verified")


def test_states_follow_from_what_happened(api: Api, acme: ScriptedService, clock: SetClock) -> None:
    api.post("/acme/setup", {**FULL, "server": acme.url, "api_token": "wrong-token-11"})
    one = "/acme/connections/default"
    failed = api.post(f"{one}/test")
    assert failed.status_code == 200
    assert failed.json()["ok"] is False
    assert failed.json()["problem"]["code"] == "credentials-refused"
    assert "wrong-token-11" not in failed.text
    assert "YUBiLmV4YW1wbGU" not in failed.text, "the header that the service repeated"
    told = api.get(one).json()
    assert (told["state"], told["reason"]) == ("needs_attention", "credentials_refused")
    assert (told["action"], told["last_error"]["status_code"]) == ("set_up", 401)
    refused = api.post(f"{one}/access")
    assert (refused.status_code, refused.json()["reason"]) == (409, "credentials_refused")
    mended = api.post("/acme/setup", {"api_token": TOKEN})
    assert mended.json()["state"] == "configured"
    assert api.post(f"{one}/test").json()["ok"] is True
    assert api.get(one).json()["state"] == "verified"
    assert api.post("/acme/setup", {"page_size": 9}).json()["state"] == "configured"
    usage = api.get(one).json()["usage"]
    assert usage == [
        {
            "day": "2026-11-21",
            "last_at": "2026-11-21T21:40:00.000Z",
            "handed_out": 0,
            "tested": 1,
            "refreshed": 0,
            "failed": 1,
        }
    ]
    clock.move(days=1)
    api.post(f"{one}/test")
    assert [each["day"] for each in api.get(one).json()["usage"]] == ["2026-11-22", "2026-11-21"]


def test_trouble_of_the_service_is_an_error_and_no_state(sqlite_api: Api) -> None:
    sqlite_api.post("/acme/setup", {**FULL, "server": "http://127.0.0.1:9"})
    answer = sqlite_api.post("/acme/connections/default/test").json()
    assert answer["problem"]["code"] == "service-unreachable"
    told = sqlite_api.get("/acme/connections/default").json()
    assert (told["state"], told["reason"]) == ("configured", None)
    assert told["last_error"]["code"] == "unreachable"


def test_settings_are_tried_without_being_saved(sqlite_api: Api, acme: ScriptedService) -> None:
    sqlite_api.post("/acme/setup", {**FULL, "server": acme.url, "api_token": "wrong-token-11"})
    one = "/acme/connections/default"
    assert sqlite_api.post(f"{one}/test", {"api_token": TOKEN}).json()["ok"] is True
    told = sqlite_api.get(one).json()
    assert (told["state"], told["revision"]) == ("configured", 1)
    assert sqlite_api.post("/acme/connections/new/test", {**FULL, "server": acme.url}).json()["ok"]
    assert sqlite_api.get("/acme/connections/new").status_code == 404
    assert errors(sqlite_api.post(f"{one}/test", {"page_size": 0})) == {"/page_size": "range"}


def test_kept_secrets_are_not_sent_to_another_address(
    sqlite_api: Api, acme: ScriptedService
) -> None:
    sqlite_api.post("/acme/setup", FULL)
    moved = {"server": acme.url}
    again = {"/api_token", "/extra_secrets", "/key_file"}
    assert set(errors(sqlite_api.post("/acme/setup", moved))) == again
    assert set(errors(sqlite_api.post("/acme/connections/default/test", moved))) == again
    assert not acme.requests
    whole = {**FULL, **moved}
    assert sqlite_api.post("/acme/setup", whole).status_code == 200


def test_a_connector_without_a_test(sqlite_api: Api) -> None:
    sqlite_api.post("/botly/setup", {"bot_token": TOKEN})
    answer = sqlite_api.post("/botly/connections/default/test")
    assert (answer.status_code, answer.json()["code"]) == (409, "no-test")


@pytest.mark.parametrize("path", ["/nobody", "/nobody/connections/a", "/ACME", "/acme%2f.."])
def test_unknown_providers(sqlite_api: Api, path: str) -> None:
    assert sqlite_api.get(path).status_code == 404


@pytest.mark.parametrize("name", ["", "A", "a b", "é", "-a", "a" * 64, "..", "a/b"])
def test_names_that_no_connection_has(sqlite_api: Api, name: str) -> None:
    answer = sqlite_api.request(
        "POST", "/v1/admin/connector-providers/acme/setup", params={"connection": name}, json=FULL
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["A", "%20", "%C3%A9", "-a", "a" * 64, "%2e%2e", "a%2Fb", "%00"])
def test_names_that_are_not_found(sqlite_api: Api, name: str) -> None:
    assert sqlite_api.get(f"/acme/connections/{name}").status_code == 404


def test_a_missing_key_harms_one_connection_only(api: Api, make_core: Any) -> None:
    api.set_up("old")
    newer = make_core(
        api.core.database.url.render_as_string(hide_password=False),
        keyring=Keyring({"k2": bytes(range(1, 33)), "k1": bytes(range(32))}),
    )
    open_api(newer).set_up("new")
    told = api.get("/acme/connections/new").json()
    assert (told["state"], told["reason"]) == ("needs_attention", "key_missing")
    assert api.get("/acme/connections/old").json()["state"] == "configured"
    rows = {each["connection"]: each["reason"] for each in api.get("?q=acme").json()["data"]}
    assert rows == {"new": "key_missing", "old": None}
    assert [each["connection"] for each in api.get("?state=needs_attention").json()["data"]] == [
        "new"
    ]
    assert api.post("/acme/connections/new/test").status_code == 409
    mended = api.post("/acme/setup?connection=new", {"api_token": TOKEN})
    assert mended.json()["state"] == "configured"


def test_writers_at_once_lose_nothing(api: Api) -> None:
    from concurrent.futures import ThreadPoolExecutor

    api.set_up("shared")

    def write(number: int) -> str:
        body = {"labels": {"number": str(number)}}
        done = setting_up.set_up(api.core, "acme", "shared", body, SOMEBODY)
        return f"{done.view.stored.revision}" if done.view.stored is not None else ""

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(write, range(40)))
    assert all(results)
    with api.core.database.reading() as db:
        stored = api.core.must_find(db, "acme", "shared")
        good, wrong = audit.verify(db)
    assert stored.revision == 41, "each of forty changes has a revision of its own"
    assert wrong is None
    assert good >= 41


def test_of_many_who_create_one_wins(api: Api) -> None:
    from concurrent.futures import ThreadPoolExecutor

    body = {"server": "https://acme.example", "email": "a@b.example", "api_token": TOKEN}
    new = setting_up.Expected(nothing=True)

    def create(_number: int) -> bool:
        try:
            setting_up.set_up(api.core, "acme", "one", body, SOMEBODY, expected=new)
        except RevisionConflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(create, range(16))) == 1


def test_what_was_reset_meanwhile_is_not_handed_out(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.set_up("one")
    opened = handing_out._opened

    def slow(core: Any, db: Any, stored: Any) -> Any:
        values = opened(core, db, stored)
        assert resetting.reset(core, "acme", "one", SOMEBODY).changed
        return values

    monkeypatch.setattr(handing_out, "_opened", slow)
    answer = api.post("/acme/connections/one/access")
    assert (answer.status_code, answer.json()["code"]) == (404, "connection-not-found")
    assert TOKEN not in answer.text
