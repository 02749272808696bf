"""Reads what a service says while a body is still sent to it, on an event loop.

A service that refuses a body answers and closes the connection without having read the rest. A
thread that cannot go on sending still reads that answer from its socket; asyncio closes the socket,
and with it goes what was not read. So the answer is waited for while a long body is sent, and what
has come by the time sending fails is read from a second handle on the socket.
"""

import asyncio
import time
from collections.abc import Awaitable, Iterable
from contextvars import ContextVar
from typing import Any

from anyio import BrokenResourceError

from ferrule_runtime.wires.deadline import pools_of

# What is shorter, and comes quicker, is sent before an answer can have come.
_UNWATCHED_BYTES = 32_768
_UNWATCHED_SECONDS = 0.001
_PART_BYTES = 65_536
_OURS, _IN_PARTS = 1, 2
_sending: ContextVar[int] = ContextVar("ferrule_sending", default=0)


class our_call:  # noqa: N801 - it is used as a block
    """Until this block ends, what is sent through a user's client is watched.

    A body that comes `in_parts` may take its time.
    """

    __slots__ = ("_kind", "_token")

    def __init__(self, *, in_parts: bool) -> None:
        self._kind = _IN_PARTS if in_parts else _OURS

    def __enter__(self) -> None:
        self._token = _sending.set(self._kind)

    def __exit__(self, *raised: object) -> None:
        _sending.reset(self._token)


class Socket:
    """A byte stream of anyio; once it is held, sending never fails and what has come is kept."""

    __slots__ = ("_second", "_stream", "is_lost")

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._second: Any = None
        self.is_lost = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def hold(self) -> None:
        """Take a second handle on the socket, where the loop lets one."""
        if self._second is None:
            try:
                self._second = self._stream._raw_socket.dup()
                self._second.setblocking(False)
            except (AttributeError, OSError, TypeError):
                self._second = None

    async def send(self, item: bytes) -> None:
        try:
            await self._stream.send(item)
        except BrokenResourceError:
            # anyio reads nothing any more from a TLS stream that could not be written to.
            if self._second is None:
                raise
            self.is_lost = True

    async def receive(self, max_bytes: int = _PART_BYTES) -> bytes:
        try:
            data: bytes = await self._stream.receive(max_bytes)
        except BrokenResourceError:
            data = self._left(max_bytes)
            if not data:
                raise
        return data

    def _left(self, max_bytes: int) -> bytes:
        try:
            data: bytes = b"" if self._second is None else self._second.recv(max_bytes)
        except OSError:
            data = b""
        return data

    async def aclose(self) -> None:
        second, self._second = self._second, None
        if second is not None:
            second.close()
        await self._stream.aclose()


