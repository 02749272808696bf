"""OAuth 2 as specs say it: grants, shapes of requests and answers, lifetimes, what goes wrong."""

import base64
import json
import time
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from ferrule_runtime import errors
from ferrule_runtime.sign_in import PendingSignIn, SignIn
from ferrule_runtime.stores import MemoryStore
from tests.functional.packages import Face, imported
from tests.services.scripted import ScriptedService, reply

HEAD = """
ferrule: 1
connector: acme
version: 1.0.0
base_url: ${at}
"""
ACTIONS = """
actions:
  me: {get: /me, returns: any}
"""
CLIENT = {"client_id": "me", "client_secret": "its-s3cret"}
SETTINGS = "settings: {at: url, client_id: string, client_secret: secret%s}"


@pytest.fixture(params=["sync", "async"])
def is_async(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "async")


class Acme:
    """Compiles a spec of these blocks and calls `me`."""

    def __init__(self, folder: Path, service: ScriptedService, *, is_async: bool) -> None:
        self.folder, self.service, self.is_async = folder, service, is_async
        service.on("GET", "/me", reply(json={"ok": True}))

    def call(self, auth: str, settings: str = "", times: int = 1, **given: Any) -> Any:
        text = HEAD + SETTINGS % settings + "\n" + auth + ACTIONS
        with imported(text, self.folder) as package:
            return self.use(package, times, **given)

    def use(self, package: ModuleType, times: int, **given: Any) -> Any:
        face = Face(package, None, self.is_async)

        async def often_async(client: Any) -> Any:
            return [await client.me() for _ in range(times)][-1]

        def often(client: Any) -> Any:
            return [client.me() for _ in range(times)][-1]

        options = {"at": self.service.url, "backoff": None, **CLIENT, **given}
        return face(often_async if self.is_async else often, **options)

    def asked(self, path: str = "/token", method: str = "POST") -> list[dict[str, str]]:
        calls = self.service.calls(method, path)
        texts = [each.query if method == "GET" else each.body.decode() for each in calls]
        return [{name: each[0] for name, each in parse_qs(text).items()} for text in texts]

    def used(self) -> list[str | None]:
        return [call.header("authorization") for call in self.service.calls("GET", "/me")]


@pytest.fixture
def acme(tmp_path: Path, service: ScriptedService, is_async: bool) -> Acme:
    return Acme(tmp_path, service, is_async=is_async)


def granted(token: str = "t1", **more: Any) -> Any:
    return reply(json={"access_token": token, **more})


def test_a_password_is_exchanged_and_refreshed(acme: Acme) -> None:
    acme.service.on("POST", "/token", granted(refresh_token="r1"), granted("t2"))
    acme.service.on("GET", "/me", reply(json=1), reply(401), reply(json=2))
    auth = "auth: {oauth2: {token: '${at}/token', grant: password, client_auth: body, scopes: a b}}"
    given = {"username": "jo", "password": "pass-s3cret"}
    settings = ", username: string, password: secret"
    assert acme.call(auth, settings, times=2, **given) == 2
    pair = {"client_id": "me", "client_secret": "its-s3cret"}
    assert acme.asked() == [
        {"grant_type": "password", **given, "scope": "a b", **pair},
        {"grant_type": "refresh_token", "refresh_token": "r1", **pair},
    ]
    assert acme.used() == ["Bearer t1", "Bearer t1", "Bearer t2"]


def test_a_refresh_token_is_what_an_installer_may_have(acme: Acme) -> None:
    acme.service.on("POST", "/token", granted(), granted("t2", refresh_token="r2"))
    auth = "auth: {oauth2: {token: '${at}/token', grant: refresh_token}}"
    acme.call(auth, ", refresh_token: secret", refresh_token="r1-s3cret")
    assert acme.asked() == [{"grant_type": "refresh_token", "refresh_token": "r1-s3cret"}]


@pytest.fixture(scope="module")
def key() -> tuple[str, str]:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


