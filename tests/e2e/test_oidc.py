"""Every grant against a real authorization server: oidc-provider, driven without a screen.

The spec is compiled, its package imported and called, sync and async. Access tokens live five
seconds; refresh tokens rotate, and a second use of one revokes its whole family.
"""

import asyncio
import copy
import inspect
import json
import logging
import os
import pickle
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from ferrule_runtime import errors
from ferrule_runtime.login import login
from ferrule_runtime.sign_in import AsyncSignIn, KeptToken, PendingSignIn, SignIn
from ferrule_runtime.stores import MemoryStore, file_store
from tests.conftest import skip_without_service
from tests.functional.packages import imported
from tests.services.oidc import Oidc, consent, find_oidc, oidc
from tests.services.real import ServiceMissingError

SPEC = """
ferrule: 1
connector: registry
version: 1.0.0
base_url: ${issuer}/api
settings:
  issuer: url
  client_id: string
  client_secret?: secret
  private_key?: secret
auth:
  one_of:
    browser:
      oauth2:
        authorize: {get: "${issuer}/auth", query: {prompt: consent}}
        token: ${issuer}/token
        revoke: ${issuer}/token/revocation
        issuer: ${issuer}
        client_auth: none
        scopes: [openid, offline_access, "api:read"]
        capture: {id_token: $.id_token}
    app:
      oauth2:
        authorize: {get: "${issuer}/auth", query: {prompt: consent}}
        token: ${issuer}/token
        client_secret: ${client_secret}
        scopes: [openid, offline_access, "api:read"]
    device:
      oauth2:
        grant: device_code
        authorize: {post: "${issuer}/device/auth"}
        token: ${issuer}/token
        client_auth: none
        scopes: [openid, offline_access, "api:read"]
    machine:
      oauth2:
        token: ${issuer}/token
        client_secret: ${client_secret}
        scopes: "api:read"
    posting:
      oauth2:
        token: ${issuer}/token
        client_secret: ${client_secret}
        client_auth: body
    keyed:
      oauth2:
        token: ${issuer}/token
        client_auth: private_key_jwt
        assertion: {algorithm: RS256, key: "${private_key}", claims: {aud: "${issuer}"}}
paging: {page: query.page, more: "$.next != null"}
test: {get: /me}
actions:
  items.list: {get: /items, returns: list(Item) at $.items}
  me: {get: /me, returns: Me}
models:
  Item: {id: integer}
  Me:
    account: string | null
    scope?: string
"""
BACK = "http://127.0.0.1:9/callback"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Oidc]:
    reason = ""
    try:
        find_oidc()
    except ServiceMissingError as missing:
        reason = str(missing)
    if reason:
        skip_without_service(reason)
    with oidc(tmp_path_factory.mktemp("oidc"), token_seconds=5) as running:
        yield running


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with imported(SPEC, tmp_path_factory.mktemp("package")) as made:
        yield made


class Caller:
    """A client of the package, sync or async, in an event loop of its own."""

    def __init__(self, package: ModuleType, server: Oidc, *, is_async: bool) -> None:
        self.package = package
        self.server = server
        self.is_async = is_async
        self.runner = asyncio.Runner() if is_async else None
        self.clients: list[Any] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for client in self.clients:
            self.get(client.aclose() if self.is_async else client.close())
        if self.runner is not None:
            self.runner.close()

    def client(self, auth: str, client_id: str = "native", **given: Any) -> Any:
        kind = self.package.AsyncRegistry if self.is_async else self.package.Registry
        settings = {"issuer": self.server.url, "client_id": client_id, "auth": auth}
        self.clients.append(kind(**{"token_store": MemoryStore(), **settings, **given}))
        return self.clients[-1]

    def sign_in(self, client: Any) -> Any:
        return AsyncSignIn(client) if self.is_async else SignIn(client)

    def get(self, result: Any) -> Any:
        async def awaited() -> Any:
            return await result

        if not inspect.isawaitable(result):
            return result
        assert self.runner is not None
        return self.runner.run(awaited())

    def signed_in(self, client: Any, back: str = BACK) -> KeptToken:
        sign_in, pending = self.sign_in(client), PendingSignIn(back)
        ended = consent(sign_in.url(pending), back)
        kept = self.get(sign_in.finish(pending, ended))
        assert isinstance(kept, KeptToken)
        return kept


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def caller(request: pytest.FixtureRequest, registry: ModuleType, server: Oidc) -> Iterator[Caller]:
    with Caller(registry, server, is_async=request.param) as made:
        yield made