class EarlyStream:
    """A network stream of httpcore that may be read while it is written to.

    Once the service has refused, no more is sent: httpcore is told that it cannot write, which is
    when it reads the answer and closes the connection.
    """

    __slots__ = (
        "_began",
        "_core",
        "_early",
        "_is_ours",
        "_reading",
        "_sent",
        "_socket",
        "_stream",
        "_writing",
    )

    def __init__(self, stream: Any, socket: Socket, core: Any, *, is_ours: bool) -> None:
        self._stream = stream
        self._socket = socket
        self._core = core
        self._is_ours = is_ours
        # How much went out since something was read last, and since when.
        self._sent = 0
        self._began = 0.0
        self._early = b""
        self._reading: asyncio.Task[None] | None = None
        self._writing: asyncio.Task[None] | None = None

    def write(self, buffer: bytes, timeout: float | None = None) -> Awaitable[None]:
        if not self._sent:
            self._began = time.monotonic()
        self._sent += len(buffer)
        if buffer and self._is_watched():
            return self._write_watching(buffer, timeout)
        written: Awaitable[None] = self._stream.write(buffer, timeout)
        return written

    def _is_watched(self) -> bool:
        if self._sent > _UNWATCHED_BYTES:
            return self._is_ours or _sending.get() > 0
        is_slow = time.monotonic() - self._began > _UNWATCHED_SECONDS
        return is_slow and _sending.get() == _IN_PARTS

    async def _write_watching(self, buffer: bytes, timeout: float | None) -> None:
        if self._reading is None:
            self._socket.hold()
            self._reading = _task(self._read_early())
        writing = self._writing = _task(self._stream.write(buffer, timeout))
        await asyncio.wait((writing, self._reading), return_when=asyncio.FIRST_COMPLETED)
        if not (self._reading.done() and _is_refusal(self._early)):
            await writing
            if not self._socket.is_lost:
                return
        # A write that goes on is left as it is: one that is cancelled breaks TLS for reading, too.
        raise self._core.WriteError("the service has answered, or left, before all was sent")

    async def _read_early(self) -> None:
        while _status_of(self._early) is None:
            try:
                data = await self._stream.read(_PART_BYTES)
            except Exception:  # noqa: BLE001 - whoever reads next is told
                return
            if not data:
                return
            self._early += data

    def read(self, max_bytes: int, timeout: float | None = None) -> Awaitable[bytes]:
        self._sent = 0
        if self._reading is None and not self._early:
            data: Awaitable[bytes] = self._stream.read(max_bytes, timeout)
            return data
        return self._read_kept(max_bytes, timeout)

    async def _read_kept(self, max_bytes: int, timeout: float | None) -> bytes:
        if self._reading is not None:
            done, _ = await asyncio.wait((self._reading,), timeout=timeout)
            if not done:
                raise self._core.ReadTimeout
            self._reading = None
        if not self._early:
            data: bytes = await self._stream.read(max_bytes, timeout)
            return data
        data, self._early = self._early[:max_bytes], self._early[max_bytes:]
        return data

    async def aclose(self) -> None:
        for task in (self._reading, self._writing):
            if task is not None:
                task.cancel()
        self._reading = self._writing = None
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> Any:
        made = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        found = made.get_extra_info("ssl_object")
        if found is not None and found.selected_alpn_protocol() == "h2":
            # Its library reads while it writes.
            return made
        return EarlyStream(made, self._socket, self._core, is_ours=self._is_ours)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _task(work: Any) -> "asyncio.Task[None]":
    task: asyncio.Task[None] = asyncio.ensure_future(work)
    # Whoever awaits it is told as well; where nobody is left to, the call has its answer.
    task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
    return task


def _is_refusal(said: bytes) -> bool:
    return (_status_of(said) or 0) >= 400


def _status_of(said: bytes) -> int | None:
    """The status of an answer as far as it was read, 0 where it is none; None: not yet known.

    What a service says on the way (100, 103) is no answer.
    """
    while len(line := said[:12]) == 12:
        if not line.startswith(b"HTTP/1.") or not line[9:].isdigit():
            return 0
        status = int(line[9:])
        if status >= 200:
            return status
        _, is_whole, said = said.partition(b"\r\n\r\n")
        if not is_whole:
            return None
    return None


class EarlyBackend:
    """A network backend of httpcore whose streams may be read while they are written to.

    Of a client that is not ours only our own calls are watched.
    """

    def __init__(self, backend: Any, core: Any, *, is_ours: bool) -> None:
        self._backend = backend
        self._core = core
        self._is_ours = is_ours

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Any:
        made = await self._backend.connect_tcp(host, port, timeout, local_address, socket_options)
        return self._watched(made)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Any:
        made = await self._backend.connect_unix_socket(path, timeout, socket_options)
        return self._watched(made)

    def _watched(self, made: Any) -> Any:
        # A stream of another library than asyncio, or a mocked one, is left as it is.
        if type(made).__name__ != "AnyIOStream" or not hasattr(made, "_stream"):
            return made
        socket = Socket(made._stream)
        return EarlyStream(type(made)(socket), socket, self._core, is_ours=self._is_ours)

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)


def watch(client: Any, *, is_ours: bool) -> None:
    """Have the connections that an httpx client opens from now on watched."""
    for pool, core in pools_of(client):
        backend = pool._network_backend
        if not isinstance(backend, EarlyBackend):
            pool._network_backend = EarlyBackend(backend, core, is_ours=is_ours)
