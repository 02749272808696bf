"""Signing in: URL and redirect, codes, captures, discovery, devices, revocation, the loopback."""

import base64
import hashlib
import pickle
import threading
import traceback
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from ferrule_runtime import errors
from ferrule_runtime.contract import (
    Discover,
    OAuth2,
    Operation,
    Request,
    Setting,
    body,
    redirect,
    ref,
    template,
)
from ferrule_runtime.credentials.oauth.loopback import Loopback
from ferrule_runtime.login import login
from ferrule_runtime.places import ANY
from ferrule_runtime.sign_in import AsyncSignIn, KeptToken, PendingSignIn, SignIn
from ferrule_runtime.stores import MemoryStore
from tests.runtime.faces import Face, connector_at
from tests.services.scripted import ScriptedService, reply

GET: Operation[Any] = Operation("things.get", "GET", "/x", returns=dict[str, Any])
SETTINGS = (Setting("client_id"), Setting("client_secret", type="secret"))
GIVEN = {"client_id": "me", "client_secret": "its-s3cret"}
BACK = "http://127.0.0.1:7/callback"


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def face(request: pytest.FixtureRequest) -> Iterator[Face]:
    made = Face("httpcore", is_async=request.param)
    yield made
    made.close()


def kind_at(url: str, **given: Any) -> OAuth2:
    return OAuth2(
        given.pop("grant", "authorization_code"),
        **{
            "authorize": Request("GET", template(f"{url}/authorize")),
            "token": Request("POST", template(f"{url}/token")),
            "revoke": Request("POST", template(f"{url}/revoke")),
            "scopes": ("read", "write"),
            **given,
        },
    )


def client_of(face: Face, service: ScriptedService, store: Any = None, **given: Any) -> Any:
    of_connector = {name: given.pop(name) for name in ("base_url", "headers") if name in given}
    connector = connector_at(
        service.url,
        auth=kind_at(service.url, **given),
        settings=SETTINGS,
        package="acme_connector",
        **of_connector,
    )
    store = MemoryStore() if store is None else store
    return face.client(connector, GIVEN, token_store=store, backoff=None)


def sign_in_of(face: Face, client: Any) -> Any:
    return AsyncSignIn(client) if face.is_async else SignIn(client)


def granted(**more: Any) -> Any:
    return reply(
        json={
            "access_token": "access-s3cret",
            "refresh_token": "refresh-s3cret",
            "expires_in": 3600,
            "scope": "read write",
            **more,
        }
    )


def query_of(url: str) -> dict[str, str]:
    return {name: each[0] for name, each in parse_qs(urlsplit(url).query).items()}


