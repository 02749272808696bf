"""The wire of our own: when it is taken, how it keeps connections, and that none is ever lost."""

import asyncio
import contextlib
import os
import re
import socket
import ssl
import sys
import types
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import unquote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ferrule_runtime import errors
from ferrule_runtime.client import AsyncClient, SyncClient
from ferrule_runtime.contract import Operation, ref, template
from ferrule_runtime.urls import without_dots
from ferrule_runtime.wires import library
from ferrule_runtime.wires.core import AsyncCoreWire, CoreWire
from ferrule_runtime.wires.kept import Kept
from ferrule_runtime.wires.public import AsyncPublicWire, PublicWire
from tests.runtime.faces import Face, connector_at
from tests.services.loopback import Ending, Request
from tests.services.scripted import ScriptedService, reply

GET: Operation[Any] = Operation("things.get", "GET", "/things", returns=dict[str, Any])


class Connection:
    """As much of a connection as keeping it takes."""

    def __init__(self, *, is_old: bool = False) -> None:
        self.is_old = is_old

    def has_expired(self) -> bool:
        return self.is_old


# --- connections that are kept


def test_the_last_one_used_is_taken_first() -> None:
    kept, first, second = Kept(), Connection(), Connection()
    assert [kept.take(), kept.take()] == [(None, None)] * 2
    kept.give(first)
    kept.give(second)
    assert (kept.take()[0], kept.take()[0]) == (second, first)
    assert (kept.open, kept.idle) == (2, 0)


def test_no_more_than_so_many_are_open_and_who_waits_longest_is_served_first() -> None:
    kept, connection = Kept(most=1), Connection()
    assert kept.take() == (None, None)
    turns = [kept.take()[1] for _ in range(3)]
    assert kept.give(connection) == []
    kept.give(None)
    assert [turn.is_set for turn in turns if turn is not None] == [True, True, False]
    assert turns[0] is not None
    assert turns[0].value is connection
    assert turns[1] is not None
    assert turns[1].value is None
    assert kept.open == 1


def test_who_waits_no_longer_hands_on_what_came() -> None:
    kept, connection = Kept(most=1), Connection()
    kept.take()
    first, second = kept.take()[1], kept.take()[1]
    assert first is not None
    assert second is not None
    kept.give(connection)
    kept.leave(first)
    assert second.value is connection
    third = kept.take()[1]
    assert third is not None
    assert kept.leave(third) == []
    kept.give(connection)
    assert (kept.open, kept.idle) == (1, 1)


def test_the_oldest_are_closed_when_they_are_no_longer_good() -> None:
    kept, old, fresh = Kept(), Connection(is_old=True), Connection()
    for _ in range(3):
        kept.take()
    kept.give(Connection())
    kept._sweep_at = 0.0
    kept._idle.insert(0, old)
    assert kept.give(fresh) == [old]
    assert kept.idle == 2


def test_nothing_is_kept_after_it_was_emptied() -> None:
    kept, idle, busy = Kept(), Connection(), Connection()
    kept.take()
    kept.take()
    kept.give(idle)
    assert kept.empty() == [idle]
    assert kept.give(busy) == [busy]
    assert (kept.open, kept.idle) == (0, 0)


# --- which wire is taken


def wire_of(face: Face, client: Any) -> Any:
    link = client._installation.link
    if not face.is_async:
        return link.wire(verify=True)

    async def taken() -> Any:
        return link.async_wire(asyncio.get_running_loop(), verify=True)

    return face.get(_Awaitable(taken))


class _Awaitable:
    def __init__(self, function: Any) -> None:
        self._function = function

    def __await__(self) -> Any:
        return self._function().__await__()


def is_core(wire: Any) -> bool:
    assert isinstance(wire, (CoreWire, AsyncCoreWire, PublicWire, AsyncPublicWire))
    return isinstance(wire, (CoreWire, AsyncCoreWire))


def test_it_is_taken_where_nothing_stands_between(face: Face) -> None:
    assert is_core(wire_of(face, face.at("http://127.0.0.1:1"))) is face.is_core
    assert not is_core(wire_of(face, face.at("http://127.0.0.1:1", http_client=face.own_client())))
    assert not is_core(wire_of(face, face.at("http://127.0.0.1:1", proxy="http://127.0.0.1:1")))


