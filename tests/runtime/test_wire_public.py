"""The user's own httpx clients, and ours: what keeps working, what wins, what is never touched."""

import asyncio
import contextlib
import gc
import os
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from ferrule_runtime import errors
from ferrule_runtime.contract import Basic, Operation, Timeout, Token, template
from ferrule_runtime.network import Network
from ferrule_runtime.wires import library
from ferrule_runtime.wires.deadline import BoundBackend
from ferrule_runtime.wires.public import PublicWire
from tests.runtime.faces import Face, connector_at
from tests.services.faults import FaultServer
from tests.services.scripted import ScriptedService, reply

GET: Operation[Any] = Operation("things.get", "GET", "/things", returns=dict[str, Any])
POST: Operation[Any] = Operation("things.create", "POST", "/things", returns=dict[str, Any])
TOKEN = Token(template("our-secret"))


def mocked(face: Face, handler: Callable[[Any], Any], **options: Any) -> Any:
    """A client of the user's with a mock transport."""
    return face.own_client(transport=face.httpx.MockTransport(handler), **options)


def test_a_mock_transport_answers(face: Face) -> None:
    seen: list[Any] = []

    def handler(request: Any) -> Any:
        seen.append(request)
        return face.httpx.Response(200, json={"id": 1})

    client = face.at("https://api.example.com/v2", http_client=mocked(face, handler), auth=TOKEN)
    assert face.run(client, GET, query={"q": "a b"}) == {"id": 1}
    assert str(seen[0].url) == "https://api.example.com/v2/things?q=a%20b"
    assert seen[0].headers["authorization"] == "Bearer our-secret"
    assert seen[0].headers["user-agent"].startswith("acme/0 ferrule-runtime/")


def test_hooks_see_every_attempt_and_may_read_the_answer(
    face: Face, service: ScriptedService
) -> None:
    seen: list[Any] = []

    def on_request(request: Any) -> None:
        seen.append(request.method)

    def on_response(response: Any) -> None:
        response.read()
        seen.append(response.status_code)

    async def on_request_async(request: Any) -> None:
        on_request(request)

    async def on_response_async(response: Any) -> None:
        await response.aread()
        seen.append(response.status_code)

    hooks: Any = {"request": [on_request], "response": [on_response]}
    if face.is_async:
        hooks = {"request": [on_request_async], "response": [on_response_async]}
    service.on("GET", "/things", reply(503), reply(json={"id": 1}))
    client = face.at(service.url, http_client=face.own_client(event_hooks=hooks))
    assert face.run(client, GET) == {"id": 1}
    assert seen == ["GET", 503, "GET", 200]


@pytest.mark.parametrize("kind", ["HTTPStatusError", "ConnectError", "ReadTimeout", "ValueError"])
def test_what_a_hook_raises_is_raised_as_it_is(face: Face, kind: str) -> None:
    raised: Any = ValueError("mine")
    if kind == "HTTPStatusError":
        other = face.httpx.Request("GET", "https://other.example.com")
        raised = face.httpx.HTTPStatusError("mine", request=other, response=None)
    elif kind != "ValueError":
        raised = getattr(face.httpx, kind)("mine")

    def hook(_: Any) -> None:
        raise raised

    async def hook_async(_: Any) -> None:
        raise raised

    hooks = {"request": [hook_async if face.is_async else hook]}
    theirs = mocked(face, lambda _: face.httpx.Response(200), event_hooks=hooks)
    client = face.at("https://api.example.com", http_client=theirs)
    with pytest.raises(type(raised), match="mine") as caught:
        face.run(client, GET)
    assert caught.value is raised


@pytest.mark.parametrize("kind", ["ConnectError", "ReadTimeout", "RemoteProtocolError"])
def test_what_the_transport_raises_is_translated(face: Face, kind: str) -> None:
    def handler(request: Any) -> Any:
        raise getattr(face.httpx, kind)("down")

    client = face.at("https://api.example.com", http_client=mocked(face, handler), max_attempts=2)
    with pytest.raises(errors.ConnectionFailed) as caught:
        face.run(client, GET)
    assert isinstance(caught.value, errors.Timeout) is (kind == "ReadTimeout")
    assert caught.value.__context__ is None


