"""The API: lists, keys, hosts, origins, problems, the audit log, health."""

import json
from typing import Any

import pytest

from ferrule_providers import resetting
from ferrule_providers.api_keys import ApiKeys
from ferrule_providers.installed import Installed
from tests.providers.conftest import ADMIN, SOMEBODY, TOKEN, Api, SetClock, open_api


def test_the_list_tells_every_provider_and_connection(api: Api) -> None:
    for name in ("one", "two"):
        api.set_up(name)
    data = api.get().json()["data"]
    assert [(each["provider"], each["connection"], each["state"]) for each in data] == [
        ("acme", "one", "configured"),
        ("acme", "two", "configured"),
        ("botly", None, "not_configured"),
        ("broken", None, "not_configured"),
        ("calendar", None, "not_configured"),
        ("number", None, "not_configured"),
    ]
    problems = {each["provider"]: each["problem"] for each in data}
    assert problems["acme"] is None
    assert problems["broken"] == "RuntimeError: this release needs another planet"
    assert problems["number"] == "number_connector:CONNECTOR is no connector but int"


def test_a_broken_package_is_told_and_harms_no_other(api: Api) -> None:
    told = api.get("/broken").json()
    assert told["problem"] == "RuntimeError: this release needs another planet"
    answer = api.post("/broken/setup", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "provider-broken")
    assert api.set_up().status_code == 200


@pytest.mark.parametrize("limit", [1, 2, 3, 200])
def test_pages_follow_each_other_without_gap(api: Api, limit: int) -> None:
    for name in ("a", "b", "c", "zz"):
        api.set_up(name)
    api.post("/calendar/setup", {"client_id": "x", "client_secret": "long-secret"})
    whole = [(each["provider"], each["connection"]) for each in api.get().json()["data"]]
    found: list[Any] = []
    path: str | None = f"?limit={limit}"
    while path is not None:
        answer = api.get(path)
        page = answer.json()
        assert len(page["data"]) <= limit
        found += [(each["provider"], each["connection"]) for each in page["data"]]
        path = None if page["next"] is None else f"?limit={limit}&after={page['next']}"
        assert ("Link" in answer.headers) == (page["next"] is not None)
    assert found == whole
    assert found == sorted(found, key=lambda each: (each[0], each[1] or ""))


def test_filters(api: Api) -> None:
    api.set_up("one")

    def names(query: str) -> list[Any]:
        return [(each["provider"], each["connection"]) for each in api.get(query).json()["data"]]

    assert names("?state=configured") == [("acme", "one")]
    assert names("?state=verified") == []
    assert ("acme", "one") not in names("?state=not_configured")
    assert ("botly", None) in names("?state=not_configured")
    assert names("?q=SUPPORT") == [("acme", "one")]
    assert names("?q=one") == [("acme", "one")]
    assert names("?q=%25") == []
    assert api.get("?state=perhaps").status_code == 422
    assert api.get("?limit=0").status_code == 422
    assert api.get("?limit=canary-77").status_code == 422
    assert "canary-77" not in api.get("?limit=canary-77").text
    assert api.get("?after=!!!").status_code == 422


