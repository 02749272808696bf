"""The pages without a browser: sessions, form tokens, what they show and what they never show."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from ferrule_providers.api.app import create_app
from ferrule_providers.configuration import Configuration
from ferrule_providers.core import Core
from ferrule_providers.store import connections
from ferrule_providers.store.engine import Database
from tests.providers.conftest import TOKEN, Api, SetClock, open_api
from tests.services.scripted import ScriptedService

FORM = {"s_server": "https://acme.example", "s_email": "a@b.example", "s_api_token": TOKEN}


def log_in(api: Api, key: str | None = None) -> Any:
    return api.client.post("/admin/login", data={"key": key or api.key})


def token_of(text: str) -> str:
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', text)
    assert found is not None, text
    return found[1]


def form_token(api: Api, path: str = "/admin") -> str:
    return token_of(api.client.get(path).text)


@pytest.fixture
def page(sqlite_api: Api) -> Api:
    """The pages after a login."""
    assert log_in(sqlite_api).status_code == 303
    return sqlite_api


def send(api: Api, path: str, data: dict[str, str], **more: Any) -> Any:
    return api.client.post(path, data={"form_token": form_token(api), **data}, **more)


def set_up(api: Api, name: str = "one", **more: str) -> Any:
    return send(api, "/admin/set-up/acme", {**FORM, "connection": name, "tag": "new", **more})


def test_who_has_no_session_is_led_to_the_login(sqlite_api: Api) -> None:
    for path in ("/admin", "/admin/audit", "/admin/set-up/acme", "/admin/connection/a/b"):
        answer = sqlite_api.client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/login")
    assert sqlite_api.client.post("/admin/set-up/acme", data=FORM).status_code == 303
    script = sqlite_api.client.get("/admin/audit", headers={"HX-Request": "true"})
    assert script.headers["HX-Redirect"] == "/admin/login"


def test_a_login_needs_a_key_that_may_read(sqlite_api: Api) -> None:
    assert log_in(sqlite_api, "wrong").status_code == 401
    assert log_in(sqlite_api, sqlite_api.limited["use"]).status_code == 403
    answers = [log_in(sqlite_api, f"wrong{number}") for number in range(12)]
    assert answers[-1].status_code == 429
    assert "Retry-After" in answers[-1].headers
    assert log_in(sqlite_api).status_code == 303


def test_the_cookie_is_kept_from_scripts_and_other_sites(sqlite_api: Api) -> None:
    cookie = log_in(sqlite_api).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/admin" in cookie
    assert sqlite_api.key not in cookie


def test_behind_tls_the_cookie_is_bound_to_the_host(sqlite_core: Core) -> None:
    api = open_api(sqlite_core, public_url="https://connectors.example.com")
    answer = log_in(api)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-ferrule=")
    assert "Secure" in cookie
    assert "Path=/;" in cookie
    assert "Domain" not in cookie
    assert "Strict-Transport-Security" in answer.headers


def test_a_session_ends(page: Api, clock: SetClock) -> None:
    assert page.client.get("/admin").status_code == 200
    cookies = dict(page.client.cookies)
    send(page, "/admin/logout", {})
    page.client.cookies.update(cookies)
    assert page.client.get("/admin").status_code == 303, "the old cookie opens nothing"
    log_in(page)
    clock.move(hours=13)
    assert page.client.get("/admin").status_code == 303


def test_a_revoked_key_ends_its_sessions(page: Api) -> None:
    from ferrule_providers.api_keys import ApiKeys
    from tests.providers.conftest import SOMEBODY

    keys = ApiKeys(page.core.database, page.core.clock)
    keys.revoke(page.key.split("_")[1], SOMEBODY)
    assert page.client.get("/admin").status_code == 303


@pytest.mark.parametrize("token", ["", "0" * 64, "x"])
def test_forms_of_elsewhere_change_nothing(page: Api, token: str) -> None:
    answer = page.client.post(
        "/admin/set-up/acme", data={**FORM, "connection": "one", "tag": "new", "form_token": token}
    )
    assert answer.status_code == 403
    assert page.get("/acme/connections/one").status_code == 404


def test_the_token_of_another_session_is_no_good(page: Api) -> None:
    other = form_token(page)
    log_in(page)
    data = {**FORM, "connection": "one", "tag": "new", "form_token": other}
    assert page.client.post("/admin/set-up/acme", data=data).status_code == 403


def test_another_origin_changes_nothing(page: Api) -> None:
    answer = set_up(page, "one")
    assert answer.status_code == 303
    refused = send(
        page,
        "/admin/connection/acme/one/switch",
        {"enabled": "no"},
        headers={"Origin": "https://evil.example"},
    )
    assert refused.status_code == 403


def test_who_may_only_read_sees_no_buttons_and_changes_nothing(sqlite_api: Api) -> None:
    sqlite_api.set_up("one")
    log_in(sqlite_api, sqlite_api.limited["read"])
    shown = sqlite_api.client.get("/admin/connection/acme/one").text
    assert "Reset" not in shown
    assert "Test connection" not in shown
    assert set_up(sqlite_api, "two").status_code == 403
    assert sqlite_api.client.get("/admin/set-up/acme").status_code == 403


def test_a_connection_is_set_up_changed_and_reset(page: Api) -> None:
    made = set_up(page, "one", s_page_size="7", s_verbose="true", s_tags="a\nb", s_labels="k=v")
    assert made.status_code == 303
    assert made.headers["Location"] == "/admin/connection/acme/one"
    told = page.get("/acme/connections/one").json()
    assert told["settings"]["page_size"] == 7
    assert told["settings"]["verbose"] is True
    assert told["settings"]["tags"] == ["a", "b"]
    assert told["settings"]["labels"] == {"k": "v"}
    form = page.client.get("/admin/set-up/acme?connection=one").text
    assert TOKEN not in form
    assert "A value is set" in form
    tag = re.search(r'name="tag" value="([^"]+)"', form)
    assert tag is not None
    kept = {**FORM, "s_api_token": "", "connection": "one", "tag": tag[1], "s_page_size": ""}
    assert send(page, "/admin/set-up/acme", kept).status_code == 303
    told = page.get("/acme/connections/one").json()
    assert "page_size" not in told["settings"], "an emptied field is cleared"
    assert told["settings"]["verbose"] is False
    assert told["secrets"]["api_token"]["set"], "an empty secret is kept"
    late = send(page, "/admin/set-up/acme", {**kept, "s_page_size": "9"})
    assert late.status_code == 412
    assert "Nothing was saved" in late.text
    asked = page.client.get("/admin/connection/acme/one/reset").text
    now = re.search(r'name="tag" value="([^"]+)"', asked)
    assert now is not None
    data = {"confirm": "two", "tag": now[1]}
    assert send(page, "/admin/connection/acme/one/reset", data).status_code == 422
    done = send(page, "/admin/connection/acme/one/reset", {**data, "confirm": "one"})
    assert done.status_code == 303
    assert page.get("/acme/connections/one").status_code == 404


def test_a_file_is_uploaded(page: Api) -> None:
    content = b"\x00\x01 binary key"
    files = {"s_key_file": ("key.pfx", content)}
    data = {**FORM, "connection": "one", "tag": "new", "form_token": form_token(page)}
    answer = page.client.post("/admin/set-up/acme", data=data, files=files)
    assert answer.status_code == 303
    secrets = page.post("/acme/connections/one/access").json()["secrets"]
    import base64

    assert base64.b64decode(secrets["key_file"]) == content


def test_a_secret_is_removed(page: Api) -> None:
    set_up(page, "one", s_extra_secrets="pin=8812-secret")
    form = page.client.get("/admin/set-up/acme?connection=one").text
    tag = re.search(r'name="tag" value="([^"]+)"', form)
    assert tag is not None
    data = {**FORM, "connection": "one", "tag": tag[1], "remove_extra_secrets": "yes"}
    assert send(page, "/admin/set-up/acme", data).status_code == 303
    assert set(page.get("/acme/connections/one").json()["secrets"]) == {"api_token"}


def test_faults_stand_at_their_fields_and_secrets_are_not_sent_back(page: Api) -> None:
    answer = set_up(page, "Bad Name", s_email="nobody", s_page_size="many")
    assert answer.status_code == 422
    answer = set_up(page, "one", s_email="nobody", s_page_size="many")
    assert answer.status_code == 422
    assert 'id="s_email-error"' in answer.text
    assert 'value="nobody"' in answer.text, "what is no secret does not have to be typed again"
    assert TOKEN not in answer.text
    assert "Expected an integer." in answer.text


def test_a_wrong_name_is_told_with_all_else_that_is_wrong(page: Api) -> None:
    """Secrets are entered anew each time: nobody should have to for one fault after another."""
    answer = set_up(page, "Bad Name", s_email="nobody", s_page_size="7000")
    assert answer.status_code == 422
    for target in ("connection", "s_email", "s_page_size"):
        assert f'<a href="#{target}">' in answer.text


def test_text_of_others_is_escaped(page: Api) -> None:
    nasty = "<script>alert(1)</script>"
    set_up(page, "one", s_tags=nasty, s_labels=f"{nasty}={nasty}")
    for path in ("/admin/connection/acme/one", "/admin/set-up/acme?connection=one", "/admin"):
        assert nasty not in page.client.get(path).text
    assert nasty not in page.client.get(f"/admin?q={nasty}").text
    assert nasty not in page.client.get(f"/admin/audit?connection={nasty}").text


def test_a_test_tells_the_services_words(page: Api, acme: ScriptedService) -> None:
    set_up(page, "one", s_server=acme.url, s_api_token="wrong-token-11")
    path = "/admin/connection/acme/one/test"
    plain = send(page, path, {})
    assert plain.status_code == 303
    shown = page.client.get("/admin/connection/acme/one").text
    assert "is not ours" in shown
    assert "wrong-token-11" not in shown
    assert "Needs attention" in shown
    part = send(page, path, {}, headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<section id="health"')
    assert "It does not work" in part.text


def test_test_and_save_saves_only_what_works(page: Api, acme: ScriptedService) -> None:
    refused = set_up(page, "one", s_server=acme.url, s_api_token="wrong-one-77", action="test")
    assert refused.status_code == 424
    assert "wrong-one-77" not in refused.text
    assert page.get("/acme/connections/one").status_code == 404
    assert set_up(page, "one", s_server=acme.url, action="test").status_code == 303
    assert page.get("/acme/connections/one").json()["state"] == "verified"


def test_a_switched_off_connection_says_so(page: Api) -> None:
    set_up(page, "one")
    send(page, "/admin/connection/acme/one/switch", {"enabled": "no"})
    assert "Switched off" in page.client.get("/admin").text
    assert page.get("/acme/connections/one").json()["enabled"] is False


def test_the_list_is_filtered_and_parts_are_swapped(page: Api) -> None:
    for name in ("one", "two"):
        set_up(page, name)
    page_of_two = page.client.get("/admin?q=two").text
    assert ">two</a>" in page_of_two
    assert ">one</a>" not in page_of_two
    headers = {"HX-Request": "true", "HX-Target": "rows"}
    part = page.client.get("/admin?state=configured", headers=headers).text
    assert part.lstrip().startswith('<div id="rows">')
    assert "this release needs another planet" in page.client.get("/admin").text


def test_what_is_read_from_the_right_moves_nothing_else(page: Api) -> None:
    set_up(page, s_tags="\u202eevil\nעברית", s_labels="اسم=قيمة")
    shown = page.client.get("/admin/connection/acme/one").text
    assert "<bdi>\u202eevil</bdi>, <bdi>עברית</bdi>" in shown
    assert "<bdi>اسم</bdi>=<bdi>قيمة</bdi>" in shown
    form = page.client.get("/admin/set-up/acme?connection=one").text
    assert re.search(r'<textarea id="s_tags"[^>]* dir="auto"', form)


def test_a_choice_that_is_offered_no_more_is_not_lost_by_saving(page: Api) -> None:
    """A later version of the connector has other regions."""
    set_up(page)
    with page.core.database.writing() as db:
        stored = page.core.must_find(db, "acme", "one")
        settings = {**stored.settings, "region": "mars"}
        connections.change(db, stored.id, settings=settings)
    path = "/admin/set-up/acme?connection=one"
    shown = page.client.get(path).text
    chosen = re.findall(r'<option value="([a-z]+)" selected>', shown)
    assert chosen == ["mars"]
    tag = re.search(r'name="tag" value="([^"]+)"', shown)
    assert tag is not None
    data = {**FORM, "connection": "one", "tag": tag[1], "s_region": "mars"}
    answer = send(page, "/admin/set-up/acme", data)
    assert (answer.status_code, "Expected one of: eu, us." in answer.text) == (422, True)


def test_what_is_wrong_with_a_field_is_said_at_the_field(page: Api) -> None:
    answer = send(page, "/admin/set-up/acme", {**FORM, "connection": "Not A Name", "tag": "new"})
    described = re.search(r'<input id="connection"[^>]* aria-describedby="([^"]+)"', answer.text)
    assert described is not None
    for each in described[1].split():
        assert f'id="{each}"' in answer.text
    assert described[1].split() == ["connection-help", "connection-error"]


def test_without_keys_the_page_opens_here_and_warns(sqlite_core: Core) -> None:
    app = create_app(sqlite_core, Configuration(database=""))
    near = TestClient(app, base_url="http://127.0.0.1:8474", client=("127.0.0.1", 1))
    shown = near.get("/admin")
    assert shown.status_code == 200
    assert "This service has no API key" in shown.text
    data = {
        **FORM,
        "connection": "one",
        "tag": "new",
        "form_token": token_of(shown.text + (near.get("/admin/set-up/acme").text)),
    }
    assert near.post("/admin/set-up/acme", data=data, follow_redirects=False).status_code == 303
    far = TestClient(app, base_url="http://127.0.0.1:8474", client=("203.0.113.9", 1))
    assert far.get("/admin", follow_redirects=False).status_code == 403


def test_unknown_pages_and_connections(page: Api) -> None:
    assert page.client.get("/admin/connection/acme/none").status_code == 404
    assert page.client.get("/admin/set-up/nobody").status_code == 404
    assert page.client.get("/admin/set-up/broken").status_code == 409
    assert page.client.get("/admin/static/../views.py").status_code == 404
    assert page.client.get("/admin/static/views.py").status_code == 404


def test_a_file_is_kept_for_as_long_as_its_address_names_it(page: Api) -> None:
    """While replicas are upgraded, one may be asked for the file of a page that another made."""
    (path,) = re.findall(
        r'href="(/admin/static/page\.css\?v=[0-9a-f]+)"', page.client.get("/admin").text
    )
    assert "immutable" in page.client.get(path).headers["Cache-Control"]
    for other in (f"{path}0", path.partition("?")[0], "/favicon.ico"):
        assert page.client.get(other).headers["Cache-Control"] == "no-cache", other


def test_people_are_told_on_pages(page: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong below /admin is met by somebody with a browser."""
    token = form_token(page)
    large = {"s_key_file": ("key.pem", b"x" * (1 << 20))}
    told = [
        (page.client.get("/admin/nowhere"), 404),
        (page.client.put("/admin"), 405),
        (page.client.get("/admin/audit?after=x"), 422),
        (page.client.post("/admin/login", data={"key": "x" * 300}), 422),
        (page.client.post("/admin/set-up/acme", data={"form_token": token}, files=large), 413),
        (page.client.get("/admin", headers={"Host": "elsewhere.example"}), 421),
        (page.client.post("/admin/login", headers={"Origin": "https://evil.example"}), 403),
    ]
    away = Database("/proc/none/away.db")
    monkeypatch.setattr(page.core.database, "_reader", away._reader)
    told.append((page.client.get("/admin/audit"), 503))
    monkeypatch.undo()
    monkeypatch.setattr("ferrule_providers.store.audit.newest", None)
    told.append((page.client.get("/admin/audit"), 500))
    for answer, status in told:
        assert answer.status_code == status
        assert answer.headers["Content-Type"].startswith("text/html"), status
        assert "<h1>" in answer.text


def test_a_test_that_cannot_be_made_is_told_without_a_script_too(page: Api) -> None:
    page.post("/botly/setup", {"bot_token": TOKEN})
    answer = send(page, "/admin/connection/botly/default/test", {})
    assert (answer.status_code, "declares no test" in answer.text) == (409, True)


def test_vendored_files_are_what_they_claim_to_be() -> None:
    import hashlib

    from ferrule_providers.pages.rendering import STATIC

    digest = hashlib.sha256((STATIC / "htmx.min.js").read_bytes()).hexdigest()
    assert digest == "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
    assert "Zero-Clause BSD" in (STATIC / "htmx.LICENSE").read_text()
