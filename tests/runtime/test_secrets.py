"""No secret in any text that leaves a client: a sweep of canaries over everything that can fail."""

import base64
import copy
import logging
import pickle
import traceback
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime import errors
from ferrule_runtime.contract import (
    AllOf,
    Basic,
    Custom,
    Errors,
    OAuth2,
    Operation,
    Request,
    Setting,
    Token,
    body,
    ref,
    template,
)
from ferrule_runtime.secrecy import HIDDEN, Secrets, one_line
from tests.runtime.faces import Face, connector_at
from tests.services.faults import FaultServer
from tests.services.scripted import ScriptedService, reply

CANARY = "CANARY+/=&ü-9f8e7d"
FORMS = {
    CANARY,
    quote(CANARY),
    quote(CANARY, safe=""),
    base64.b64encode(CANARY.encode()).decode(),
    base64.b64encode(f"us:{CANARY}".encode()).decode(),
    base64.b64encode(f"us:{CANARY}".encode()).decode()[4:-4],
}
PLAIN = "CANARY-plain-9f8e7d6c"
GET: Operation[Any] = Operation("things.get", "GET", "/x", returns=dict[str, Any])
SETTINGS = (Setting("key", type="secret", env="ACME_KEY"),)

KINDS = {
    "bearer": Token(ref("key")),
    "header": Token(ref("key"), apply=("header", "X-Api-Key")),
    "query": Token(ref("key"), apply=("query", "api_key")),
    "cookie": Token(ref("key"), apply=("cookie", "sid")),
    "basic": Basic(template("us"), ref("key")),
    "custom": Custom(headers={"X-A": ref("key")}, query={"b": template("x-", ref("key"))}),
    "all": AllOf((Token(ref("key")), Custom(query={"k": ref("key")}))),
}


def assert_hidden(text: str, where: str) -> None:
    for form in {*FORMS, PLAIN, base64.b64encode(PLAIN.encode()).decode()}:
        assert form not in text, where