def test_our_credential_beats_those_of_the_client_and_of_netrc(
    face: Face,
    service: ScriptedService,
    tmp_path: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login thief password gold\n")
    monkeypatch.setenv("NETRC", str(netrc))
    service.on("GET", "/things", reply(json={}))
    theirs = face.own_client(auth=("them", "pw"))
    basic = Basic(template("us"), template("pw"))
    face.run(face.at(service.url, http_client=theirs, auth=basic), GET)
    face.run(face.at(service.url, auth=basic), GET)
    face.run(face.at(service.url), GET)
    found = [request.header("authorization") for request in service.requests]
    assert found == ["Basic dXM6cHc=", "Basic dXM6cHc=", None]


def test_the_clients_own_auth_is_used_where_the_connector_has_none(
    face: Face, service: ScriptedService
) -> None:
    service.on("GET", "/things", reply(json={}))
    theirs = face.own_client(auth=("them", "pw"), headers={"X-Theirs": "1", "User-Agent": "Theirs"})
    face.run(face.at(service.url, http_client=theirs), GET)
    seen = service.requests[0]
    assert seen.header("authorization") == "Basic dGhlbTpwdw=="
    assert seen.header("x-theirs") == "1"


def test_a_query_survives_the_parameters_of_the_client(
    face: Face, service: ScriptedService
) -> None:
    service.on("GET", "/things", reply(json={}))
    theirs = face.own_client(params={"api_key": "k&1", "page": "9"})
    client = face.at(service.url, http_client=theirs)
    face.run(client, GET, query={"cursor": "abc/=", "page": "2"})
    face.run(client, GET)
    assert [request.query for request in service.requests] == [
        "cursor=abc%2F%3D&page=2&api_key=k%261",
        "api_key=k%261&page=9",
    ]


def test_an_explicit_timeout_wins_over_the_clients_own(face: Face) -> None:
    seen: list[Any] = []

    def handler(request: Any) -> Any:
        seen.append(request.extensions["timeout"])
        return face.httpx.Response(200, json={})

    theirs = mocked(face, handler, timeout=face.httpx.Timeout(7.0, connect=3.0))
    connector = connector_at("https://api.example.com", timeout=Timeout(read=99.0))
    client = face.client(connector, http_client=theirs)
    of_action: Operation[Any] = Operation(
        "slow", "GET", "/slow", returns=dict, timeout=Timeout(read=120.0)
    )
    for each, operation in (
        (client, GET),
        (client.with_options(timeout=1.5), GET),
        (client, of_action),
        (client.with_options(timeout=1.5), of_action),
        (client.with_options(deadline=2.0), GET),
    ):
        face.run(each, operation)
    reads = [(timeout["connect"], timeout["read"]) for timeout in seen[:4]]
    assert reads == [(3.0, 7.0), (1.5, 1.5), (10.0, 120.0), (1.5, 1.5)]
    assert 0.0 < seen[4]["read"] <= 2.0
    assert 0.0 < seen[4]["connect"] <= 2.0


def test_a_long_poll_has_the_time_that_it_asks_for(face: Face) -> None:
    seen: list[float] = []

    def handler(request: Any) -> Any:
        seen.append(request.extensions["timeout"]["read"])
        return face.httpx.Response(200, json={})

    poll: Operation[Any] = Operation(
        "poll", "GET", "/poll", returns=dict, extends_timeout="query.timeout"
    )
    client = face.at("https://api.example.com", http_client=mocked(face, handler), timeout=5.0)
    face.run(client, poll, query={"timeout": 30})
    face.run(client, poll)
    assert seen == [35.0, 5.0]


def test_a_users_client_is_never_closed(face: Face) -> None:
    theirs = mocked(face, lambda _: face.httpx.Response(200, json={}))
    client = face.at("https://api.example.com", http_client=theirs)
    face.run(client, GET)
    face.get(client.aclose() if face.is_async else client.close())
    assert not theirs.is_closed
    face.run(client, GET)


def test_the_wrong_kind_of_client_is_refused_at_once(face: Face) -> None:
    import httpx

    wrong = [object(), "https://x", httpx.Client if face.is_async else httpx.AsyncClient]
    connector = connector_at("https://api.example.com")
    for given in wrong:
        with pytest.raises(TypeError, match="http_client"):
            face.client(connector, http_client=given)
    other = face.httpx.Client() if face.is_async else face.httpx.AsyncClient()
    with pytest.raises(TypeError, match="http_client"):
        face.client(connector, http_client=other)
    if face.is_async:
        other.close()
    else:
        asyncio.run(other.aclose())


def test_a_subclass_of_a_client_is_as_good(face: Face, service: ScriptedService) -> None:
    base = face.httpx.AsyncClient if face.is_async else face.httpx.Client
    theirs = type("Special", (base,), {})()
    service.on("GET", "/things", reply(json={"id": 1}))
    assert face.run(face.at(service.url, http_client=theirs), GET) == {"id": 1}
    face.get(theirs.aclose() if face.is_async else theirs.close())


def test_options_that_a_client_brings_along_are_refused_beside_it(face: Face) -> None:
    theirs = mocked(face, lambda _: face.httpx.Response(200))
    for option in ({"proxy": "http://p"}, {"verify": False}):
        with pytest.raises(TypeError, match="http_client"):
            face.client(connector_at("https://api.example.com"), http_client=theirs, **option)


def test_a_proxy_of_the_environment_is_used_and_may_be_bypassed(
    face: Face,
    service: ScriptedService,
    other_service: ScriptedService,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other_service.on("GET", f"{service.url}/things", reply(json={"by": "proxy"}))
    service.on("GET", "/things", reply(json={"by": "itself"}))
    monkeypatch.setenv("HTTP_PROXY", other_service.url)
    monkeypatch.setenv("http_proxy", other_service.url)
    assert face.run(face.at(service.url), GET) == {"by": "proxy"}
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert face.run(face.at(service.url), GET) == {"by": "itself"}


def test_a_proxy_may_be_given(
    face: Face, service: ScriptedService, other_service: ScriptedService
) -> None:
    other_service.on("GET", f"{service.url}/things", reply(json={"by": "proxy"}))
    assert face.run(face.at(service.url, proxy=other_service.url), GET) == {"by": "proxy"}


def test_cookies_of_one_call_do_not_reach_another(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/things", reply(json={}, headers={"Set-Cookie": "session=of-somebody"}))
    client = face.at(service.url)
    face.run(client, GET)
    face.run(client, GET)
    assert [request.header("cookie") for request in service.requests] == [None, None]


def test_copies_share_the_connections(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/things", reply(json={}))
    client = face.at(service.url)
    copies = [client.with_options(timeout=10.0 + number) for number in range(5)]
    for copy in copies:
        face.run(copy, GET)
    link = client._installation.link
    assert len(link._sync) + len(link._async) == 1
    assert all(copy._installation is client._installation for copy in copies)


def test_a_client_that_was_closed_opens_anew(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/things", reply(json={"id": 1}))
    client = face.at(service.url)
    for _ in range(2):
        assert face.run(client, GET) == {"id": 1}
        face.get(client.aclose() if face.is_async else client.close())


def test_the_network_of_our_own_clients_is_bounded(face: Face) -> None:
    if face.is_async:
        return
    wire = PublicWire.own(face.httpx, Network(), verify=True)
    assert isinstance(wire._client._transport._pool._network_backend, BoundBackend)
    wire.close()


def test_two_runs_of_asyncio_on_one_client(face: Face, service: ScriptedService) -> None:
    if not face.is_async:
        return
    service.on("GET", "/things", reply(json={"id": 1}))
    client = face.client(connector_at(service.url))

    async def once() -> Any:
        async with client:
            return await client._run(GET)

    assert [asyncio.run(once()), asyncio.run(once())] == [{"id": 1}] * 2
    assert client._installation.link._async == {}


def test_a_loop_that_ended_without_closing_leaves_its_wire_to_be_dropped(
    face: Face, service: ScriptedService
) -> None:
    if not face.is_async:
        return
    service.on("GET", "/things", reply(json={"id": 1}))
    client = face.client(connector_at(service.url))

    async def once() -> Any:
        return await client._run(GET)

    async def last() -> Any:
        async with client:
            return len(client._installation.link._async), await client._run(GET)

    with warnings.catch_warnings():
        # asyncio complains of sockets that nobody closed; we do not touch a loop that is gone.
        warnings.simplefilter("ignore", ResourceWarning)
        asyncio.run(once())
        asyncio.run(once())
        wires = client._installation.link._async
        assert len(wires) == 1
        asyncio.run(last())
        gc.collect()
    assert client._installation.link._async == {}


def test_a_users_async_client_in_a_second_loop_is_explained(
    face: Face, service: ScriptedService
) -> None:
    if not face.is_async:
        return
    service.on("GET", "/things", reply(json={"id": 1}))
    theirs = face.httpx.AsyncClient()
    client = face.client(connector_at(service.url), http_client=theirs, max_attempts=1)

    async def once() -> Any:
        return await client._run(GET)

    async def end() -> None:
        # Its sockets went with their loop: what is left cannot be closed in order.
        with contextlib.suppress(RuntimeError):
            await theirs.aclose()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        assert asyncio.run(once()) == {"id": 1}
        with pytest.raises(errors.ConnectionFailed, match="another event loop"):
            asyncio.run(once())
        asyncio.run(end())
        gc.collect()


def test_a_child_process_has_connections_and_locks_of_its_own(
    face: Face, service: ScriptedService
) -> None:
    if face.is_async:
        return
    from ferrule_runtime.contract import Rate

    service.on("GET", "/things", reply(json={"id": 1}))
    client = face.at(service.url, limits={"default": (Rate(1000, 1.0),)})
    face.run(client, GET)
    installation = client._installation
    # As if another thread were in the middle of things when the process forks.
    locks = [
        installation.policy.limiter._lock,
        installation.policy.quota._lock,
        installation.link._lock,
        installation._lock,
    ]
    for lock in locks:
        lock.acquire()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        outcome = 1
        try:
            outcome = 0 if all(client._run(GET) == {"id": 1} for _ in range(3)) else 2
        finally:
            os._exit(outcome)
    for lock in locks:
        lock.release()
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert face.run(client, GET) == {"id": 1}


def test_httpx2_is_preferred_unless_a_tool_watches_httpx(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name in library._PATCHING_HTTPX:
        monkeypatch.delitem(sys.modules, name, raising=False)
    assert library.library().__name__ == "httpx2"
    monkeypatch.setitem(sys.modules, "respx", os)
    assert library.library().__name__ == "httpx"


def test_tls_contexts_are_made_once_a_process(face: Face) -> None:
    first = library.contexts.get(face.httpx, verify=True)
    assert library.contexts.get(face.httpx, verify=True) is first
    assert library.contexts.get(face.httpx, verify=False) is not first


def test_a_client_that_takes_any_certificate_warns(face: Face) -> None:
    connector = connector_at("https://api.example.com")
    with pytest.warns(UserWarning, match="takes any certificate"):
        client = face.client(connector, verify=False)
    with pytest.warns(UserWarning, match="takes any certificate"):
        client.with_options(verify=False)


@pytest.mark.parametrize("size", [0, 10, 300_000])
def test_bodies_are_sent_from_files_and_again_from_the_start(
    face: Face, service: ScriptedService, tmp_path: Any, size: int
) -> None:
    path = tmp_path / "body.bin"
    path.write_bytes(b"q" * size)
    put: Operation[Any] = Operation("put", "PUT", "/files", returns=None, send="bytes")
    service.on("PUT", "/files", reply(503), reply(204))
    face.run(face.at(service.url), put, body=path)
    assert [len(request.body) for request in service.requests] == [size, size]
    assert service.requests[1].header("content-length") == str(size)


def test_a_body_of_unknown_length_is_chunked_and_not_sent_twice(
    face: Face, service: ScriptedService
) -> None:
    put: Operation[Any] = Operation("put", "PUT", "/files", returns=None, send="bytes")
    service.on("PUT", "/files", reply(503), reply(204))
    parts = iter([b"ab" * 50_000, b"c"])
    with pytest.raises(errors.ServiceUnavailable):
        face.run(face.at(service.url), put, body=parts)
    (request,) = service.requests
    assert len(request.body) == 100_001
    assert request.header("transfer-encoding") == "chunked"


def test_a_body_that_cannot_be_read_raises_what_its_file_raises(
    face: Face, service: ScriptedService
) -> None:
    class Broken:
        def __iter__(self) -> Any:
            yield b"x"
            raise OSError("the disk is gone")

    put: Operation[Any] = Operation("put", "PUT", "/files", returns=None, send="bytes")
    service.on("PUT", "/files", reply(204))
    with pytest.raises(OSError, match="the disk is gone"):
        face.run(face.at(service.url), put, body=Broken())
    face.close()
    service.close()
    # Half a request is what the service rightly complains of.
    service.server.malformed.clear()


def test_an_untrusted_certificate_is_not_tried_again(face: Face, faults: FaultServer) -> None:
    # A plain port answers no TLS: the handshake fails before anything is sent.
    client = face.at(faults.url.replace("http://", "https://"), max_attempts=2, timeout=3.0)
    with pytest.raises(errors.ConnectionFailed) as caught:
        face.run(client, POST)
    assert caught.value.is_retry_safe is True


def test_sixty_four_calls_at_once(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/things", reply(json={"id": 1}))
    client = face.at(service.url)
    if face.is_async:

        async def many() -> list[Any]:
            return await asyncio.gather(*(client._run(GET) for _ in range(64)))

        results = face.get(many())
    else:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(16) as pool:
            results = list(pool.map(lambda _: client._run(GET), range(64)))
    assert results == [{"id": 1}] * 64