def test_a_service_account_signs_what_it_asks_for(acme: Acme, key: tuple[str, str]) -> None:
    acme.service.on("POST", "/token", granted(expires_in=3600))
    auth = """
auth:
  oauth2:
    token: ${at}/token
    grant: jwt_bearer
    scopes: [read, write]
    assertion:
      algorithm: RS256
      key: ${account.private_key}
      headers: {kid: "${account.private_key_id}"}
      claims: {iss: "${account.client_email}", sub: jo@example.com}
      lifetime: 10m
"""
    account = {"private_key": key[0], "client_email": "bot@example.com", "private_key_id": "k1"}
    file = acme.folder / "account.json"
    file.write_text(json.dumps(account))
    text = HEAD + "settings: {at: url, account: json_secret}\n" + auth + ACTIONS
    with imported(text, acme.folder) as package:
        face = Face(package, None, acme.is_async)
        face(lambda client: client.me(), at=acme.service.url, account=str(file))
    (asked,) = acme.asked()
    assert asked.keys() == {"grant_type", "assertion"}
    assert asked["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
    audience = f"{acme.service.url}/token"
    claims = jwt.decode(asked["assertion"], key[1], algorithms=["RS256"], audience=audience)
    assert claims["exp"] - claims["iat"] == 600
    assert (claims["iss"], claims["sub"], claims["scope"]) == (
        "bot@example.com",
        "jo@example.com",
        "read write",
    )
    assert jwt.get_unverified_header(asked["assertion"])["kid"] == "k1"


def test_a_client_proves_itself_by_its_key(acme: Acme, key: tuple[str, str]) -> None:
    acme.service.on("POST", "/token", granted())
    auth = """
auth:
  oauth2:
    token: ${at}/token
    client_auth: private_key_jwt
    assertion: {algorithm: RS256, key: "${private_key}"}
"""
    text = HEAD + "settings: {at: url, client_id: string, private_key: secret}" + auth + ACTIONS
    with imported(text, acme.folder) as package:
        face = Face(package, None, acme.is_async)
        given = {"at": acme.service.url, "client_id": "me", "private_key": key[0]}
        face(lambda client: client.me(), **given)
    (asked,) = acme.asked()
    audience = f"{acme.service.url}/token"
    claims = jwt.decode(asked["client_assertion"], key[1], algorithms=["RS256"], audience=audience)
    assert (claims["iss"], claims["sub"]) == ("me", "me")
    assert claims["jti"]
    assert asked["client_assertion_type"] == (
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    )
    assert "client_secret" not in asked


def test_a_token_request_is_an_ordinary_request(acme: Acme) -> None:
    told = {"ok": True, "data": {"tokens": [{"value": "deep"}]}, "left_ms": 3_600_000}
    acme.service.on("PUT", "/v2/token", reply(json=told))
    acme.call("""
auth:
  oauth2:
    token:
      put: /v2/token
      timeout: 20s
      send: json
      headers: {X-App: "${client_id}", Accept: application/vnd.acme+json}
      query: {tenant: main}
      body: {grant_type: own, nested: {client: "${client_id}"}}
    client_auth: query
    ok: $.ok
    access_token: $.data.tokens[0].value
    expires_in: $.left_ms as milliseconds
    apply: header.X-Token
    scheme: none
""")
    (asked,) = acme.service.calls("PUT", "/v2/token")
    assert asked.json() == {"grant_type": "own", "nested": {"client": "me"}}
    query = {name: each[0] for name, each in parse_qs(asked.query).items()}
    assert query == {"tenant": "main", "client_id": "me", "client_secret": "its-s3cret"}
    assert asked.header("x-app") == "me"
    assert asked.header("accept") == "application/vnd.acme+json"
    assert acme.service.calls("GET", "/me")[0].header("x-token") == "deep"


def test_what_comes_with_a_token_is_looked_up_everywhere(acme: Acme) -> None:
    """In the base URL, a path, a header, a derived value and a constant of an action."""
    at = acme.service.url
    told = {"access_token": "t1", "home": f"{at}/eu", "org": {"id": 7, "name": "Blue"}}
    acme.service.on("POST", "/token", reply(json=told), reply(json={**told, "home": f"{at}/us"}))
    acme.service.on("POST", "/eu/v1/orgs/7/things", reply(json=1), reply(401))
    acme.service.on("POST", "/us/v1/orgs/7/things", reply(json=2))
    text = """
ferrule: 1
connector: acme
version: 1.0.0
base_url: ${home}/v1
settings: {at: url, client_id: string, client_secret: secret}
values: {label: "${org_name | lower}"}
auth:
  oauth2:
    token: ${at}/token
    capture: {home: $.home, org: $.org.id, org_name: $.org.name}
headers: {X-Org: "${label}"}
actions:
  things.create:
    post: /orgs/${org}/things
    replay: safe
    body: {org: "= ${org_name}"}
    returns: any
"""
    with imported(text, acme.folder) as package:
        face = Face(package, None, acme.is_async)

        async def thrice_async(client: Any) -> Any:
            before = await client.things.create()
            with pytest.raises(errors.Unauthorized):
                await client.things.create()
            return [before, await client.things.create()]

        def thrice(client: Any) -> Any:
            before = client.things.create()
            with pytest.raises(errors.Unauthorized):
                client.things.create()
            return [before, client.things.create()]

        options = {"at": at, "backoff": None, **CLIENT}
        # The second token says that the service has moved: the call after it goes there.
        assert face(thrice_async if acme.is_async else thrice, **options) == [1, 2]
    first = acme.service.calls("POST", "/eu/v1/orgs/7/things")[0]
    assert first.header("x-org") == "blue"
    assert first.json() == {"org": "Blue"}


def test_a_token_request_has_a_time_of_its_own(acme: Acme) -> None:
    late = reply(json={"access_token": "t"}, after_seconds=60.0)
    acme.service.on("POST", "/token", late)
    with pytest.raises(errors.Timeout):
        acme.call("auth: {oauth2: {token: {post: '${at}/token', timeout: 50ms}}}", max_attempts=1)


def test_a_token_may_come_as_a_form(acme: Acme) -> None:
    form = b"access_token=t1%2B&expires_in=3600&token_type=bearer"
    kind = "application/x-www-form-urlencoded; charset=utf-8"
    acme.service.on("POST", "/token", reply(content=form, content_type=kind))
    acme.call("auth: {oauth2: {token: '${at}/token'}}", times=2)
    assert acme.used() == ["Bearer t1+"] * 2
    assert len(acme.asked()) == 1


def test_a_token_may_be_got(acme: Acme) -> None:
    acme.service.on("GET", "/token", granted())
    acme.call("auth: {oauth2: {token: {get: '${at}/token', query: {a: b}}, client_auth: query}}")
    (asked,) = acme.asked(method="GET")
    assert asked == {"grant_type": "client_credentials", "a": "b", **CLIENT}


@pytest.mark.parametrize(
    ("ok", "answer", "told"),
    [
        ("    ok: $.ok", {"ok": False, "error": "bad_code"}, "bad_code"),
        ("", {"error": "bad_code", "error_description": "it is old"}, "bad_code: it is old"),
        ("", {"token": "elsewhere"}, "it has token"),
    ],
)
def test_a_200_that_is_an_error(acme: Acme, ok: str, answer: Any, told: str) -> None:
    acme.service.on("POST", "/token", reply(json=answer))
    with pytest.raises(errors.ConnectorError, match=told):
        acme.call("auth:\n  oauth2:\n    token: ${at}/token\n" + ok)
    assert len(acme.service.calls("POST", "/token")) == 1


def signed(expires_at: float) -> str:
    parts = [{"alg": "none"}, {"exp": expires_at}]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts]
    return ".".join([*(part.rstrip("=") for part in encoded), "signature"])