def test_a_person_signs_in_with_a_code_and_pkce(caller: Caller) -> None:
    client = caller.client("browser")
    kept = caller.signed_in(client)
    assert kept.refresh_token
    assert str(kept.captured["id_token"]).count(".") == 2
    assert caller.get(client.me()).account == "alice"


def test_an_app_with_a_secret_of_odd_characters_signs_people_in(caller: Caller) -> None:
    client = caller.client("app", "web", client_secret="web s3cret:/+%")
    caller.signed_in(client, "https://app.example.com/back")
    assert caller.get(client.me()).account == "alice"


def test_a_code_is_good_once_and_for_whoever_began(caller: Caller) -> None:
    client = caller.client("browser")
    sign_in, pending = caller.sign_in(client), PendingSignIn(BACK)
    ended = consent(sign_in.url(pending), BACK)
    stranger = PendingSignIn(BACK, pending.state)
    with pytest.raises(errors.Unauthorized, match="invalid_grant"):
        caller.get(sign_in.finish(stranger, ended))
    assert caller.get(sign_in.finish(pending, ended)).access_token
    with pytest.raises(errors.Unauthorized, match="invalid_grant"):
        caller.get(sign_in.finish(pending, ended))
    with pytest.raises(errors.SignInFailed):
        caller.get(sign_in.finish(pending, ended.replace("iss=http", "iss=https")))


def test_another_device_says_yes(caller: Caller) -> None:
    client = caller.client("device")
    sign_in = caller.sign_in(client)
    code = caller.get(sign_in.device())
    assert code.verification_uri == f"{caller.server.url}/device"
    person = threading.Thread(target=consent, args=(code.verification_uri_complete,))
    person.start()
    # The server does not say how often it may be asked: less than the usual five seconds here.
    object.__setattr__(code, "interval_seconds", 0.3)
    assert caller.get(sign_in.finish_device(code)).refresh_token
    person.join()
    assert caller.get(client.me()).account == "alice"


@pytest.mark.parametrize(
    ("auth", "client_id", "given"),
    [
        ("machine", "machine", {"client_secret": "machine s3cret:/+%"}),
        ("posting", "posting", {"client_secret": "posting-s3cret"}),
        ("keyed", "keyed", {}),
    ],
)
def test_a_machine_proves_itself(
    caller: Caller, auth: str, client_id: str, given: dict[str, str]
) -> None:
    if auth == "keyed":
        given = {"private_key": caller.server.private_key}
    assert caller.get(caller.client(auth, client_id, **given).me()).account is None


@pytest.mark.parametrize(
    ("auth", "client_id", "given", "told"),
    [
        ("machine", "machine", {"client_secret": "wr0ng-s3cret"}, "invalid_client"),
        ("keyed", "keyed", {"private_key": "no key at all, wr0ng-s3cret"}, "private_key"),
    ],
)
def test_wrong_settings_are_told_and_not_shown(
    caller: Caller, auth: str, client_id: str, given: dict[str, str], told: str
) -> None:
    with pytest.raises((errors.Unauthorized, errors.ConfigurationError), match=told) as caught:
        caller.get(caller.client(auth, client_id, **given).me())
    hunt(caught.value, ["wr0ng-s3cret"])


def test_a_spent_refresh_token_ends_its_family(caller: Caller) -> None:
    client = caller.client("browser")
    sign_in, first = caller.sign_in(client), caller.signed_in(client)
    second = caller.get(sign_in.refresh(first))
    assert second.refresh_token not in (None, first.refresh_token)
    with pytest.raises(errors.ReconnectRequired, match="invalid_grant"):
        caller.get(sign_in.refresh(first))
    # Whoever had the new one has lost it too: somebody has stolen one of them.
    with pytest.raises(errors.ReconnectRequired):
        caller.get(sign_in.refresh(second))


