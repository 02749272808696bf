"""Serves HTTP/1.1 on loopback with given bytes, and keeps every request as it came."""

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Any, Self

import h11

IDLE_SECONDS = 30.0
"""A connection on which nothing arrives for so long is closed."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request, exactly as it stood on the wire."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    port: int

    @property
    def path(self) -> str:
        """The target up to the question mark, not decoded."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The target after the question mark, not decoded."""
        return self.target.partition("?")[2]

    def header(self, name: str) -> str | None:
        """The values of a header, in whatever case it came, joined by `, `."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(values) if values else None

    def json(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Pause:
    """Send nothing for a while; stopping the server ends it at once."""

    seconds: float


class Ending(Enum):
    """What is done to a connection instead of keeping it open."""

    CLOSE = "the connection is closed in order"
    RESET = "the connection is torn down with a TCP reset"


Step = bytes | Pause | Ending
Answer = Callable[[Request], Iterable[Step]]


class LoopbackServer:
    """Listens on one or more free ports; each connection is served by a thread of its own.

    `answer` is called in that thread for each request; what it yields is sent as it is.
    """

    def __init__(self, answer: Answer, *, ports: int = 1) -> None:
        self.requests: list[Request] = []
        self.malformed: list[str] = []
        self.failures: list[Exception] = []
        self._answer = answer
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(ports)]
        self.ports = [int(listener.getsockname()[1]) for listener in self._listeners]
        for listener in self._listeners:
            self._start(self._accept, listener)

    @property
    def url(self) -> str:
        """The origin of the first port, without a slash at its end."""
        return f"http://127.0.0.1:{self.ports[0]}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening, end every connection, wait for every thread."""
        self._stopping.set()
        for port in self.ports:
            # Closing a listener does not wake a thread that waits in accept; a visitor does.
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            threads = list(self._threads)
        for thread in threads:
            thread.join(timeout=5)
            if thread.is_alive():
                raise RuntimeError(f"a thread of the server on {self.url} does not end")

    def _start(self, target: Callable[[socket.socket], None], argument: socket.socket) -> None:
        thread = threading.Thread(target=target, args=(argument,), daemon=True)
        with self._lock:
            self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        with listener:
            while not self._stopping.is_set():
                connection, _ = listener.accept()
                connection.settimeout(IDLE_SECONDS)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                with self._lock:
                    self._open.add(connection)
                self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        try:
            # A visitor who leaves in the middle is what many tests are about.
            with connection, contextlib.suppress(OSError):
                for request in self._read_requests(connection):
                    with self._lock:
                        self.requests.append(request)
                    if not self._send(connection, request):
                        return
        finally:
            with self._lock:
                self._open.discard(connection)

    def _read_requests(self, connection: socket.socket) -> Iterator[Request]:
        port = int(connection.getsockname()[1])
        unread = b""
        while not self._stopping.is_set():
            reader = h11.Connection(h11.SERVER, max_incomplete_event_size=1 << 20)
            reader.receive_data(unread) if unread else None
            try:
                request = _read_request(reader, connection, port)
            except h11.RemoteProtocolError as error:
                self.malformed.append(str(error))
                connection.sendall(response(400, b"malformed request", "text/plain", close=True))
                return
            if request is None:
                return
            unread = reader.trailing_data[0]
            yield request

    def _send(self, connection: socket.socket, request: Request) -> bool:
        """Send the steps of an answer; False when the connection is used up."""
        try:
            steps = iter(self._answer(request))
            for step in steps:
                if isinstance(step, bytes):
                    connection.sendall(step)
                elif isinstance(step, Pause):
                    if self._stopping.wait(step.seconds):
                        return False
                elif step is Ending.RESET:
                    linger_for_no_time = struct.pack("ii", 1, 0)
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_for_no_time)
                    return False
                else:
                    return False
        except OSError:
            raise
        except Exception as error:
            self.failures.append(error)
            connection.sendall(response(500, repr(error).encode(), "text/plain", close=True))
            return False
        return True


def _read_request(reader: h11.Connection, connection: socket.socket, port: int) -> Request | None:
    head: h11.Request | None = None
    body = b""
    while True:
        event = reader.next_event()
        if event is h11.NEED_DATA:
            reader.receive_data(connection.recv(1 << 16))
        elif isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body += bytes(event.data)
        elif isinstance(event, h11.EndOfMessage) and head is not None:
            return Request(
                method=head.method.decode("ascii"),
                target=head.target.decode("latin-1"),
                headers=tuple(
                    (name.decode("latin-1"), value.decode("latin-1"))
                    for name, value in head.headers.raw_items()
                ),
                body=body,
                port=port,
            )
        else:
            return None


def response(
    status: int,
    body: bytes = b'{"ok":true}',
    content_type: str | None = "application/json",
    headers: Iterable[tuple[str, str]] = (),
    *,
    length: int | None = None,
    close: bool = False,
) -> bytes:
    """The bytes of a response; `length` is what Content-Length claims if not the truth."""
    lines = [f"HTTP/1.1 {status} Scripted"]
    if content_type is not None:
        lines.append(f"Content-Type: {content_type}")
    if status >= 200 and status not in (204, 304):
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    lines += [f"{name}: {value}" for name, value in headers]
    if close:
        lines.append("Connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body
