"""A person connects in a real browser at a real authorization server; programs use the tokens."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from ferrule.cli.main import main
from ferrule_providers import connect, connecting, resetting, setting_up, signing_in
from ferrule_providers.clock import utc_now
from ferrule_providers.core import Core
from ferrule_providers.faults import SignInFailed
from ferrule_providers.installed import Installed, find_installed
from ferrule_providers.keys import parse_keys
from tests.conftest import skip_without_service
from tests.providers.conftest import SOMEBODY, Api, open_api
from tests.providers.packages import importable
from tests.providers.serving import served
from tests.providers.test_browser import Visit, state
from tests.providers.test_keys import encoded
from tests.services.oidc import Oidc, consent, find_oidc, oidc
from tests.services.real import ServiceMissingError

KEY = f"k1:{encoded(1)}"
SPEC = """
ferrule: 1
connector: desk
version: 1.0.0
title: Desk
base_url: ${issuer}/api
settings: {issuer: url, client_id: string, client_secret: secret}
auth:
  oauth2:
    authorize: {get: "${issuer}/auth", query: {prompt: consent}}
    token: ${issuer}/token
    revoke: ${issuer}/token/revocation
    issuer: ${issuer}
    scopes: [openid, offline_access, "api:read"]
test: {get: /me, ok: $.account}
paging: {page: query.page, more: "$.next != null"}
actions:
  me: {get: /me, returns: Me}
  items.list: {get: /items, returns: list(Item) at $.items}
models:
  Me: {account: string | null}
  Item: {id: integer}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Oidc]:
    reason = ""
    try:
        find_oidc()
    except ServiceMissingError as missing:
        reason = str(missing)
    if reason:
        skip_without_service(reason)
    with oidc(tmp_path_factory.mktemp("oidc"), token_seconds=3) as running:
        yield running


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """The compiled package, as if pip had installed it."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "desk.yaml").write_text(SPEC, encoding="utf-8")
    assert main(["compile", str(folder / "desk.yaml"), "-o", str(folder / "out")]) == 0
    about = folder / "out" / "desk" / "desk_connector-1.0.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: desk-connector\nVersion: 1.0.0\n")
    (about / "entry_points.txt").write_text(
        "[ferrule.connectors]\ndesk = desk_connector:CONNECTOR\n"
    )
    with importable(str(folder / "out" / "desk")):
        yield Installed(each for each in find_installed() if each.slug == "desk")


@pytest.fixture
def core(
    make_core: Callable[..., Core],
    sqlite_url: str,
    desk: Installed,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Core]:
    monkeypatch.setattr("ferrule_providers.opening.find_installed", lambda: desk)
    monkeypatch.setattr("ferrule_providers.connecting.find_installed", lambda: desk)
    yield make_core(sqlite_url, installed=desk, keyring=parse_keys(KEY, "here"), clock=utc_now)
    for each in connecting._cores.values():
        each.database.close()
    connecting._cores.clear()
    connecting._installed.clear()


@pytest.fixture
def site(core: Core) -> Iterator[Api]:
    opened: list[Api] = []

    def make(port: int) -> Any:
        opened.append(open_api(core, port=port))
        return opened[0].client.app

    with served(make):
        yield opened[0]


def test_a_person_connects_and_programs_use_it(
    chromium: Any, site: Api, core: Core, server: Oidc, sqlite_url: str
) -> None:
    visit = Visit(chromium, site)
    page = visit.page
    visit.log_in()
    visit.open("/admin/set-up/desk")
    page.get_by_label("Issuer").fill(server.url)
    page.get_by_label("Client id").fill("service")
    page.locator("#s_client_secret").fill("service s3cret:/+%")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Connect", exact=True).click()
    page.get_by_role("link", name="Continue to the service").click()
    # The pages of the authorization server: who it is, and whether it may.
    page.locator("input[name=login]").fill("alice")
    page.locator("input[name=password]").fill("of no use")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Connected").wait_for()
    visit.open("/admin/connection/desk/default")
    assert state(visit) == "Working"
    page.get_by_role("button", name="Test connection").click()
    page.locator("#health").get_by_text("It works").wait_for()
    assert "s3cret" not in "\n".join(visit.bodies)
    visit.context.close()

    environment = {
        "FERRULE_PROVIDERS_DATABASE": sqlite_url,
        "FERRULE_PROVIDERS_ALLOWED_NETWORKS": "127.0.0.0/8",
        "FERRULE_KEYS": KEY,
    }
    before = server.seen()
    with connect("desk", environment=environment) as client:
        assert client.me().account == "alice"
        assert len(list(client.items.list())) == 15
        # The token lives three seconds; whoever comes later works with another one.
        time.sleep(3.2)
        assert client.me().account == "alice"
    away = {
        "FERRULE_PROVIDERS_URL": str(site.client.base_url).rstrip("/"),
        "FERRULE_PROVIDERS_API_KEY": site.limited["use"],
    }
    with connect("desk", environment=away) as client:
        assert client.me().account == "alice"
        time.sleep(3.2)
        assert client.me().account == "alice"
    seen = server.seen()
    assert seen["refreshes"] > before["refreshes"]
    assert seen["families"] == before["families"], "no refresh token was used twice"

    outcome = resetting.reset(core, "desk", "default", SOMEBODY)
    assert outcome.revoked is True
    assert server.seen()["revoked"] > before["revoked"]


def test_a_wrong_secret_is_told_in_the_words_of_the_service(
    site: Api, core: Core, server: Oidc
) -> None:
    body = {"issuer": server.url, "client_id": "service", "client_secret": "wrong-canary"}
    setting_up.set_up(core, "desk", "default", body, SOMEBODY)
    origin = str(site.client.base_url).rstrip("/")
    started = signing_in.start(core, "desk", "default", SOMEBODY, origin=origin)
    leaving = signing_in.leave(core, started.url.rpartition("/")[2], None)
    back = consent(leaving.url, ends_at=f"{origin}/v1/oauth/callback")
    answer = dict(parse_qsl(urlsplit(back).query))
    assert answer["iss"] == server.url
    with pytest.raises(SignInFailed) as caught:
        signing_in.finish(core, answer, leaving.session, "request-1")
    assert caught.value.reason == "refused"
    assert "client authentication failed" in caught.value.detail
    assert "canary" not in str(caught.value)
    assert answer["code"] not in str(caught.value)
