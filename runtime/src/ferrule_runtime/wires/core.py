"""Sends calls over connections of httpcore that we keep ourselves: no pool, no client between."""

import re
import time
from collections.abc import AsyncIterator, Callable, Iterator
from types import ModuleType
from typing import Any
from urllib.parse import quote

from ferrule_runtime.bounds import NEVER
from ferrule_runtime.connector import Timeout
from ferrule_runtime.latch import Latch
from ferrule_runtime.network import NetworkFault
from ferrule_runtime.urls import without_dots
from ferrule_runtime.wire import Body, Call, Lines, Origin, Reply, WireFault
from ferrule_runtime.wires.attempt import (
    AsyncParts,
    Parts,
    check_headers,
    gathered_of,
    is_late,
    lines_of,
    settled,
    too_late,
)
from ferrule_runtime.wires.content import Unpacker, encodings_of
from ferrule_runtime.wires.deadline import BoundBackend, deadline
from ferrule_runtime.wires.early import EarlyBackend, our_call
from ferrule_runtime.wires.faults import as_fault
from ferrule_runtime.wires.kept import IDLE_SECONDS, Kept
from ferrule_runtime.wires.library import is_proxied
from ferrule_runtime.wires.public import AsyncPublicWire

_LONGEST_URL = 65536
# A client of one service meets a few origins; one for any URL may meet thousands.
_MOST_ORIGINS = 32
_TARGET_SAFE = "/%:@!$&'()*+,;=~-._?[]"
_is_target = re.compile(r"/[A-Za-z0-9/%:@!$&'()*+,;=~\-._?\[\]]*").fullmatch
_has_body = frozenset((b"POST", b"PUT", b"PATCH"))


class _Home:
    """One origin: how it is named in requests, and the connections to it."""

    __slots__ = ("host", "host_line", "kept", "origin", "port", "scheme")

    def __init__(self, core: ModuleType, origin: Origin) -> None:
        self.scheme = origin.scheme.encode("ascii")
        self.host = origin.host.encode("ascii")
        self.port = origin.port
        self.host_line = (b"host", origin.text.partition("://")[2].encode("ascii"))
        self.origin = core.Origin(self.scheme, self.host, origin.port)
        self.kept = Kept()


_unmet: Any = object()


class _Nothing:
    """No body at all: httpcore would send an empty part, which costs as much as a full one."""

    def __iter__(self) -> Iterator[bytes]:
        return iter(())

    async def __aiter__(self) -> AsyncIterator[bytes]:
        nothing: tuple[bytes, ...] = ()
        for part in nothing:
            yield part


_nothing = _Nothing()


