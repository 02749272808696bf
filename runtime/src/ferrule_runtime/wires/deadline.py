"""Bounds the blocking reads and writes of a thread by one moment, however the bytes drip in.

A timeout of httpx bounds one read. A service that sends a byte now and then is never late, and
holds a call for hours; what bounds the call is the deadline of the thread that makes it.
"""

import sys
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any


class _Current(threading.local):
    at: float | None = None


_current = _Current()


class deadline:  # noqa: N801 - it is used as a block
    """Until this block ends, no read of this thread lasts longer than to this moment."""

    __slots__ = ("_at", "_before")

    def __init__(self, at: float | None) -> None:
        self._at = at

    def __enter__(self) -> None:
        self._before = _current.at
        _current.at = self._at

    def __exit__(self, *raised: object) -> None:
        _current.at = self._before


def _bounded(timeout: float | None, core: Any, kind: str) -> float | None:
    at = _current.at
    if at is None:
        return timeout
    left = at - time.monotonic()
    if left <= 0.0:
        raise getattr(core, kind)("the deadline of the call has passed")
    return left if timeout is None else min(timeout, left)


class BoundStream:
    """A network stream of httpcore, its reads and writes bounded."""

    def __init__(self, stream: Any, core: Any) -> None:
        self._stream = stream
        self._core = core

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data: bytes = self._stream.read(max_bytes, _bounded(timeout, self._core, "ReadTimeout"))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        bound = _bounded(timeout, self._core, "WriteTimeout")
        try:
            self._stream.write(buffer, bound)
        except self._core.WriteTimeout:
            if not self._stream.get_extra_info("is_readable"):
                raise
        else:
            return
        # Whoever has answered reads no more: httpcore reads the answer after this error.
        raise self._core.WriteError("the service has answered before all was sent")

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> "BoundStream":
        bound = _bounded(timeout, self._core, "ConnectTimeout")
        return BoundStream(self._stream.start_tls(ssl_context, server_hostname, bound), self._core)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class BoundBackend:
    """A network backend of httpcore whose streams are bounded."""

    def __init__(self, backend: Any, core: Any) -> None:
        self._backend = backend
        self._core = core

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> BoundStream:
        bound = _bounded(timeout, self._core, "ConnectTimeout")
        stream = self._backend.connect_tcp(host, port, bound, local_address, socket_options)
        return BoundStream(stream, self._core)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> BoundStream:
        bound = _bounded(timeout, self._core, "ConnectTimeout")
        # The backend's own method leaves the socket open when the connection cannot be made.
        connect = type(self._backend).connect_unix_socket
        stream_type = getattr(connect, "__globals__", {}).get("SyncStream")
        if stream_type is None:
            made = self._backend.connect_unix_socket(path, bound, socket_options)
        else:
            made = stream_type(self._connected(path, bound))
        return BoundStream(made, self._core)

    def _connected(self, path: str, timeout: float | None) -> Any:
        import socket

        opened = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            opened.settimeout(timeout)
            opened.connect(path)
        except TimeoutError as error:
            opened.close()
            raise self._core.ConnectTimeout(str(error)) from error
        except OSError as error:
            opened.close()
            raise self._core.ConnectError(str(error)) from error
        return opened

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)


def bind(client: Any) -> None:
    """Bound the network of a client in our calls.

    Where its pools cannot be reached, each read is still bounded by the time that was left when it
    began.
    """
    for pool, core in pools_of(client):
        backend = pool._network_backend
        if not isinstance(backend, BoundBackend):
            pool._network_backend = BoundBackend(backend, core)


def pools_of(client: Any) -> Iterator[tuple[Any, Any]]:
    """The pools of an httpx client, each with the httpcore that it is of.

    httpcore takes a network backend, httpx has no argument to pass it on: its pools are asked for
    by the names that they have in both packages. One that has others is left as it is.
    """
    for transport in (
        getattr(client, "_transport", None),
        *getattr(client, "_mounts", {}).values(),
    ):
        pool = getattr(transport, "_pool", None)
        core = sys.modules.get(type(pool).__module__.partition(".")[0])
        if getattr(pool, "_network_backend", None) is not None and hasattr(core, "ReadTimeout"):
            yield pool, core
