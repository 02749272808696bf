"""No secret shows, however a call fails: every kind of sign-in, every kind of failure."""

from __future__ import annotations

import asyncio
import base64
import logging
import pickle
import sys
import traceback
from collections.abc import Callable
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from ferrule.cli.main import main
from tests.services.loopback import Ending, Request
from tests.services.scripted import Reply, ScriptedService, reply

SECRET = "s3cret/+with odd&chars=ü"
OTHER = "s3cond~secret-of/the+token"

KINDS = {
    "basic": 'basic: {username: "${user}", password: "${key}"}',
    "bearer": 'token: "${key}"',
    "header": 'token: {value: "${key}", apply: header.X-Api-Key}',
    "query": 'token: {value: "${key}", apply: query.api_key}',
    "cookie": 'token: {value: "${key}", apply: cookie.session}',
    "body": 'token: {value: "${key}", apply: body.token}',
    "oauth": 'oauth2: {token: "${base}/token", client_id: app, client_secret: "${key}"}',
    "oauth_body": 'oauth2: {token: "${base}/token", client_id: app, client_secret: '
    '"${key}", client_auth: body}',
    "custom": 'custom: {headers: {X-One: "${key}", X-Two: "a ${key} b"}, query: {k: "${key}"}}',
}
SPEC = """\
ferrule: 1
connector: {name}
version: 1.0.0
base_url: ${{base}}
settings: {{base: url, user: string = ada, key: secret}}
auth:
  {auth}
errors: {{code: $.code, message: $.message, details: $.details}}
paging: {{next_url: $.next}}
actions:
  things.list:
    get: /things
    returns: list(Thing) at $.items
  things.create:
    post: /things
    body: {{title: string}}
    returns: Thing
  things.get:
    get: /things/{{id}}
    returns: Thing
  things.download:
    get: /download
    returns: bytes
models:
  Thing: {{id: integer}}
"""


def forms(secret: str) -> set[str]:
    """How a secret may look when it shows."""
    raw = secret.encode()
    found = {secret, quote(secret), quote(secret, safe=""), quote_plus(secret)}
    found |= {base64.b64encode(text).decode() for text in (raw, b"ada:" + raw)}
    found.add(base64.b64encode(b"app:" + quote_plus(secret).encode()).decode())
    found |= {raw.decode("latin-1"), repr(raw)[2:-1], repr(secret)[1:-1]}
    return found


@pytest.fixture(scope="module", params=KINDS)
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    name = f"hide{request.param}".replace("_", "")
    folder = tmp_path_factory.mktemp(name)
    return compiled(folder, name, SPEC.format(name=name, auth=KINDS[request.param]))


def compiled(folder: Path, name: str, spec: str) -> ModuleType:
    """The package that a spec becomes, imported."""
    (folder / "spec.yaml").write_text(spec)
    assert main(["compile", str(folder / "spec.yaml"), "-o", str(folder)]) == 0
    sys.path.insert(0, str(folder / name))
    try:
        invalidate_caches()
        return import_module(f"{name}_connector")
    finally:
        sys.path.remove(str(folder / name))


def told(error: BaseException) -> str:
    """Everything that an error says, with the locals of every frame below the test's own."""
    texts = []
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        waiting += [each.__cause__, each.__context__]
        texts += [str(each), repr(each), repr(each.args), repr(vars(each))]
        trace = each.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
            trace = trace.tb_next
        told = traceback.TracebackException(type(each), each, trace, capture_locals=True)
        texts += told.format(chain=False)
        texts.append(pickle.dumps(each).decode("latin-1"))
    return "\n".join(texts)


def echo(request: Request) -> Reply:
    """An error that tells the caller all that the caller has said."""
    said = f"{request.target} {request.headers} {request.body.decode('latin-1')} {SECRET} {OTHER}"
    body = {"code": SECRET, "message": said, "details": {"seen": [said, SECRET]}}
    return reply(403, json=body, headers={"X-Seen": quote(SECRET), "X-Request-Id": quote(OTHER)})