class _Core:
    """What the sync and the async wire share: requests, origins, and how bodies are bounded."""

    _backend_of: Callable[[ModuleType], Any]
    __slots__ = (
        "_backend",
        "_context",
        "_core",
        "_homes",
        "_known",
        "_make_public",
        "_public",
        "_socket",
    )

    def __init__(
        self,
        core: ModuleType,
        context: Callable[[], Any],
        make_public: Callable[[], Any],
        socket: str | None = None,
    ) -> None:
        """`context` gives the TLS context; `make_public` the wire for origins behind a proxy.

        With a `socket` every connection leads through this Unix socket, whatever the origin.
        """
        self._core = core
        self._backend = self._backend_of(core)
        self._context = context
        self._make_public = make_public
        self._socket = socket
        self._public: Any = None
        # None for an origin behind a proxy.
        self._homes: dict[str, _Home | None] = {}
        # The timeouts that the last call had, nearly always those of the next one.
        self._known: tuple[Timeout | None, dict[str, float | None], float] = (None, {}, NEVER)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._core.__name__})"

    def counted(self) -> tuple[int, int]:
        """How many connections are open, and how many of them idle."""
        kept = [home.kept for home in list(self._homes.values()) if home is not None]
        return sum(each.open for each in kept), sum(each.idle for each in kept)

    def _settle(self, origin: Origin) -> tuple[_Home | None, list[Any]]:
        """The home of an origin not met yet, and connections of an older one that are to close."""
        is_elsewhere = self._socket is None and is_proxied(origin)
        home = None if is_elsewhere else _Home(self._core, origin)
        home = self._homes.setdefault(origin.text, home)
        oldest = next(iter(self._homes)) if len(self._homes) > _MOST_ORIGINS else ""
        left = self._homes.pop(oldest, None)
        return home, [] if left is None else left.kept.empty()

    def _elsewhere(self) -> Any:
        told = ""
        if self._public is None:
            try:
                self._public = self._make_public()
            except NetworkFault as fault:
                told = str(fault)
        if told:
            raise WireFault(told, was_sent=False, may_pass=False, is_configuration=True)
        return self._public

    def _timeouts(self, call: Call) -> dict[str, float | None]:
        """The bounds of this attempt's steps, none of them longer than the call has time."""
        timeout, at = call.timeout, call.deadline
        known, steps, longest = self._known
        if known is not timeout or timeout is None:
            steps = _steps_of(timeout)
            # A step without a bound is longer than any deadline.
            longest = max(
                (NEVER if each is None else each for each in steps.values()), default=NEVER
            )
            # One tuple, so that two threads cannot tear it.
            self._known = (timeout, steps, longest)
        if at is not None:
            left = at - time.monotonic()
            if left <= 0.0:
                raise too_late(was_sent=False)
            if longest > left:
                given = ((name, steps.get(name)) for name in ("connect", "read", "write", "pool"))
                return {name: left if own is None else min(own, left) for name, own in given}
        # Streams change theirs.
        return steps.copy() if call.plan.is_streaming else steps

    def _request(self, call: Call, home: _Home, parts: type[Any]) -> Any:
        timeout = self._timeouts(call)
        lines = lines_of(call)
        content: Any = call.sent_content
        if isinstance(content, Body):
            if content.length is not None:
                lines.append((b"content-length", b"%d" % content.length))
            elif not _names(lines, b"content-length"):
                lines.append((b"transfer-encoding", b"chunked"))
            content = parts(content)
        elif (content or call.method in _has_body) and not _is_framed(lines):
            lines.append((b"content-length", b"%d" % len(content or b"")))
        if not _names(lines, b"host"):
            lines.insert(0, home.host_line)
        core = self._core
        return core.Request(
            call.method,
            core.URL(scheme=home.scheme, host=home.host, port=home.port, target=_target(call)),
            headers=lines,
            content=content or _nothing,
            extensions={"timeout": timeout},
        )


def _target(call: Call) -> bytes:
    """Path and query as they are sent; what the client has left as it is is encoded here."""
    target = call.target
    if _is_target(target) is None:
        if not target.isprintable():
            raise _malformed()
        target = quote(target, safe=_TARGET_SAFE)
    if "/." in target:
        path, mark, query = target.partition("?")
        target = without_dots(path) + mark + query
    if len(target) > _LONGEST_URL:
        raise _malformed()
    return target.encode("ascii")


def _malformed() -> WireFault:
    return WireFault("the URL is too long or malformed", was_sent=False, may_pass=False)


def _names(lines: Lines, name: bytes) -> bool:
    length = len(name)
    return any(len(key) == length and key.lower() == name for key, _ in lines)


def _is_framed(lines: Lines) -> bool:
    return _names(lines, b"content-length") or _names(lines, b"transfer-encoding")


def _steps_of(timeout: Timeout | None) -> dict[str, float | None]:
    if timeout is None:
        return {}
    return {
        "connect": timeout.connect,
        "read": timeout.read,
        "write": timeout.write,
        "pool": timeout.pool,
    }


def _none_free() -> WireFault:
    return WireFault("no connection became free in time", was_sent=False, is_timeout=True)