@pytest.mark.parametrize(
    ("said", "answer", "fetched"),
    [
        ("", {"expires_in": 3600}, 1),
        ("", {"expires_in": 0.001}, 3),
        ("expires_at: $.until", {"until": time.time() + 3600}, 1),
        ("expires_at: $.until", {"until": "2001-01-01T00:00:00Z", "expires_in": 3600}, 1),
        ("expires_at: jwt.exp", {"access_token": signed(time.time() + 3600)}, 1),
        ("lifetime: 1ms", {}, 3),
        ("lifetime: 1h", {}, 1),
        ("early: 1h", {"expires_in": 3600}, 1),
    ],
)
def test_how_long_a_token_lasts(acme: Acme, said: str, answer: Any, fetched: int) -> None:
    acme.service.on("POST", "/token", reply(json={"access_token": "t", **answer}))
    slow = reply(json=1, after_seconds=0.01)
    acme.service.on("GET", "/me", slow)
    acme.call(f"auth:\n  oauth2:\n    token: ${{at}}/token\n    {said}", times=3)
    assert len(acme.service.calls("POST", "/token")) == fetched


def test_without_scopes_what_the_actions_need_is_asked_for(acme: Acme) -> None:
    acme.service.on("POST", "/token", granted())
    auth = "auth: {oauth2: {token: '${at}/token', scope_separator: ','}}"
    actions = """
actions:
  me: {get: /me, scopes: [me.read, common], returns: any}
  others.list: {get: /others, scopes: [common, others.read], returns: list(any)}
"""
    with imported(HEAD + SETTINGS % "" + "\n" + auth + actions, acme.folder) as package:
        acme.use(package, 1)
    assert acme.asked() == [
        {"grant_type": "client_credentials", "scope": "me.read,common,others.read"}
    ]


