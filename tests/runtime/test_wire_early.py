"""A service that answers before it has read the whole body: its answer is what counts."""

import asyncio
import socket
import ssl
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import pytest

from ferrule_runtime import errors
from ferrule_runtime.contract import Operation, Timeout
from ferrule_runtime.network import Tls
from ferrule_runtime.wires.early import EarlyStream, Socket, our_call
from tests.runtime.faces import Face
from tests.services.secure import Certificates, make_certificates

PUT: Operation[Any] = Operation("files.put", "PUT", "/x", send="bytes", returns=Any)
POST: Operation[Any] = Operation("files.post", "POST", "/x", send="bytes", returns=Any)
REFUSAL = b'HTTP/1.1 413 Too Large\r\nContent-Length: 13\r\n\r\n{"most": 512}'
# More than the kernel holds for a connection that nobody reads from.
LARGE = 12 * 1024 * 1024


class Impatient:
    """Answers each request when its headers are there, and reads no more of it.

    `leaves`: it closes the connection then, which resets it; else it holds it while it runs.
    """

    def __init__(self, said: bytes, *, leaves: bool, context: ssl.SSLContext | None = None) -> None:
        self._said, self._leaves, self._context = said, leaves, context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._held: list[socket.socket] = []
        self.count = 0
        self.left = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="impatient", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        scheme = "http" if self._context is None else "https"
        return f"{scheme}://127.0.0.1:{self._listener.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            try:
                opened, _ = self._listener.accept()
            except OSError:
                return
            # What is still to be sent when it leaves would be lost.
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._context is not None:
                opened = self._context.wrap_socket(opened, server_side=True)
            opened.settimeout(20.0)
            head = b""
            while b"\r\n\r\n" not in head:
                head += opened.recv(1024)
            self.count += 1
            opened.sendall(self._said)
            self._held.append(opened)
            if self._leaves:
                self.drop()

    def drop(self) -> None:
        while self._held:
            opened = self._held.pop()
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            opened.close()
            self.left.set()

    def stop(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(20.0)
        self.drop()


@contextmanager
def impatient(said: bytes = REFUSAL, **given: Any) -> Iterator[Impatient]:
    made = Impatient(said, **given)
    try:
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def parts() -> Iterator[bytes]:
    for _ in range(LARGE // 65536):
        yield bytes(65536)


def refusal_of(face: Face, service: Impatient, operation: Operation[Any], **given: Any) -> Any:
    # A thread that can send no more looks for an answer when its time to send is over.
    timeout = Timeout(connect=20.0, read=20.0, write=20.0 if face.is_async else 0.1)
    client = face.at(service.url, timeout=timeout, max_attempts=1, **given.pop("more", {}))
    with pytest.raises(errors.StatusError) as caught:
        face.run(client, operation, **given)
    assert caught.value.content == b'{"most": 512}'
    return caught.value


@pytest.mark.parametrize("leaves", [True, False], ids=["leaves", "stays"])
def test_the_answer_to_a_long_body_is_read(face: Face, leaves: bool) -> None:
    with impatient(leaves=leaves) as service:
        assert refusal_of(face, service, PUT, body=bytes(LARGE)).status_code == 413
        assert refusal_of(face, service, POST, body=parts()).status_code == 413
        assert service.count == 2
        face.close()


def test_the_answer_to_a_slow_body_is_read(face: Face) -> None:
    with impatient(leaves=True) as service:

        def slowly() -> Iterator[bytes]:
            assert service.left.wait(20.0)
            time.sleep(0.02)
            yield bytes(1000)

        assert refusal_of(face, service, POST, body=slowly()).status_code == 413
        face.close()


@pytest.mark.parametrize("leaves", [True, False], ids=["leaves", "stays"])
def test_the_answer_over_tls_is_read(face: Face, leaves: bool, certificates: Certificates) -> None:
    context = certificates.server_context(wants_client=False)
    # Tickets are on their way beside the answer: that something can be read says nothing.
    context.num_tickets = 2
    with impatient(leaves=leaves, context=context) as service:
        more = {"tls": Tls(ca=str(certificates.ca))}
        assert refusal_of(face, service, PUT, body=bytes(LARGE), more=more).status_code == 413
        face.close()


def test_what_is_said_on_the_way_is_no_answer(face: Face) -> None:
    said = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    with impatient(said + REFUSAL, leaves=True) as service:
        assert refusal_of(face, service, PUT, body=bytes(LARGE)).status_code == 413
        face.close()


def test_a_client_of_the_user_reads_it_in_our_calls(face: Face) -> None:
    with impatient(leaves=True) as service:
        own = face.own_client()
        refused = refusal_of(face, service, PUT, body=bytes(LARGE), more={"http_client": own})
        assert refused.status_code == 413
        face.close()


def test_what_is_short_is_sent_without_more_ado() -> None:
    class Network:
        sent = b""

        async def write(self, buffer: bytes, _timeout: float | None = None) -> None:
            self.sent += buffer

    async def sent(*, in_parts: bool) -> bool:
        network = Network()
        stream = EarlyStream(network, Socket(network), httpcore, is_ours=True)
        with our_call(in_parts=in_parts):
            await stream.write(b"GET")
            await asyncio.sleep(0.01)
            await stream.write(b"")
            is_watched = stream._reading is not None
            if not in_parts:
                await stream.write(b"{}")
                is_watched = is_watched or stream._reading is not None
        return is_watched

    assert not asyncio.run(sent(in_parts=False))
    assert not asyncio.run(sent(in_parts=True))