FAILURES: dict[str, list[Any]] = {
    "echo": [echo],
    "unauthorized": [reply(401, json={"code": "no"})],
    "server": [reply(500, text=f"key {SECRET}")],
    "html": [reply(text=f"<html>{SECRET}</html>", content_type="text/html")],
    "json": [reply(content=f'{{"items": "{SECRET}", '.encode(), content_type="application/json")],
    "shape": [reply(json={"id": SECRET, "items": [{"id": SECRET}]})],
    "reset": [Ending.RESET],
    "slow": [reply(json={}, after_seconds=30)],
    "away": [reply(302, headers={"Location": f"http://127.0.0.1:9/?k={quote(SECRET)}"})],
    "next": [reply(json={"items": [], "next": f"http://127.0.0.1:9/?k={quote(SECRET)}", "id": 1})],
}
CALLS: dict[str, Callable[[Any], Any]] = {
    "list": lambda client: client.things.list(),
    "create": lambda client: client.things.create(title="x"),
    "download": lambda client: client.things.download(),
    "climb": lambda client: client.things.get(id_=".."),
}
TOKEN = reply(json={"access_token": OTHER, "expires_in": 3600})


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("failure", [*FAILURES, "refused", "token_echo", "token_html", "token_401"])
def test_no_failure_shows_a_secret(
    package: ModuleType,
    failure: str,
    is_async: bool,
    service: ScriptedService,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    script = FAILURES.get(failure, [reply(json={"id": 1, "items": []})])
    service.on("*", "/things", *script)
    service.on("GET", "/download", *script)
    of_token: dict[str, Any] = {
        "token_echo": echo,
        "token_html": reply(text=f"<p>{SECRET}", content_type="text/html"),
        "token_401": reply(401, json={"error": "invalid_client", "error_description": SECRET}),
    }
    service.on("POST", "/token", of_token.get(failure, TOKEN))
    base = "http://127.0.0.1:9" if failure == "refused" else service.url
    kind = package.CONNECTOR.class_name
    made = getattr(package, f"Async{kind}" if is_async else kind)
    client = made(base=base, key=SECRET, max_attempts=1, timeout=0.3, debug=True)
    errors = caught_async(client) if is_async else caught(client)
    assert errors
    texts = [repr(client), caplog.text, repr(client.things), *map(told, errors)]
    texts += [repr(record.__dict__) for record in caplog.records]
    whole = "\n".join(texts)
    # The token that the service gives is a secret of this client only where it was asked for.
    was_given = failure not in of_token and service.calls("POST", "/token")
    for secret in (SECRET, OTHER) if was_given else (SECRET,):
        for form in forms(secret):
            assert form not in whole, where(form, texts)
    with pytest.raises(TypeError):
        pickle.dumps(client)


def caught(client: Any) -> list[BaseException]:
    errors: list[BaseException] = []
    for call in CALLS.values():
        try:
            result = call(client)
            list(result) if hasattr(result, "__iter__") else None
        except Exception as error:
            errors.append(error)
    client.close()
    return errors


def caught_async(client: Any) -> list[BaseException]:
    errors: list[BaseException] = []

    async def run() -> None:
        for call in CALLS.values():
            try:
                result = call(client)
                if hasattr(result, "__await__"):
                    result = await result
                if hasattr(result, "__aiter__"):
                    async for _ in result:
                        pass
            except Exception as error:
                errors.append(error)
        await client.aclose()

    asyncio.run(run())
    return errors


def where(form: str, texts: list[str]) -> str:
    for text in texts:
        at = text.find(form)
        if at >= 0:
            return f"...{text[max(0, at - 700) : at + 200]}..."
    return ""


def test_settings_that_are_refused_are_not_told(package: ModuleType) -> None:
    kind = getattr(package, package.CONNECTOR.class_name)
    for settings in ({"base": f"ftp://{SECRET}", "key": SECRET}, {"key": SECRET}, {"base": SECRET}):
        with pytest.raises(package.ConfigurationError) as refused:
            kind(**settings)
        assert all(form not in told(refused.value) for form in forms(SECRET))
