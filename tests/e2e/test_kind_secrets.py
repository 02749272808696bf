"""No secret shows where a kind of auth proves it, and no token that was made of one."""

import logging
import pickle
from types import ModuleType
from typing import Any

import pytest

from tests.e2e.test_secrets import SECRET, caught, caught_async, compiled, echo, forms, told, where
from tests.services.loopback import Request
from tests.services.scripted import Reply, ScriptedService, reply

# A secret that is long enough for every algorithm.
KEY = SECRET + "/and more of it, so that no library warns"

KINDS = {
    "digest": 'digest: {username: ada, password: "${key}"}',
    "wsse": 'wsse: {username: ada, password: "${key}"}',
    "jwt": 'jwt: {key: "${key}", claims: {path: "${request.path}"}}',
    "jwt_kept": 'jwt: {key: "${key}", apply: header.X-Token}',
    "signature": 'signature: {over: "${now}${request.body}", key: "${key}", apply: header.X-S}',
    "oauth1": 'oauth1: {consumer_key: app, consumer_secret: "${key}", token: "${key}", '
    'token_secret: "${key}"}',
    "aws": 'aws_sigv4: {access_key: app, secret_key: "${key}", session_token: "${key}", '
    "region: r, service: s3}",
    "session": 'session: {steps: [{post: /token, body: {k: "${key}"}, let: {seal: $.seal}}], '
    'access_token: $.access_token, headers: {X-Seal: "${seal}"}, apply: header.X-Token}',
    "together": 'all_of: [{token: {value: "${key}", apply: query.k}}, '
    '{digest: {username: ada, password: "${key}"}}]',
}
SPEC = """\
ferrule: 1
connector: {name}
version: 1.0.0
base_url: ${{base}}
settings: {{base: url, key: secret}}
auth:
  {auth}
errors: {{code: $.code, message: $.message, details: $.details}}
actions:
  things.list: {{get: /things, returns: any}}
  things.create: {{post: /things, body: {{title: string}}, returns: Thing}}
  things.get: {{get: "/things/{{id}}", returns: Thing}}
  things.download: {{get: /download, returns: bytes}}
models:
  Thing: {{id: integer}}
"""


@pytest.fixture(scope="module", params=KINDS)
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    name = f"prove{request.param}".replace("_", "")
    folder = tmp_path_factory.mktemp(name)
    return compiled(folder, name, SPEC.format(name=name, auth=KINDS[request.param]))


def challenging(request: Request) -> Reply:
    """Wants a digest, then tells the caller all that the caller has said."""
    if "Digest" in (request.header("authorization") or ""):
        return echo(request)
    told = {"WWW-Authenticate": 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256'}
    return reply(401, json={"message": KEY}, headers=told)


FAILURES: dict[str, Any] = {
    "echo": echo,
    "challenge": challenging,
}


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("failure", [*FAILURES, "refused"])
def test_no_failure_shows_a_secret(
    package: ModuleType,
    failure: str,
    is_async: bool,
    service: ScriptedService,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    script = FAILURES.get(failure, reply(json={}))
    service.on("*", "/things", script)
    service.on("GET", "/download", script)
    given = {"access_token": "t0ken-of-a-s3ssion", "seal": "s3al-of-a-s3ssion"}
    if failure != "echo" or is_async:
        service.on("POST", "/token", reply(json=given))
    else:
        service.on("POST", "/token", echo)
    base = "http://127.0.0.1:9" if failure == "refused" else service.url
    kind = package.CONNECTOR.class_name
    made = getattr(package, f"Async{kind}" if is_async else kind)
    client = made(base=base, key=KEY, max_attempts=1, timeout=2, debug=True)
    errors = caught_async(client) if is_async else caught(client)
    assert errors
    texts = [repr(client), caplog.text, repr(client._installation), *map(told, errors)]
    texts += [repr(record.__dict__) for record in caplog.records]
    texts.append(repr(client._installation._authenticators))
    hidden = forms(KEY) | tokens_in(service)
    for form in hidden:
        assert form not in "\n".join(texts), where(form, texts)
    with pytest.raises(TypeError):
        pickle.dumps(client)


def tokens_in(service: ScriptedService) -> set[str]:
    """The tokens that calls have carried: each of them would open the door again."""
    found = {call.header(name) for call in service.requests for name in ("x-token", "x-seal")}
    found |= {
        (call.header("authorization") or "").removeprefix("Bearer ")
        for call in service.requests
        if (call.header("authorization") or "").startswith("Bearer ")
    }
    return {each for each in found if each}


def test_what_cannot_be_made_is_told_without_the_secret(
    package: ModuleType, service: ScriptedService
) -> None:
    kind = getattr(package, package.CONNECTOR.class_name)
    with pytest.raises(package.ConfigurationError, match="key= or PROVE") as refused:
        kind(base=service.url)
    assert all(form not in told(refused.value) for form in forms(KEY))