def test_a_refused_call_says_which_scopes_it_takes(acme: Acme) -> None:
    acme.service.on("POST", "/token", granted())
    acme.service.on("GET", "/me", reply(403, json={"error": "insufficient_scope"}))
    auth = "auth: {oauth2: {token: '${at}/token'}}"
    actions = "\nactions: {me: {get: /me, scopes: [me.read, common], returns: any}}"
    text = HEAD + SETTINGS % "" + "\n" + auth + actions
    told = r"it takes the scopes me\.read, common"
    with imported(text, acme.folder) as package, pytest.raises(errors.Forbidden, match=told):
        acme.use(package, 1)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("invalid_client", ["client_id", "ACME_CLIENT_SECRET"]),
        ("unauthorized_client", ["client_id"]),
        ("invalid_scope", ["scopes"]),
    ],
)
def test_a_refusal_says_which_setting_to_look_at(acme: Acme, code: str, names: list[str]) -> None:
    acme.service.on("POST", "/token", reply(401, json={"error": code}))
    with pytest.raises(errors.Unauthorized, match=code) as caught:
        acme.call("auth: {oauth2: {token: '${at}/token', scopes: [a]}}")
    assert all(name in str(caught.value) for name in names)
    assert str(caught.value).count("look at") == 1
    assert "its-s3cret" not in str(caught.value)


def test_a_missing_library_names_the_extra(acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
    from ferrule_runtime.credentials import signing

    monkeypatch.setattr(signing, "find_spec", lambda name: None)
    auth = """
auth:
  oauth2: {token: "${at}/token", grant: jwt_bearer, assertion: {key: "${client_secret}"}}
"""
    text = HEAD + "settings: {at: url, client_secret: secret}" + auth + ACTIONS
    with imported(text, acme.folder) as package:
        face = Face(package, None, acme.is_async)
        given = {"at": acme.service.url, "client_secret": "k" * 40}
        with pytest.raises(errors.ConfigurationError, match=r"ferrule-runtime\[jwt\]"):
            face(lambda client: client.me(), **given)


@pytest.mark.parametrize(
    ("base", "path", "told"),
    [
        ("${home}", "/me", "the base URL needs home"),
        ("${at}", "/${area}/me", "the path needs home"),
    ],
)
def test_a_name_that_no_sign_in_brought_asks_for_another(
    acme: Acme, base: str, path: str, told: str
) -> None:
    """A sign-in from before the spec named it, or one whose answer did not tell it."""
    text = f"""
ferrule: 1
connector: acme
version: 1.0.0
base_url: {base}
{SETTINGS % ""}
values: {{area: "${{home | lower}}"}}
auth:
  oauth2:
    authorize: ${{at}}/authorize
    token: ${{at}}/token
    capture: {{home: $.home}}
actions:
  me: {{get: "{path}", returns: any}}
"""
    with imported(text, acme.folder) as package:
        given = {"at": acme.service.url, **CLIENT}
        options = {"name": "blue", "token_store": MemoryStore(), **given}
        with package.Acme(**options) as client:
            sign_in, pending = SignIn(client), PendingSignIn("https://here.example/back")
            acme.service.on("POST", "/token", granted(refresh_token="r1"))
            sign_in.finish(pending, {"code": "c", "state": pending.state})
        with pytest.raises(errors.ReconnectRequired, match=f"{told}, which comes with a") as caught:
            acme.use(package, 1, **options)
    assert str(caught.value).endswith("run `python -m acme_connector login --name blue`")


def test_a_name_that_no_token_answer_told_is_no_setting(acme: Acme) -> None:
    acme.service.on("POST", "/token", granted())
    auth = "auth: {oauth2: {token: '${at}/token', capture: {org: $.org.id}}}"
    text = HEAD + SETTINGS % "" + "\n" + auth + "\nactions: {me: {get: '/${org}/me', returns: any}}"
    told = "the path needs org, which the answer of the token request did not tell"
    with (
        imported(text, acme.folder) as package,
        pytest.raises(errors.ConfigurationError, match=told),
    ):
        acme.use(package, 1)