def everything_told_by(error: BaseException) -> str:
    """All that a log, a debugger or a crash reporter may make of an error."""
    with_locals = traceback.TracebackException.from_exception(error, capture_locals=True)
    frames = list(with_locals.format(chain=True))
    # What the test itself holds is no leak.
    own = [frame for frame in frames if "/tests/" not in frame]
    return "\n".join([repr(error), str(error), repr(error.args), repr(vars(error)), *own])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "fault",
    ["status/500", "close-before", "bad-json", "redirect-twin/302", "corrupt-gzip", "echo", "html"],
)
def test_no_canary_in_anything_that_an_error_tells(
    face: Face,
    faults: FaultServer,
    kind: str,
    fault: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    connector = connector_at(f"{faults.url}/{fault}", auth=KINDS[kind], settings=SETTINGS)
    client = face.client(connector, {"key": PLAIN}, backoff=None, max_attempts=2, debug=True)
    # The echo answers with every header and the target: what a careless service puts into errors.
    operation = GET if fault != "echo" else Operation("things.get", "GET", "/x", returns=int)
    with caplog.at_level(logging.DEBUG), pytest.raises(errors.ConnectorError) as caught:
        face.run(client, operation)
    assert_hidden(everything_told_by(caught.value), "the error")
    assert_hidden(pickle.dumps(caught.value).decode("latin-1"), "its pickle")
    assert_hidden(repr(copy.copy(caught.value)), "its copy")
    assert caught.value.content is not None
    assert_hidden(caught.value.content.decode("latin-1"), "the body that it keeps")
    ours = [record.getMessage() for record in caplog.records if "httpcore" not in record.name]
    assert ours
    assert_hidden("\n".join(ours), "the log")
    assert_hidden(repr(client) + repr(vars(client)), "the client")


def test_what_a_service_says_back_is_scrubbed(face: Face, service: ScriptedService) -> None:
    said = {
        "code": CANARY,
        "message": f"the key {CANARY} is wrong, also {quote(CANARY, safe='')}",
        "details": [{CANARY: [CANARY]}, 7],
    }
    headers = {"X-Request-Id": f"id-{PLAIN}", "Set-Cookie": "session=of-the-service"}
    service.on("GET", "/x", reply(400, json=said, headers=headers))
    block = Errors(code=(body("code"),), message=(body("message"),), details=body("details"))
    connector = connector_at(
        service.url,
        errors=block,
        auth=KINDS["custom"],
        settings=(*SETTINGS, Setting("other", type="secret")),
    )
    client = face.client(connector, {"key": PLAIN, "other": CANARY})
    with pytest.raises(errors.BadRequest) as caught:
        face.run(client, GET)
    error = caught.value
    assert_hidden(everything_told_by(error), "the error")
    assert error.code == HIDDEN
    assert error.details == [{HIDDEN: [HIDDEN]}, 7]
    assert error.request_id == f"id-{HIDDEN}"
    assert error.headers["Set-Cookie"] == HIDDEN


def test_a_configuration_error_leaves_no_frame_with_the_settings() -> None:
    from ferrule_runtime.client import SyncClient

    settings = (*SETTINGS, Setting("mode", type="enum", choices=("a", "b"), env="ACME_MODE"))
    connector = connector_at("https://api.example.com", auth=KINDS["bearer"], settings=settings)

    class Acme(SyncClient):
        _connector = connector

        def __init__(self, *, key: str, mode: str) -> None:
            super().__init__({"key": key, "mode": mode}, {})

    made: Callable[..., Acme] = Acme
    failure: BaseException | None = None
    try:
        made(key=PLAIN, mode=PLAIN + "-no-mode")
    except errors.ConfigurationError as error:
        failure = error
    assert failure is not None
    with_locals = traceback.TracebackException.from_exception(failure, capture_locals=True)
    told = "".join(with_locals.format())
    assert_hidden(told.replace(repr(PLAIN + "-no-mode"), ""), "the traceback")
    assert "mode= or ACME_MODE" in str(failure)
    assert "one of a, b" in str(failure)


def test_a_refused_token_request_hides_client_and_secret(
    face: Face, service: ScriptedService
) -> None:
    said = {"error": "invalid_client", "error_description": f"{PLAIN} is unknown"}
    service.on("POST", "/token", reply(400, json=said))
    for client_auth in ("basic", "body", "query"):
        connector = connector_at(
            service.url,
            auth=OAuth2(token=Request("POST", template("/token")), client_auth=client_auth),
            settings=(Setting("client_id"), Setting("client_secret", type="secret")),
        )
        client = face.client(connector, {"client_id": "me", "client_secret": PLAIN})
        with pytest.raises(errors.Unauthorized, match="invalid_client") as caught:
            face.run(client, GET)
        assert_hidden(everything_told_by(caught.value), client_auth)
        assert caught.value.action == "auth.token"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"AccessToken": PLAIN, "refresh_token": f"{PLAIN}-2"}, "it has AccessToken"),
        ({"access_token": [PLAIN]}, "no token at"),
        ({"access_token": f"{PLAIN}\n"}, "cannot be sent"),
        ([PLAIN], "no token at"),
        ({"error": "bad", "error_description": "its-secret is no good"}, "it says bad: "),
    ],
)
def test_a_token_that_is_not_found_is_not_told(
    face: Face, service: ScriptedService, answer: Any, told: str
) -> None:
    service.on("POST", "/token", reply(json=answer, headers={"X-Token": PLAIN}))
    connector = connector_at(
        service.url,
        auth=OAuth2(token=Request("POST", template("/token"))),
        settings=(Setting("client_id"), Setting("client_secret", type="secret")),
    )
    client = face.client(connector, {"client_id": "me", "client_secret": "its-secret"})
    with pytest.raises(errors.InvalidResponse, match=told) as caught:
        face.run(client, GET)
    everything = everything_told_by(caught.value)
    assert_hidden(everything, "the error")
    assert "its-secret" not in everything
    assert PLAIN.encode() not in pickle.dumps(caught.value)
    assert (caught.value.status_code, caught.value.action) == (200, "auth.token")


def test_a_fetched_token_is_hidden_too(face: Face, service: ScriptedService) -> None:
    service.on("POST", "/token", reply(json={"access_token": PLAIN, "expires_in": 3600}))
    service.on("GET", "/x", reply(403, text=f"your token {PLAIN} may not"))
    connector = connector_at(
        service.url,
        auth=OAuth2(token=Request("POST", template("/token"))),
        settings=(Setting("client_id"), Setting("client_secret", type="secret")),
    )
    client = face.client(connector, {"client_id": "me", "client_secret": "its-secret"})
    with pytest.raises(errors.Forbidden) as caught:
        face.run(client, GET)
    assert_hidden(everything_told_by(caught.value), "the error")
    assert service.requests[-1].header("authorization") == f"Bearer {PLAIN}"


def test_what_httpx_logs_of_urls_is_scrubbed_and_nothing_else_is(
    face: Face, service: ScriptedService, caplog: pytest.LogCaptureFixture
) -> None:
    service.on("GET", "/x", reply(json={}))
    theirs = face.own_client()
    connector = connector_at(service.url, auth=KINDS["query"], settings=SETTINGS)
    with caplog.at_level(logging.INFO):
        face.run(face.client(connector, {"key": PLAIN}, http_client=theirs), GET)
        logging.getLogger("somebody.else").info("a line about %s", PLAIN)
    by_httpx = [each.getMessage() for each in caplog.records if each.name == face.httpx.__name__]
    assert len(by_httpx) == 1
    assert "api_key=***" in by_httpx[0]
    assert_hidden(by_httpx[0], "the line of httpx")
    other = [each for each in caplog.records if each.name == "somebody.else"]
    assert PLAIN in other[0].getMessage()