def test_a_list_that_did_not_change_is_not_sent_again(api: Api) -> None:
    first = api.get()
    again = api.get(headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    api.set_up()
    changed = api.get(headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_a_provider_tells_its_form(sqlite_api: Api) -> None:
    sqlite_api.set_up("one")
    told = sqlite_api.get("/acme").json()
    fields = {each["name"]: each for each in told["fields"]}
    assert list(fields)[:3] == ["server", "email", "api_token"]
    assert [name for name, each in fields.items() if each["required"]] == [
        "server",
        "email",
        "api_token",
    ]
    assert [name for name, each in fields.items() if each["secret"]] == [
        "api_token",
        "key_file",
        "extra_secrets",
    ]
    assert fields["email"]["pattern"] == "[^@ ]+@[^@ ]+"
    assert fields["region"]["choices"] == ["eu", "us"]
    assert (fields["page_size"]["minimum"], fields["page_size"]["maximum"]) == (1, 100)
    assert told["setup_schema"]["properties"]["api_token"]["writeOnly"] is True
    assert told["has_test"] is True
    assert [each["connection"] for each in told["connections"]] == ["one"]
    choices = sqlite_api.get("/botly").json()["auth"]
    assert [(each["name"], each["settings"]) for each in choices] == [
        ("bot", ["bot_token"]),
        ("person", ["user", "password"]),
    ]
    assert sqlite_api.get("/calendar").json()["auth"][0]["signs_in"] is True


def test_the_schema_of_a_set_up_agrees_with_the_check(sqlite_api: Api) -> None:
    import jsonschema

    schema = sqlite_api.get("/acme").json()["setup_schema"]
    body = {"server": "https://acme.example", "email": "a@b.example", "api_token": TOKEN}
    for more, fits in (
        ({}, True),
        ({"page_size": 7, "region": None, "tags": ["a"], "key_file": {"base64": "YQ=="}}, True),
        ({"page_size": 0}, False),
        ({"region": "mars"}, False),
        ({"email": "nobody"}, False),
        ({"unknown": 1}, False),
    ):
        whole = {**body, **more}
        assert jsonschema.Draft202012Validator(schema).is_valid(whole) is fits
        assert (sqlite_api.post("/acme/setup", whole).status_code == 200) is fits


@pytest.mark.parametrize(
    "key", [None, "", "x", "ferrule_000000000000_" + "a" * 43, "schlüssel", "ferrule_" * 50]
)
def test_wrong_keys_are_all_told_the_same(sqlite_api: Api, key: str | None) -> None:
    headers: Any = {} if key is None else {"X-API-Key": key.encode("latin-1")}
    answer = sqlite_api.client.get(ADMIN, headers=headers)
    assert answer.status_code == 401
    known = {"type", "title", "status", "code", "detail"}
    assert answer.json() == {name: answer.json()[name] for name in known}
    assert answer.json()["detail"] == "Send a key of this service in the header X-API-Key."


def test_a_revoked_key_opens_nothing(sqlite_api: Api) -> None:
    keys = ApiKeys(sqlite_api.core.database, sqlite_api.core.clock)
    text, key = keys.make("short", ["read"], SOMEBODY)
    assert sqlite_api.client.get(ADMIN, headers={"X-API-Key": text}).status_code == 200
    assert keys.revoke(key.id, SOMEBODY)
    assert not keys.revoke(key.id, SOMEBODY)
    assert sqlite_api.client.get(ADMIN, headers={"X-API-Key": text}).status_code == 401


def test_keys_are_kept_as_hashes(sqlite_api: Api) -> None:
    path = sqlite_api.core.database.path
    assert path is not None
    content = b"".join(each.read_bytes() for each in path.parent.glob("providers.db*"))
    assert sqlite_api.key.encode() not in content
    assert sqlite_api.key.split("_", 2)[2].encode() not in content


def test_scopes(sqlite_api: Api) -> None:
    sqlite_api.set_up()
    one = f"{ADMIN}/acme/connections/default"
    body = {"server": "https://acme.example", "email": "a@b.example", "api_token": TOKEN}
    calls = {
        ("GET", ADMIN): {"read", "write"},
        ("GET", one): {"read", "write"},
        ("GET", "/v1/admin/audit"): {"read", "write"},
        ("POST", f"{ADMIN}/acme/setup"): {"write"},
        ("DELETE", f"{ADMIN}/acme/setup?connection=none"): {"write"},
        ("POST", f"{one}/access"): {"use"},
    }
    for (method, path), allowed in calls.items():
        for scope, key in sqlite_api.limited.items():
            json = body if path.endswith("setup") else None
            headers = {"X-API-Key": key}
            answer = sqlite_api.client.request(method, path, json=json, headers=headers)
            wanted = 200 if scope in allowed else 403
            assert answer.status_code == wanted, (method, path, scope, answer.text)


def test_hammering_is_slowed_down_and_a_good_key_is_not(sqlite_api: Api) -> None:
    answers = [
        sqlite_api.client.get(ADMIN, headers={"X-API-Key": f"wrong{number}"}).status_code
        for number in range(14)
    ]
    assert answers == [401] * 10 + [429] * 4
    told = sqlite_api.client.get(ADMIN)
    assert told.status_code == 429
    assert 1 <= int(told.headers["Retry-After"]) <= 60
    assert sqlite_api.get().status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8474", 200),
        ("localhost", 200),
        ("LOCALHOST:1", 200),
        ("[::1]:8474", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("", 421),
    ],
)
def test_only_known_hosts_are_answered(sqlite_api: Api, host: str, status: int) -> None:
    assert sqlite_api.get(headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://127.0.0.1:8474"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
def test_other_sites_change_nothing(sqlite_api: Api, headers: dict[str, str], status: int) -> None:
    body = {"server": "https://acme.example", "email": "a@b.example", "api_token": TOKEN}
    assert sqlite_api.post("/acme/setup", body, headers=headers).status_code == status


def test_every_answer_carries_what_keeps_it_safe(sqlite_api: Api) -> None:
    for path, status in ((ADMIN, 200), ("/nothing", 404), ("/health", 200), ("/admin/login", 200)):
        answer = sqlite_api.request("GET", path)
        assert answer.status_code == status
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["X-Request-Id"]
    given = sqlite_api.request("GET", ADMIN, headers={"X-Request-Id": "mine-1"})
    assert given.headers["X-Request-Id"] == "mine-1"
    forged = sqlite_api.request("GET", ADMIN, headers={"X-Request-Id": "a b"})
    assert forged.headers["X-Request-Id"] != "a b"


def test_problems_have_pages(sqlite_api: Api) -> None:
    answer = sqlite_api.get("/nobody").json()
    assert answer["type"] == "/problems/provider-not-found"
    page = sqlite_api.client.get(answer["type"])
    assert page.status_code == 200
    assert "No such provider" in page.text
    assert sqlite_api.client.get("/problems/x").status_code == 404
    wrong = sqlite_api.request("PATCH", ADMIN)
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method-not-allowed")


def test_without_keys_only_this_machine_is_answered(sqlite_core: Any) -> None:
    from starlette.testclient import TestClient

    from ferrule_providers.api.app import create_app
    from ferrule_providers.configuration import Configuration

    app = create_app(sqlite_core, Configuration(database=""))
    near = TestClient(app, base_url="http://127.0.0.1:8474", client=("127.0.0.1", 1))
    assert near.get(ADMIN).status_code == 200
    assert near.get(ADMIN, headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403
    far = TestClient(app, base_url="http://127.0.0.1:8474", client=("203.0.113.9", 1))
    assert far.get(ADMIN).status_code == 403
    form = {"Content-Type": "text/plain"}
    assert near.post(f"{ADMIN}/acme/setup", content=b"{}", headers=form).status_code == 415


def test_a_service_for_others_without_a_key_is_closed(sqlite_core: Any) -> None:
    """Its last key was revoked: what a proxy on this machine sends comes from this machine."""
    from starlette.testclient import TestClient

    from ferrule_providers.api.app import create_app
    from ferrule_providers.configuration import Configuration

    for configuration in (
        Configuration(database="", public_url="https://connectors.example.com"),
        Configuration(database="", host="192.0.2.7"),
    ):
        app = create_app(sqlite_core, configuration)
        near = TestClient(app, base_url=configuration.origin, client=("127.0.0.1", 1))
        for path in (ADMIN, "/admin"):
            answer = near.get(path)
            assert answer.status_code == 403
            assert "api-key new" in answer.text


def test_names_that_hold_what_no_database_takes(api: Api) -> None:
    for path in ("%00", "acme%00/connections/one", "acme/connections/%00", "?q=a%00b"):
        answer = api.get(path if path.startswith("?") else f"/{path}")
        assert answer.status_code in (200, 404), path


def test_access_hands_out_what_a_client_needs(api: Api) -> None:
    api.set_up("one", page_size=7)
    told = api.post("/acme/connections/one/access").json()
    assert told == {
        "provider": "acme",
        "connection": "one",
        "auth": None,
        "settings": {"server": "https://acme.example", "email": "a@b.example", "page_size": 7},
        "secrets": {"api_token": TOKEN},
        "token": None,
    }
    assert api.get("/acme/connections/one").json()["usage"][0]["handed_out"] == 1
    wrong = api.post("/acme/connections/one/access", {"refused_revision": "7"})
    assert wrong.status_code == 422
    resetting.switch(api.core, "acme", "one", SOMEBODY, enabled=False)
    off = api.post("/acme/connections/one/access")
    assert (off.status_code, off.json()["reason"]) == (409, "disabled")
    resetting.switch(api.core, "acme", "one", SOMEBODY, enabled=True)
    assert api.post("/acme/connections/one/access").status_code == 200


def test_the_audit_log_names_who_did_what_and_no_value(api: Api) -> None:
    api.set_up("one", headers_unknown=None)
    api.set_up("one")
    api.post("/acme/setup?connection=one", {"api_token": "another-canary-3"})
    api.delete("/acme/setup?connection=one")
    page = api.request("GET", "/v1/admin/audit?connection=acme/one").json()
    lines = [(each["action"], each["result"], each["fields"]) for each in page["data"]]
    assert lines == [
        ("reset", "reset", []),
        ("set up", "changed", ["api_token"]),
        ("set up", "created", ["api_token", "email", "server"]),
    ]
    assert all(each["actor"].startswith("key ") for each in page["data"])
    assert TOKEN not in json.dumps(page)
    first = api.request("GET", "/v1/admin/audit?limit=2").json()
    second = api.request("GET", f"/v1/admin/audit?limit=2&after={first['next']}").json()
    ids = [each["id"] for each in first["data"] + second["data"]]
    assert ids == sorted(ids, reverse=True)
    assert len(ids) == 4


def test_a_connector_that_is_gone(api: Api, make_core: Any, installed: Installed) -> None:
    api.set_up("one")
    url = api.core.database.url.render_as_string(hide_password=False)
    rest = Installed(each for each in installed if each.slug != "acme")
    later = open_api(make_core(url, installed=rest))
    rows = {each["provider"]: each for each in later.get().json()["data"]}
    assert rows["acme"]["state"] == "needs_attention"
    assert rows["acme"]["reason"] == "connector_missing"
    assert later.get("/acme").status_code == 404
    assert later.get("/acme/connections/one").json()["reason"] == "connector_missing"
    assert later.delete("/acme/setup?connection=one").status_code == 200


def test_health(api: Api, clock: SetClock) -> None:
    assert api.client.get("/health").json() == {"status": "ok"}
    api.core.database.close()
    assert api.client.get("/health").status_code == 200


def test_a_database_that_is_away_is_told_without_its_address(
    postgresql_url: str, make_core: Any
) -> None:
    from ferrule_providers.store.engine import Database

    api = open_api(make_core(postgresql_url))
    away = Database("postgresql://postgres:canary-password@127.0.0.1:9/none")
    object.__setattr__(api.core, "database", away)
    answer = api.client.get("/health")
    assert (answer.status_code, answer.json()["code"]) == (503, "database-unavailable")
    assert "canary-password" not in answer.text
    away.close()


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://Connectors.Example.com/", "https://connectors.example.com"),
        ("https://connectors.example.com:443", "https://connectors.example.com"),
        ("HTTP://connectors.example.com:80", "http://connectors.example.com"),
        ("https://connectors.example.com:8443", "https://connectors.example.com:8443"),
        ("https://[2001:DB8::1]:443/", "https://[2001:db8::1]"),
    ],
)
def test_a_public_url_is_compared_as_browsers_write_it(given: str, origin: str) -> None:
    """Otherwise every form is refused, as one of another site."""
    from ferrule_providers.configuration import PUBLIC_URL, read_configuration

    assert read_configuration({PUBLIC_URL: given}).origin == origin


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_who_listens_everywhere_answers_under_the_name_it_tells(
    sqlite_core: Any, host: str
) -> None:
    """A container's own check asks there, and so does whoever reads the first line of the log."""
    api = open_api(sqlite_core, host=host)
    assert api.client.get("/health").status_code == 200
    assert api.client.get("/health", headers={"Host": "evil.example"}).status_code == 421