def test_a_code_becomes_a_token_that_calls_use(face: Face, service: ScriptedService) -> None:
    service.on("POST", "/token", granted())
    service.on("GET", "/x", reply(json={"ok": True}))
    store = MemoryStore()
    client = client_of(face, service, store)
    sign_in, pending = sign_in_of(face, client), PendingSignIn(BACK)
    asked = query_of(sign_in.url(pending, scopes=("more", "read")))
    digest = hashlib.sha256(pending.verifier.encode()).digest()
    assert asked == {
        "response_type": "code",
        "client_id": "me",
        "redirect_uri": BACK,
        "state": pending.state,
        "scope": "read write more",
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    answer = {"code": "the-code", "state": pending.state, "iss": service.url}
    kept = face.get(sign_in.finish(pending, answer))
    assert (kept.access_token, kept.scopes) == ("access-s3cret", ("read", "write"))
    (exchanged,) = service.calls("POST", "/token")
    assert query_of(f"?{exchanged.body.decode()}") == {
        "grant_type": "authorization_code",
        "code": "the-code",
        "redirect_uri": BACK,
        "code_verifier": pending.verifier,
    }
    assert exchanged.header("authorization") == "Basic bWU6aXRzLXMzY3JldA=="
    assert face.run(client, GET) == {"ok": True}
    # Another client that has the store needs nobody.
    assert face.run(client_of(face, service, store), GET) == {"ok": True}
    used = {each.header("authorization") for each in service.calls("GET", "/x")}
    assert used == {"Bearer access-s3cret"}
    assert len(service.calls("POST", "/token")) == 1


def test_without_a_sign_in_the_error_says_how_to(face: Face, service: ScriptedService) -> None:
    with pytest.raises(errors.ReconnectRequired, match="python -m acme_connector login"):
        face.run(client_of(face, service), GET)
    assert service.requests == []


@pytest.mark.parametrize(
    ("change", "issuer", "code"),
    [
        ({"state": "another"}, None, "state_mismatch"),
        ({"state": None}, None, "state_mismatch"),
        ({"iss": "https://evil.example.com"}, None, "issuer_mismatch"),
        ({"iss": "nonsense"}, None, "issuer_mismatch"),
        ({"iss": None}, "https://id.example.com", "issuer_mismatch"),
        ({"iss": "https://id.example.com/"}, "https://id.example.com", "issuer_mismatch"),
        ({"code": None}, None, "missing_code"),
        ({"error": "access_denied"}, None, "access_denied"),
        ({"error": "access_denied", "state": "another"}, None, "state_mismatch"),
    ],
)
def test_a_redirect_that_does_not_belong_here_is_refused(
    face: Face, service: ScriptedService, change: Any, issuer: Any, code: str
) -> None:
    given = {} if issuer is None else {"issuer": template(issuer)}
    sign_in = sign_in_of(face, client_of(face, service, **given))
    pending = PendingSignIn(BACK)
    answer = {"code": "c0de-s3cret", "state": pending.state, "iss": service.url, **change}
    answer = {name: text for name, text in answer.items() if text is not None}
    with pytest.raises(errors.SignInFailed) as caught:
        face.get(sign_in.finish(pending, answer))
    assert caught.value.code == code
    assert service.requests == []


def test_a_parameter_that_comes_twice_is_refused(face: Face, service: ScriptedService) -> None:
    sign_in, pending = sign_in_of(face, client_of(face, service)), PendingSignIn(BACK)
    with pytest.raises(errors.SignInFailed) as caught:
        face.get(sign_in.finish(pending, f"{BACK}?code=a&code=b&state={pending.state}"))
    assert caught.value.code == "malformed"


def test_a_refused_code_is_told_without_a_secret(face: Face, service: ScriptedService) -> None:
    told = {"error": "invalid_grant", "error_description": "c0de-s3cret-of-one is no good"}
    service.on("POST", "/token", reply(400, json=told))
    sign_in = sign_in_of(face, client_of(face, service))
    pending = PendingSignIn(BACK)
    answer = urlencode({"code": "c0de-s3cret-of-one", "state": pending.state})
    with pytest.raises(errors.Unauthorized, match="invalid_grant") as caught:
        face.get(sign_in.finish(pending, f"{BACK}?{answer}"))
    assert len(service.calls("POST", "/token")) == 1
    error = caught.value
    frames = traceback.TracebackException.from_exception(error, capture_locals=True).stack[1:]
    shown = repr([frame.locals for frame in frames if "tests/" not in frame.filename])
    texts = [str(error), repr(error), repr(error.content), str(pickle.loads(pickle.dumps(error)))]
    for text in (shown, *texts):
        for secret in ("c0de-s3cret", pending.verifier, pending.state, "its-s3cret"):
            assert secret not in text


def test_what_comes_with_a_token_is_a_name_for_calls(face: Face, service: ScriptedService) -> None:
    service.on("POST", "/token", granted(instance={"url": f"{service.url}/of/me"}))
    service.on("GET", "/of/me/x", reply(json={"ok": True}))
    store = MemoryStore()
    given: Any = {
        "base_url": template(ref("instance_url")),
        "headers": {"X-Realm": ref("realm")},
        "capture": {"instance_url": body("instance", "url"), "realm": redirect("realmId")},
    }
    client = client_of(face, service, store, **given)
    with pytest.raises(errors.ReconnectRequired):
        face.run(client, GET)
    sign_in, pending = sign_in_of(face, client), PendingSignIn(BACK)
    answer = {"code": "c", "state": pending.state, "realmId": "r7"}
    kept = face.get(sign_in.finish(pending, answer))
    assert kept.captured == {"instance_url": f"{service.url}/of/me", "realm": "r7"}
    for each in (client, client_of(face, service, store, **given)):
        assert face.run(each, GET) == {"ok": True}
    assert {call.header("x-realm") for call in service.calls("GET", "/of/me/x")} == {"r7"}


def test_a_login_without_a_person_may_tell_where_the_service_is(
    face: Face, service: ScriptedService
) -> None:
    service.on("POST", "/token", reply(json={"access_token": "t", "url": f"{service.url}/mine"}))
    service.on("GET", "/mine/x", reply(json={"ok": True}))
    client = client_of(
        face,
        service,
        grant="client_credentials",
        base_url=template(ref("home")),
        capture={"home": body("url")},
    )
    assert face.run(client, GET) == {"ok": True}


def test_a_captured_address_that_is_none_is_told(face: Face, service: ScriptedService) -> None:
    service.on("POST", "/token", reply(json={"access_token": "t", "url": "no address"}))
    client = client_of(
        face,
        service,
        grant="client_credentials",
        base_url=template(ref("home")),
        capture={"home": body("url")},
    )
    for _ in range(2):
        with pytest.raises(errors.ConfigurationError, match="base URL"):
            face.run(client, GET)


SITES = [{"id": "1", "name": "One"}, {"id": "2", "name": "Two"}]


def discovering(service: ScriptedService) -> Any:
    return Discover(
        Request("GET", template(f"{service.url}/sites")),
        {"site": body("id")},
        choose=body(ANY),
        label=body("name"),
    )


def test_after_connecting_the_installer_picks(face: Face, service: ScriptedService) -> None:
    service.on("POST", "/token", granted())
    service.on("GET", "/sites", reply(json=SITES))
    service.on("GET", "/x", reply(json={}))
    given = {"discover": discovering(service), "headers": {"X-Site": ref("site")}}
    client = client_of(face, service, **given)
    sign_in, pending, offered = sign_in_of(face, client), PendingSignIn(BACK), []

    def choose(labels: list[str]) -> int:
        offered.extend(labels)
        return 1

    answer = {"code": "c", "state": pending.state}
    kept = face.get(sign_in.finish(pending, answer, choose))
    assert offered == ["One", "Two"]
    assert kept.captured == {"site": "2"}
    face.run(client, GET)
    assert service.calls("GET", "/x")[0].header("x-site") == "2"
    assert service.calls("GET", "/sites")[0].header("authorization") == "Bearer access-s3cret"


@pytest.mark.parametrize(
    ("sites", "code"),
    [(SITES, "choice_needed"), ([], "nothing_to_choose"), ([{}], "nothing_to_choose")],
)
def test_a_choice_that_cannot_be_made_is_told(
    face: Face, service: ScriptedService, sites: Any, code: str
) -> None:
    service.on("POST", "/token", granted())
    service.on("GET", "/sites", reply(json=sites))
    sign_in = sign_in_of(face, client_of(face, service, discover=discovering(service)))
    pending = PendingSignIn(BACK)
    with pytest.raises(errors.SignInFailed) as caught:
        face.get(sign_in.finish(pending, {"code": "c", "state": pending.state}))
    assert caught.value.code == code


def test_whoever_keeps_tokens_refreshes_and_revokes_them(
    face: Face, service: ScriptedService
) -> None:
    service.on("POST", "/token", granted(refresh_token="refresh-2"))
    service.on("POST", "/revoke", reply(200, content=b""))
    sign_in = sign_in_of(face, client_of(face, service))
    kept = KeptToken("old", "refresh-1", captured={"site": "2"})
    renewed = face.get(sign_in.refresh(kept))
    assert (renewed.access_token, renewed.refresh_token) == ("access-s3cret", "refresh-2")
    assert renewed.captured == {"site": "2"}
    assert face.get(sign_in.revoke(renewed)) is True
    (revoked,) = service.calls("POST", "/revoke")
    assert revoked.body == b"token=refresh-2&token_type_hint=refresh_token"
    assert revoked.header("authorization") == "Basic bWU6aXRzLXMzY3JldA=="


def test_what_was_revoked_is_forgotten(face: Face, service: ScriptedService) -> None:
    service.on("POST", "/token", granted())
    service.on("POST", "/revoke", reply(200, content=b""))
    store = MemoryStore()
    client = client_of(face, service, store)
    sign_in, pending = sign_in_of(face, client), PendingSignIn(BACK)
    face.get(sign_in.finish(pending, {"code": "c", "state": pending.state}))
    assert face.get(sign_in.revoke()) is True
    assert store._texts == {}
    with pytest.raises(errors.ReconnectRequired):
        face.run(client, GET)


def test_another_device_says_yes(face: Face, service: ScriptedService) -> None:
    pending_ = reply(400, json={"error": "authorization_pending"})
    service.on("POST", "/token", pending_, pending_, granted())
    codes = {
        "device_code": "device-s3cret",
        "user_code": "WDJB-MJHT",
        "verification_uri": "https://id.example.com/device",
        "interval": 0.01,
        "expires_in": 60,
    }
    service.on("POST", "/device", reply(json=codes))
    service.on("GET", "/x", reply(json={}))
    given = {
        "grant": "device_code",
        "authorize": Request("POST", template(f"{service.url}/device")),
        "client_auth": "none",
    }
    client = client_of(face, service, **given)
    sign_in = sign_in_of(face, client)
    code = face.get(sign_in.device())
    assert (code.user_code, code.verification_uri) == ("WDJB-MJHT", "https://id.example.com/device")
    assert "s3cret" not in repr(code)
    assert face.get(sign_in.finish_device(code)).access_token == "access-s3cret"
    assert service.calls("POST", "/device")[0].body == b"client_id=me&scope=read+write"
    asked = query_of("?" + service.calls("POST", "/token")[0].body.decode())
    assert asked == {
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
        "device_code": "device-s3cret",
        "client_id": "me",
    }
    assert len(service.calls("POST", "/token")) == 3
    face.run(client, GET)


@pytest.mark.parametrize(
    ("error", "code"), [("access_denied", "access_denied"), ("expired_token", "expired")]
)
def test_another_device_says_no(
    face: Face, service: ScriptedService, error: str, code: str
) -> None:
    codes = {
        "device_code": "device-s3cret",
        "user_code": "WDJB-MJHT",
        "verification_uri": "https://id.example.com/device",
        "interval": 0.01,
    }
    service.on("POST", "/authorize", reply(json=codes))
    service.on("POST", "/token", reply(400, json={"error": error}))
    given = {
        "grant": "device_code",
        "authorize": Request("POST", template(f"{service.url}/authorize")),
    }
    sign_in = sign_in_of(face, client_of(face, service, **given))
    with pytest.raises(errors.SignInFailed) as caught:
        face.get(sign_in.finish_device(face.get(sign_in.device())))
    assert caught.value.code == code


# --- the terminal


def visit(url: str, **headers: str) -> tuple[int, str]:
    asked = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_a_login_receives_its_redirect_on_this_machine(service: ScriptedService) -> None:
    service.on("POST", "/token", granted())
    face = Face("httpcore", is_async=False)
    told: list[str] = []
    pages: list[tuple[int, str]] = []

    def browser() -> None:
        url = next(word for line in told for word in line.split() if word.startswith("http"))
        asked = query_of(url)
        back = asked["redirect_uri"]
        pages.append(visit(f"{back}?code=wrong&state=wrong"))
        pages.append(visit(back.replace("/callback", "/other")))
        pages.append(visit(f"{back}?state={asked['state']}&code=c", Host="evil.example.com"))
        query = urlencode({"code": "c", "state": asked["state"], "iss": service.url})
        pages.append(visit(f"{back}?{query}"))

    def tell(line: str) -> None:
        told.append(line)
        threading.Thread(target=browser).start()

    client = client_of(face, service)
    kept = login(client, opens_browser=False, tell=tell, timeout_seconds=20)
    assert kept.access_token == "access-s3cret"
    assert [status for status, _ in pages] == [400, 404, 404, 200]
    assert len(service.calls("POST", "/token")) == 1
    face.close()


def test_what_a_service_says_is_escaped_on_the_page() -> None:
    with Loopback() as loopback:
        threading.Thread(target=lambda: loopback.wait("s", 10)).start()
        query = urlencode({"state": "s", "error": "no", "error_description": "<script>x"})
        status, page = visit(f"{loopback.redirect_uri}?{query}")
    assert status == 200
    assert "<script>" not in page
    assert "&lt;script&gt;x" in page


def test_nobody_came_in_time(service: ScriptedService) -> None:
    face = Face("httpcore", is_async=False)
    with pytest.raises(errors.SignInFailed) as caught:
        login(
            client_of(face, service), opens_browser=False, tell=lambda _: None, timeout_seconds=0.1
        )
    assert caught.value.code == "expired"
    face.close()


def test_an_address_is_copied_by_hand(service: ScriptedService) -> None:
    service.on("POST", "/token", granted())
    face = Face("httpcore", is_async=False)
    told: list[str] = []

    def ask(_: str) -> str:
        url = next(word for line in told for word in line.split() if word.startswith("http"))
        return f"https://app.example.com/done?code=c&state={query_of(url)['state']}\n"

    uri = "https://app.example.com/done"
    kept = login(client_of(face, service), redirect_uri=uri, tell=told.append, ask=ask)
    assert kept.access_token == "access-s3cret"
    face.close()


@pytest.mark.parametrize("uri", ["https://127.0.0.1/x", "http://example.com/x", "ftp://localhost"])
def test_a_redirect_to_elsewhere_is_not_listened_for(uri: str) -> None:
    with pytest.raises(ValueError, match="that this program can receive"):
        Loopback(uri)


def test_a_pending_sign_in_shows_and_pickles_nothing() -> None:
    pending = PendingSignIn(BACK)
    assert pending.state not in repr(pending)
    assert pending.verifier not in repr(pending)
    with pytest.raises(TypeError):
        pickle.dumps(pending)
    again = PendingSignIn(BACK, pending.state, pending.verifier)
    assert again.challenge == pending.challenge
    with pytest.raises(ValueError, match="43"):
        PendingSignIn(BACK, verifier="short")