class CoreWire(_Core):
    """Sends in this thread; any number of threads share the connections."""

    __slots__ = ()

    def _backend_of(self, core: ModuleType) -> BoundBackend:
        return BoundBackend(core.SyncBackend(), core)

    def send(self, call: Call) -> Reply:
        """Send once. Raises WireFault."""
        home = self._homes.get(call.origin.text, _unmet)
        if home is _unmet:
            home, left_over = self._settle(call.origin)
            _close(left_over)
        if home is None:
            reply: Reply = self._elsewhere().send(call)
            return reply
        if call.deadline is None:
            return self._send(call, home)
        with deadline(call.deadline):
            return self._send(call, home)

    def _send(self, call: Call, home: _Home) -> Reply:
        request = self._request(call, home, Parts)
        connection = self._connection(home, request)
        fault: WireFault | None = None
        is_held = False
        try:
            response = connection.handle_request(request)
            if call.plan.is_streaming and 200 <= response.status < 300:
                check_headers(call, response.headers)
                reply = self._streamed(call, home, connection, response, request)
                is_held = True
            else:
                reply = Reply(response.status, response.headers, _read(call, response))
        except WireFault as met:
            fault = met
        except Exception as error:
            fault = as_fault(error, None)
            # No frame on the way of somebody else's error may show the request.
            del request
            if fault is None:
                raise
        finally:
            if not is_held:
                _give(home, connection)
        if fault is not None:
            raise settled(call, fault)
        return reply

    def _connection(self, home: _Home, request: Any) -> Any:
        """A connection that is open and idle, or a new one, which connects as it sends."""
        found, turn = home.kept.take()
        if turn is not None:
            found = _wait(home, turn, request.extensions["timeout"].get("pool"))
        try:
            while found is not None and found.has_expired():
                found.close()
                # Its place stays ours: another one that is idle takes it, or a new one.
                found = home.kept.exchange()
            if found is not None:
                return found
            is_secure = home.scheme == b"https"
            return self._core.HTTPConnection(
                home.origin,
                ssl_context=self._context() if is_secure else None,
                keepalive_expiry=IDLE_SECONDS,
                uds=self._socket,
                network_backend=self._backend,
            )
        except BaseException:
            home.kept.give(None)
            raise

    def _streamed(
        self, call: Call, home: _Home, connection: Any, response: Any, request: Any
    ) -> Reply:
        if call.timeout is not None:
            # The deadline bounds the call up to here; from here on silence is bounded.
            request.extensions["timeout"]["read"] = call.timeout.read
        unpacker = Unpacker(encodings_of(response.headers))
        reply = Reply(response.status, response.headers)
        held = [connection]

        def close() -> None:
            if held:
                try:
                    response.stream.close()
                finally:
                    _give(home, held.pop())
            reply.closed()

        def parts() -> Iterator[bytes]:
            fault: WireFault | None = None
            try:
                for data in response.stream:
                    yield from unpacker.feed(data)
                unpacker.finish()
            except WireFault as met:
                fault = met
            except Exception as error:
                fault = as_fault(error, None)
                if fault is None:
                    raise
            finally:
                close()
            if fault is not None:
                raise fault

        reply.stream, reply.close = parts(), close
        return reply

    def close(self) -> None:
        """Close what is idle; what is in use is closed when its call has ended."""
        for home in list(self._homes.values()):
            for connection in [] if home is None else home.kept.empty():
                connection.close()
        if self._public is not None:
            self._public.close()


def _wait(home: _Home, turn: Latch, seconds: float | None) -> Any:
    try:
        is_served = turn.wait(seconds)
    except BaseException:
        _close(home.kept.leave(turn))
        raise
    if is_served:
        return turn.value
    _close(home.kept.leave(turn))
    raise _none_free()


def _close(connections: list[Any]) -> None:
    for connection in connections:
        connection.close()


def _give(home: _Home, connection: Any) -> None:
    """Give back a connection, closed if it cannot be used again."""
    is_idle = False
    try:
        is_closed = connection.is_closed()
        is_idle = connection.is_idle() and not is_closed
        if not is_idle and not is_closed:
            connection.close()
    finally:
        _close(home.kept.give(connection if is_idle else None))


def _read(call: Call, response: Any) -> bytes:
    gathered = gathered_of(call, response.headers)
    for data in response.stream:
        gathered.add(data)
        if is_late(call):
            raise too_late(was_sent=True)
    response.stream.close()
    return gathered.whole()