def test_a_line_for_each_request_and_answer(
    face: Face, service: ScriptedService, caplog: pytest.LogCaptureFixture
) -> None:
    service.on(
        "GET",
        "/things/7",
        reply(503),
        reply(json={}, headers={"X-Request-Id": f"id\x1b[31m-{PLAIN}"}),
    )
    operation: Operation[Any] = Operation("things.get", "GET", "/things/{id}", returns=dict)
    connector = connector_at(service.url, auth=KINDS["query"], settings=SETTINGS)
    client = face.client(connector, {"key": PLAIN}, backoff=None)
    with caplog.at_level(logging.WARNING):
        face.run(client, operation, path=(7,))
    assert not [each for each in caplog.records if each.name.startswith("ferrule")]
    with caplog.at_level(logging.DEBUG, logger="ferrule"):
        face.run(client.with_options(debug=True), operation, path=(7,), query={"q": "value"})
    lines = [each.getMessage() for each in caplog.records if each.name.startswith("ferrule")]
    assert lines[0] == "acme.things.get GET /things/{id} -> attempt 1"
    assert lines[1].startswith("acme.things.get GET /things/{id} <- 200 in ")
    assert lines[1].endswith(r"ms, attempt 1, request id id\x1b[31m-***")
    assert len(lines) == 2


def test_the_environment_turns_the_log_on(
    face: Face,
    service: ScriptedService,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("ACME_LOG", "debug")
    service.on("GET", "/x", reply(503), reply(json={}))
    with caplog.at_level(logging.DEBUG, logger="ferrule.acme.debug"):
        face.run(face.at(service.url), GET)
    lines = [each.getMessage() for each in caplog.records if each.name.startswith("ferrule")]
    assert len(lines) == 5
    assert "waits 0.00 s before another attempt" in lines[2]


def test_clients_and_what_they_hold_are_not_pickled() -> None:
    from ferrule_runtime.client import SyncClient

    connector = connector_at("https://x.example.com", auth=KINDS["bearer"], settings=SETTINGS)
    kind = type("Acme", (SyncClient,), {"_connector": connector})
    client = kind({"key": PLAIN}, {})
    for each in (client, client._installation.scope, client._installation.secrets):
        assert_hidden(repr(each), "repr")
        with pytest.raises(TypeError, match="pickled"):
            pickle.dumps(each)


@given(
    secret=st.text(min_size=4, max_size=30),
    before=st.text(max_size=10),
    after=st.text(max_size=10),
)
def test_a_secret_is_found_in_every_form(secret: str, before: str, after: str) -> None:
    try:
        raw = secret.encode()
    except UnicodeEncodeError:
        return
    secrets = Secrets([secret])
    assert secret not in secrets.scrub(before + secret + after) or secret in HIDDEN * 20
    encoded = quote(secret, safe="")
    assert encoded not in secrets.scrub(f"?a={encoded}&b") or encoded in "?a=***&b"
    scrubbed = secrets.scrub_bytes(before.encode("utf-8", "replace") + raw + b"|")
    assert raw not in scrubbed or raw in b"***|"


@given(
    secret=st.binary(min_size=12, max_size=40),
    before=st.binary(max_size=9),
    after=st.binary(max_size=9),
)
def test_the_base64_of_a_secret_is_found_wherever_it_begins(
    secret: bytes, before: bytes, after: bytes
) -> None:
    text = secret.hex()
    secrets = Secrets([text])
    encoded = base64.b64encode(before + text.encode() + after).decode()
    scrubbed = secrets.scrub(encoded)
    assert HIDDEN in scrubbed
    # What is left is what stood around it, and at most a character at each end.
    assert len(scrubbed.replace(HIDDEN, "")) <= (len(before) + len(after)) * 4 / 3 + 10


@given(st.text(max_size=2000))
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert not any(ord(character) < 32 or ord(character) == 127 for character in line)


def test_short_texts_are_no_secrets_and_old_tokens_are_forgotten() -> None:
    secrets = Secrets(["abc", "abcd"])
    assert secrets.scrub("abc abcd") == "abc ***"
    for number in range(200):
        secrets.add_token(f"token-{number:04}")
    assert secrets.scrub("token-0000 token-0199 abcd") == "token-0000 *** ***"