def test_what_is_revoked_is_refused(caller: Caller) -> None:
    client = caller.client("browser")
    sign_in, kept = caller.sign_in(client), caller.signed_in(client)
    assert caller.get(sign_in.revoke()) is True
    with pytest.raises(errors.ReconnectRequired, match="invalid_grant"):
        caller.get(sign_in.refresh(kept))
    with pytest.raises(errors.ReconnectRequired, match="python -m registry_connector login"):
        caller.get(client.me())


def test_tokens_of_five_seconds_last_through_five_pages(registry: ModuleType, server: Oidc) -> None:
    """Sync and async walk at the same time, slower than the tokens live; nothing is refused."""
    before = server.seen()
    walked: dict[str, list[int]] = {}

    def pause(number: int) -> float:
        return 1.3 if number % 3 == 2 else 0.0

    async def gathered(client: Any) -> list[int]:
        found = []
        async for item in client.items.list():
            found.append(item.id)
            await asyncio.sleep(pause(item.id))
        return found

    def walk(*, is_async: bool) -> None:
        with Caller(registry, server, is_async=is_async) as caller:
            client = caller.client("browser")
            caller.signed_in(client)
            if is_async:
                walked["async"] = caller.get(gathered(client))
                return
            walked["sync"] = []
            for item in client.items.list():
                walked["sync"].append(item.id)
                time.sleep(pause(item.id))

    threads = [threading.Thread(target=walk, kwargs={"is_async": each}) for each in (False, True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert walked == {"sync": list(range(15)), "async": list(range(15))}
    after = server.seen()
    assert after["refused"] == before["refused"]
    assert after["refreshes"] - before["refreshes"] in (2, 3, 4)


WORKER = """
import sys
sys.path.insert(0, sys.argv[1])
from ferrule_runtime.stores import file_store
from registry_connector import Registry
client = Registry(
    issuer=sys.argv[2], client_id="native", auth="browser", token_store=file_store(sys.argv[3])
)
print("ready", flush=True)
sys.stdin.readline()
print(client.me().account, flush=True)
"""


def test_processes_refresh_once_and_keep_the_family(
    registry: ModuleType, server: Oidc, tmp_path: Path
) -> None:
    """Were the refresh token spent twice, the server would revoke it and with it the access."""
    store = file_store(tmp_path / "tokens")
    with Caller(registry, server, is_async=False) as caller:
        caller.signed_in(caller.client("browser", token_store=store))
    expire(tmp_path / "tokens")
    before = server.seen()["refreshes"]
    folder = str(Path(str(registry.__file__)).parents[1])
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, folder, server.url, str(tmp_path / "tokens")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == "ready"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    told = [worker.communicate(timeout=30)[0].strip() for worker in workers]
    assert told == ["alice"] * 4
    assert server.seen()["refreshes"] - before == 1


def expire(folder: Path) -> None:
    """Let the stored access token be an old one, without waiting for it."""
    (path,) = folder.glob("*.json")
    fields = json.loads(path.read_text())
    fields.update(expires_at=fields["obtained_at"], access_token="an old one")
    path.write_text(json.dumps(fields))


# --- the terminal


def driven(url: str) -> None:
    """What the browser of a person does: sign in, follow the redirect to this machine."""
    (back,) = parse_qs(urlsplit(url).query)["redirect_uri"]
    ended = consent(url, back)
    assert httpx.get(ended).status_code == 200


def test_login_opens_a_page_and_receives_the_redirect(registry: ModuleType, server: Oidc) -> None:
    def tell(line: str) -> None:
        url = next(word for word in line.split() if word.startswith(server.url))
        threading.Thread(target=driven, args=(url,)).start()

    with Caller(registry, server, is_async=False) as caller:
        client = caller.client("browser")
        assert login(client, opens_browser=False, tell=tell, timeout_seconds=30).refresh_token
        assert client.me().account == "alice"


@pytest.mark.parametrize("how", ["package", "ferrule"])
def test_people_sign_in_look_and_sign_out(
    registry: ModuleType, server: Oidc, tmp_path: Path, how: str
) -> None:
    folder = str(Path(str(registry.__file__)).parents[1])
    spec = tmp_path / "registry.yaml"
    spec.write_text(SPEC, encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": folder,
        "FERRULE_TOKEN_STORE": str(tmp_path / "tokens"),
        "REGISTRY_ISSUER": server.url,
        "REGISTRY_CLIENT_ID": "native",
    }
    ferrule = [sys.executable, "-m", "ferrule", "auth"]
    package = [sys.executable, "-m", "registry_connector"]

    def words(verb: str) -> list[str]:
        chosen = ["--auth", "browser"]
        return (
            [*package, verb, *chosen] if how == "package" else [*ferrule, verb, str(spec), *chosen]
        )

    def ran(verb: str) -> tuple[int, str]:
        done = subprocess.run(
            words(verb), check=False, env=environment, capture_output=True, text=True, timeout=60
        )
        return done.returncode, done.stdout + done.stderr

    terminal = subprocess.Popen(
        [*words("login"), "--no-browser", "--timeout", "40"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert terminal.stderr is not None
    url = next(line.strip() for line in terminal.stderr if server.url in line)
    driven(url)
    told, _ = terminal.communicate(timeout=30)
    assert terminal.returncode == 0
    assert "signed in to registry" in told
    if how == "ferrule":
        call = [sys.executable, "-m", "ferrule", "call", str(spec), "me", "--auth", "browser"]
        done = subprocess.run(call, check=True, env=environment, capture_output=True, text=True)
        assert json.loads(done.stdout)["account"] == "alice"
    else:
        code, told = ran("status")
        assert (code, "signed in" in told, "it is refreshed" in told) == (0, True, True)
    code, told = ran("logout")
    assert (code, "revoked" in told) == (0, True)
    assert list((tmp_path / "tokens").glob("*.json")) == []
    if how == "package":
        assert ran("status")[0] == 1


# --- nothing is shown


def hunt(error: BaseException, secrets: list[str]) -> None:
    """No secret stands in an error, its pickle, or the locals of the frames that are ours."""
    frames = traceback.TracebackException.from_exception(error, capture_locals=True).stack
    ours = [frame.locals for frame in frames if "tests/" not in frame.filename]
    again = pickle.loads(pickle.dumps(error))
    content = getattr(error, "content", b"")
    for text in (str(error), repr(error), str(again), repr(vars(again)), repr(content), repr(ours)):
        for secret in secrets:
            assert secret not in text


def test_no_secret_is_ever_shown(
    caller: Caller, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "web s3cret:/+%"
    store = file_store(tmp_path / "tokens")
    client = caller.client("app", "web", client_secret=secret, token_store=store, debug=True)
    kept = caller.signed_in(client, "https://app.example.com/back")
    caller.get(client.me())
    sign_in = caller.sign_in(client)
    renewed = caller.get(sign_in.refresh(kept))
    texts = [
        str(each)
        for each in (kept.access_token, kept.refresh_token, renewed.access_token)
        if each is not None
    ] + [secret, "web+s3cret%3A%2F%2B%25", str(renewed.refresh_token)]
    shown = [
        repr(client),
        repr(copy.deepcopy(client)),
        repr(sign_in),
        repr(kept),
        repr(store),
        caplog.text,
    ]
    shown += [repr(vars(client)), repr(client._installation), repr(sign_in._fetcher)]
    assert all(text not in each for each in shown for text in texts)
    for holder in (client, kept):
        with pytest.raises(TypeError):
            pickle.dumps(holder)
    with pytest.raises(TypeError):
        copy.deepcopy(kept)
    with pytest.raises(errors.ReconnectRequired) as caught:
        caller.get(sign_in.refresh(kept))
    hunt(caught.value, texts)