class AsyncCoreWire(_Core):
    """Sends on the running event loop, to which its connections belong."""

    __slots__ = ()

    def _backend_of(self, core: ModuleType) -> EarlyBackend:
        return EarlyBackend(core.AnyIOBackend(), core, is_ours=True)

    async def send(self, call: Call) -> Reply:
        """Send once. Raises WireFault."""
        home = self._homes.get(call.origin.text, _unmet)
        if home is _unmet:
            home, left_over = self._settle(call.origin)
            await _aclose(left_over)
        if home is None:
            reply: Reply = await self._elsewhere().send(call)
            return reply
        if call.deadline is None:
            return await self._send(call, home)
        import asyncio

        left = call.deadline - time.monotonic()
        try:
            # A read may always be in time and the whole never end: the task itself is bounded.
            async with asyncio.timeout(max(left, 0.0)):
                return await self._send(call, home)
        except TimeoutError:
            if not is_late(call):
                raise
        raise too_late(was_sent=left > 0.0)

    async def _send(self, call: Call, home: _Home) -> Reply:
        request = self._request(call, home, AsyncParts)
        connection = await self._connection(home, request)
        fault: WireFault | None = None
        is_held = False
        try:
            if isinstance(call.sent_content, Body):
                with our_call(in_parts=True):
                    response = await connection.handle_async_request(request)
            else:
                response = await connection.handle_async_request(request)
            if call.plan.is_streaming and 200 <= response.status < 300:
                check_headers(call, response.headers)
                reply = self._streamed(call, home, connection, response, request)
                is_held = True
            else:
                content = await _read_async(call, response)
                reply = Reply(response.status, response.headers, content)
        except WireFault as met:
            fault = met
        except Exception as error:
            fault = as_fault(error, None)
            del request
            if fault is None:
                raise
        finally:
            if not is_held:
                await _give_async(home, connection)
        if fault is not None:
            raise settled(call, fault)
        return reply

    async def _connection(self, home: _Home, request: Any) -> Any:
        """A connection that is open and idle, or a new one, which connects as it sends."""
        found, turn = home.kept.take()
        if turn is not None:
            found = await _wait_async(home, turn, request.extensions["timeout"].get("pool"))
        try:
            while found is not None and found.has_expired():
                await found.aclose()
                found = home.kept.exchange()
            if found is not None:
                return found
            is_secure = home.scheme == b"https"
            return self._core.AsyncHTTPConnection(
                home.origin,
                ssl_context=self._context() if is_secure else None,
                keepalive_expiry=IDLE_SECONDS,
                uds=self._socket,
                network_backend=self._backend,
            )
        except BaseException:
            home.kept.give(None)
            raise

    def _streamed(
        self, call: Call, home: _Home, connection: Any, response: Any, request: Any
    ) -> Reply:
        if call.timeout is not None:
            request.extensions["timeout"]["read"] = call.timeout.read
        unpacker = Unpacker(encodings_of(response.headers))
        reply = Reply(response.status, response.headers)
        held = [connection]

        async def close() -> None:
            if held:
                mine = held.pop()
                try:
                    await response.stream.aclose()
                finally:
                    await _give_async(home, mine)
            reply.closed()

        async def parts() -> AsyncIterator[bytes]:
            fault: WireFault | None = None
            source = aiter(response.stream)
            try:
                async for data in source:
                    for part in unpacker.feed(data):
                        yield part
                unpacker.finish()
            except WireFault as met:
                fault = met
            except Exception as error:
                fault = as_fault(error, None)
                if fault is None:
                    raise
            finally:
                try:
                    await source.aclose()
                finally:
                    await close()
            if fault is not None:
                raise fault

        reply.stream, reply.close = parts(), close
        return reply

    async def aclose(self) -> None:
        """Close what is idle; what is in use is closed when its call has ended."""
        for home in list(self._homes.values()):
            for connection in [] if home is None else home.kept.empty():
                await connection.aclose()
        if self._public is not None:
            public: AsyncPublicWire = self._public
            await public.aclose()


async def _wait_async(home: _Home, turn: Latch, seconds: float | None) -> Any:
    import asyncio

    woken = asyncio.get_running_loop().create_future()

    def wake() -> None:
        # Who gives back a connection runs on this loop too: all of them belong to it.
        if not woken.done():
            woken.set_result(None)

    turn.tell(wake)
    try:
        async with asyncio.timeout(seconds):
            await woken
    except TimeoutError:
        await _aclose(home.kept.leave(turn))
    except BaseException:
        # A cancelled task must not wait; what is left over is dropped with the last reference.
        home.kept.leave(turn)
        raise
    else:
        return turn.value
    raise _none_free()


async def _aclose(connections: list[Any]) -> None:
    for connection in connections:
        await connection.aclose()


async def _give_async(home: _Home, connection: Any) -> None:
    """Give back a connection, closed if it cannot be used again."""
    is_closed = connection.is_closed()
    is_idle = connection.is_idle() and not is_closed
    try:
        if not is_idle and not is_closed:
            await connection.aclose()
    finally:
        left_over = home.kept.give(connection if is_idle else None)
    if left_over:
        await _aclose(left_over)


async def _read_async(call: Call, response: Any) -> bytes:
    gathered = gathered_of(call, response.headers)
    source = aiter(response.stream)
    try:
        async for data in source:
            gathered.add(data)
    except WireFault:
        await source.aclose()
        raise
    await response.stream.aclose()
    return gathered.whole()