@pytest.mark.parametrize("tool", ["respx", "pytest_httpx", "vcr"])
def test_a_tool_that_replaces_httpx_is_not_passed_by(
    monkeypatch: pytest.MonkeyPatch, tool: str
) -> None:
    assert library.is_watched() is False
    monkeypatch.setitem(sys.modules, tool, types.ModuleType(tool))
    assert library.is_watched() is True


@pytest.mark.parametrize("name", ["httpx", "httpx2"])
@pytest.mark.parametrize("owner", ["Client", "HTTPTransport"])
def test_a_patched_httpx_is_not_passed_by(
    monkeypatch: pytest.MonkeyPatch, name: str, owner: str
) -> None:
    kind = getattr(pytest.importorskip(name), owner)
    method = "send" if owner == "Client" else "handle_request"
    original = getattr(kind, method)

    def patched(*given: Any, **named: Any) -> Any:
        return original(*given, **named)

    monkeypatch.setattr(kind, method, patched)
    assert library.is_watched() is True


def test_a_proxy_of_the_environment_is_asked(
    face: Face, service: ScriptedService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", service.url)
    monkeypatch.delenv("no_proxy", raising=False)
    service.on("GET", "http://api.example.com/things", reply(json={"by": "proxy"}))
    assert face.run(face.at("http://api.example.com"), GET) == {"by": "proxy"}


@pytest.mark.parametrize("url", ["socks://127.0.0.1:1", "nonsense://us:pr0xy-pw@127.0.0.1:1"])
def test_a_proxy_of_the_environment_that_is_none_is_told(
    face: Face, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("all_proxy", url)
    monkeypatch.delenv("no_proxy", raising=False)
    expected = "proxy of the environment .* cannot be used"
    with pytest.raises(errors.ConfigurationError, match=expected) as caught:
        face.run(face.at("http://api.example.com"), GET)
    assert "pr0xy-pw" not in str(caught.value)
    # Which origins it is asked for is seen by the core wire as it sends, and by httpx before.
    assert caught.value.attempts == (1 if face.is_core else 0)


def test_a_proxy_that_cannot_be_reached_is_named(
    face: Face, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        proxy = f"http://us:pr0xy-pw@127.0.0.1:{unused.getsockname()[1]}"
        client = face.at("http://api.example.com", proxy=proxy, max_attempts=1)
        with pytest.raises(errors.ConnectionFailed, match=r"\(through the proxy\)$"):
            face.run(client, GET)
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.delenv("no_proxy", raising=False)
        expected = r"\(through the proxy of the environment\)$"
        with pytest.raises(errors.ConnectionFailed, match=expected) as caught:
            face.run(face.at("http://api.example.com", max_attempts=1), GET)
        assert "pr0xy-pw" not in str(caught.value)


def test_no_proxy_is_asked_for_what_is_excepted(
    face: Face, service: ScriptedService, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{unused.getsockname()[1]}")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    service.on("GET", "/things", reply(json={"by": "service"}))
    assert face.run(face.at(service.url), GET) == {"by": "service"}


# --- calls


def test_both_wires_send_the_same_request(face: Face, service: ScriptedService) -> None:
    create: Operation[Any] = Operation("a.b", "POST", "/a{name}/{place}", returns=dict[str, Any])
    service.on("POST", re.compile("/a.*"), reply(json={"id": 1}))
    client = face.at(service.url)
    arguments: Any = {"path": ("(b)", "é/1"), "query": {"q": "a b", "page[size]": 2}}
    assert face.run(client, create, **arguments, body={"x": 1}) == {"id": 1}
    assert face.run(client, create, **arguments) == {"id": 1}
    with_body, without = service.requests
    assert with_body.target == "/a%28b%29/%C3%A9%2F1?q=a%20b&page%5Bsize%5D=2"
    assert with_body.header("content-length") == "7"
    assert without.header("content-length") == "0"
    assert with_body.header("host") == service.url.removeprefix("http://")
    assert with_body.header("transfer-encoding") is None
    names = [name.lower() for name, _ in with_body.headers]
    assert len(names) == len(set(names))


def wire_homes(face: Face, client: Any) -> Any:
    (home,) = wire_of(face, client)._homes.values()
    return home.kept


def test_a_connection_that_the_service_has_closed_is_not_used_again(
    face: Face, service: ScriptedService
) -> None:
    closing = reply(json={"id": 1}, headers={"connection": "close"})
    service.on("GET", "/things", closing)
    client = face.at(service.url, max_attempts=1)
    for _ in range(3):
        assert face.run(client, GET) == {"id": 1}
    assert len(service.requests) == 3


def test_one_connection_serves_calls_that_follow_each_other(
    face: Face, service: ScriptedService
) -> None:
    service.on("GET", "/things", reply(json={"id": 1}))
    client = face.at(service.url)
    for _ in range(5):
        face.run(client, GET)
    if face.is_core:
        kept = wire_homes(face, client)
        assert (kept.open, kept.idle) == (1, 1)
    assert len(service.requests) == 5


@pytest.mark.parametrize("fault", [Ending.RESET, Ending.CLOSE])
def test_no_fault_keeps_a_place(face: Face, service: ScriptedService, fault: Ending) -> None:
    service.on("GET", "/things", fault)
    client = face.at(service.url, max_attempts=2)
    with pytest.raises(errors.ConnectionFailed):
        face.run(client, GET)
    if face.is_core:
        assert wire_homes(face, client).open == 0
    assert len(service.requests) == 2


def sync_client(service: ScriptedService, **options: Any) -> Any:
    connector = connector_at(service.url)
    return type("Acme", (SyncClient,), {"_connector": connector})({}, {"backoff": None, **options})


def async_client(service: ScriptedService, **options: Any) -> Any:
    connector = connector_at(service.url)
    return type("Acme", (AsyncClient,), {"_connector": connector})({}, {"backoff": None, **options})


def kept_of(wire: Any) -> Kept:
    assert isinstance(wire, (CoreWire, AsyncCoreWire))
    (home,) = wire._homes.values()
    assert home is not None
    return home.kept


def test_threads_share_connections(service: ScriptedService) -> None:
    service.on("GET", "/things", reply(json={"id": 1}))
    with sync_client(service) as client, ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: client._run(GET), range(80)))
        kept = kept_of(client._installation.link.wire(verify=True))
        assert found == [{"id": 1}] * 80
        assert kept.open == kept.idle <= 8


def test_a_call_that_finds_no_connection_free_says_so(service: ScriptedService) -> None:
    has_begun, may_end = Event(), Event()

    def slow(request: Request) -> Any:
        has_begun.set()
        may_end.wait(20)
        return reply(json={"id": 1})

    service.on("GET", "/things", slow)
    with (
        sync_client(service, max_attempts=1, timeout=20.0) as client,
        ThreadPoolExecutor(1) as pool,
    ):
        first = pool.submit(client._run, GET)
        assert has_begun.wait(20)
        kept = kept_of(client._installation.link.wire(verify=True))
        kept._most = 1
        with pytest.raises(errors.Timeout, match="no connection became free") as caught:
            client.with_options(timeout=0.05)._run(GET)
        assert caught.value.is_retry_safe is True
        may_end.set()
        assert first.result(20) == {"id": 1}
        assert client._run(GET) == {"id": 1}
        assert (kept.open, kept.idle) == (1, 1)


def test_cancelled_calls_leave_no_connection_behind(service: ScriptedService) -> None:
    may_end = Event()

    def slow(request: Request) -> Any:
        may_end.wait(20)
        return reply(json={"id": 1})

    service.on("GET", "/things", slow)

    async def main() -> None:
        async with async_client(service, max_attempts=1) as client:
            wire = client._installation.link.async_wire(asyncio.get_running_loop(), verify=True)
            wire._settle(client._installation.base[0])
            kept = kept_of(wire)
            kept._most = 4
            tasks = [asyncio.create_task(client._run(GET)) for _ in range(12)]
            # Some are connecting, some wait for an answer, the others for a connection.
            for _ in range(1000):
                if len(service.requests) >= 4:
                    break
                await asyncio.sleep(0.01)
            for task in tasks[::2]:
                task.cancel()
            may_end.set()
            found = await asyncio.gather(*tasks, return_exceptions=True)
            assert found[1::2] == [{"id": 1}] * 6
            assert all(isinstance(each, asyncio.CancelledError) for each in found[::2])
            assert kept.open == kept.idle <= 4
            assert await client._run(GET) == {"id": 1}

    asyncio.run(main())


def test_each_event_loop_has_connections_of_its_own(service: ScriptedService) -> None:
    service.on("GET", "/things", reply(json={"id": 1}))
    client = async_client(service)

    async def twice() -> Any:
        async with client:
            return [await client._run(GET) for _ in range(2)]

    for _ in range(3):
        assert asyncio.run(twice()) == [{"id": 1}] * 2
    assert not client._installation.link._async


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_child_process_opens_connections_of_its_own(service: ScriptedService) -> None:
    service.on("GET", "/things", reply(json={"id": 1}))
    with sync_client(service) as client:
        assert client._run(GET) == {"id": 1}
        child = os.fork()
        if child == 0:
            code = 1
            try:
                code = 0 if client._run(GET) == {"id": 1} else 2
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert client._run(GET) == {"id": 1}
        assert len(service.requests) == 3


def test_closing_while_a_call_runs_lets_it_end(service: ScriptedService) -> None:
    has_begun, may_end = Event(), Event()

    def slow(request: Request) -> Any:
        has_begun.set()
        may_end.wait(20)
        return reply(json={"id": 1})

    service.on("GET", "/things", slow)
    client = sync_client(service)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(client._run, GET)
        assert has_begun.wait(20)
        kept = kept_of(client._installation.link.wire(verify=True))
        client.close()
        may_end.set()
        assert running.result(20) == {"id": 1}
    assert kept.open == 0
    assert client._run(GET) == {"id": 1}
    client.close()


def test_origins_are_not_kept_without_bound(service: ScriptedService) -> None:
    service.on("GET", "/things", reply(json={"id": 1}))
    with sync_client(service) as client:
        wire = client._installation.link.wire(verify=True)
        client._run(GET)
        kept = kept_of(wire)
        for number in range(40):
            origin = type(client._installation.base[0])("http", f"h{number}.example.com", 80)
            for connection in wire._settle(origin)[1]:
                connection.close()
        assert len(wire._homes) == 32
        assert (kept.open, kept.idle) == (0, 0)


STREAM: Operation[Any] = Operation("things.read", "GET", "/file", stream="bytes")


@pytest.mark.parametrize("is_read", [True, False])
def test_a_stream_gives_its_connection_back(
    face: Face, service: ScriptedService, is_read: bool
) -> None:
    size = 2_000_000
    service.on("GET", "/file", reply(content=b"x" * size))
    client = face.at(service.url)
    if face.is_async:

        async def read() -> int:
            count = 0
            async with await client._download(STREAM) as stream:
                async for part in stream:
                    count += len(part)
                    if not is_read:
                        break
            return count

        count = face.get(_Awaitable(read))
    else:
        count = 0
        with client._download(STREAM) as stream:
            for part in stream:
                count += len(part)
                if not is_read:
                    break
    assert (count == size) is is_read
    if face.is_core:
        kept = wire_homes(face, client)
        assert (kept.open, kept.idle) == ((1, 1) if is_read else (0, 0))


ODD_TARGETS = ["/a|b", '/"x"?q="y"&z={1}', "/a/../b", "/a/./b?q=../c", "/é?ü=1", "/[1]?a[b]=c"]


@pytest.mark.parametrize("target", ODD_TARGETS)
def test_what_is_odd_in_a_url_is_sent_as_valid_http(
    face: Face, service: ScriptedService, target: str
) -> None:
    service.on("GET", re.compile("/.*"), reply(json={"id": 1}))
    free: Operation[Any] = Operation(
        "any.get", "GET", "", url=template(ref("input", "url")), returns=dict[str, Any]
    )
    client = face.at(service.url)
    assert face.run(client, free, url=service.url + target) == {"id": 1}
    sent = service.requests[0].target
    assert sent.isascii()
    assert "/.." not in sent.partition("?")[0]
    path, mark, query = target.partition("?")
    assert unquote(sent) == without_dots(path) + mark + query


# --- TLS


@pytest.fixture(scope="module")
def secure_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service with a certificate that nobody has signed but itself."""
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    file.write_bytes(self_signed())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "9")
            self.end_headers()
            self.wfile.write(b'{"id": 1}')

        def log_message(self, *given: Any, **named: Any) -> None:
            return None

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            return None

    with Server(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join(20)


def self_signed() -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    key = ec.generate_private_key(ec.SECP256R1())
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(pem, *plain) + certificate.public_bytes(pem)


def test_a_certificate_that_is_not_trusted_ends_the_call(face: Face, secure_url: str) -> None:
    client = face.at(secure_url, max_attempts=3)
    with pytest.raises(errors.ConnectionFailed, match="the certificate is not trusted") as caught:
        face.run(client, GET)
    assert caught.value.attempts == 1


def test_without_verifying_any_certificate_does(face: Face, secure_url: str) -> None:
    with pytest.warns(UserWarning, match="takes any certificate"):
        client = face.client(connector_at(secure_url), verify=False)
    assert [face.run(client, GET) for _ in range(2)] == [{"id": 1}] * 2
