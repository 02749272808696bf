"""The clients that generated packages derive from, sync and async, and their resources."""

from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from ferrule_runtime.client_core import ClientCore, ConnectionTest
from ferrule_runtime.drivers import AsyncSend, SyncSend, drive, drive_async, finish
from ferrule_runtime.errors import ConfigurationError, ConnectorError
from ferrule_runtime.flows.call import calling
from ferrule_runtime.omit import omit
from ferrule_runtime.operation import Arguments, Operation, after_event
from ferrule_runtime.options import CallArguments, ClientOptions, JobArguments, PageArguments
from ferrule_runtime.raw import RawReply
from ferrule_runtime.wire import Call, Reply, WireFault

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from types import TracebackType
    from typing import Self

    from ferrule_runtime.jobs import AsyncJob, Job
    from ferrule_runtime.operation import Case
    from ferrule_runtime.pager import AsyncPager, Pager
    from ferrule_runtime.streams import AsyncDownload, AsyncStream, Download, Stream
    from ferrule_runtime.sweep import AsyncSweep, Sweep
    from ferrule_runtime.walk import Fetched

__all__ = [
    "AsyncClient",
    "ClientOptions",
    "ConnectionTest",
    "RawReply",
    "SyncClient",
]

T = TypeVar("T")
# From whoever warns to whoever called the method of a resource.
_TO_CALLER = 4
FINISH_SECONDS = 10.0


class SyncClient(ClientCore):
    """A client for threads: one may be shared by any number of them."""

    def _connect(self) -> SyncSend:
        """The wire, made at the first call and kept until it is closed."""
        link = self._installation.link
        epoch = link.epoch
        send: SyncSend = self._reached(lambda: link.wire(verify=self._verifies)).send
        layers = self._options.layers
        if layers:
            from ferrule_runtime.middleware import wrapped

            send = wrapped(send, layers)
        self._bound = (epoch, send)
        return send

    def _sender(self) -> SyncSend:
        bound = self._bound
        is_bound = bound is not None and bound[0] is self._installation.link.epoch
        send: SyncSend = bound[1] if is_bound else self._connect()
        return send

    def _exchange(self, call: Call) -> Reply:
        return drive(calling(call, self._current_policy()), self._sender())

    def _asked(self, operation: Operation[Any], arguments: Arguments) -> tuple[Call, Reply]:
        """The call of an action and its reply, after what has to be asked before it."""
        if operation.before or self._installation.is_waiting:
            return drive(self._calling(operation, arguments), self._sender())
        call = self._call(operation, arguments)
        return call, self._exchange(call)

    def _run(self, operation: Operation[T], **given: Unpack[CallArguments]) -> T:
        """Call an action: its typed value, or in a raw view its RawReply."""
        if operation.deprecated is not None:
            self._warn_deprecated(operation, _TO_CALLER)
        arguments = Arguments(**given)
        if operation.split is not None:
            whole: T = self._in_pieces(operation, arguments)
            return whole
        value: T = self._ran(operation, arguments)
        return value

    def _in_pieces(self, operation: Operation[Any], arguments: Arguments) -> Any:
        """The calls of an action that cuts a long list; in a raw view one RawReply for each."""
        from ferrule_runtime.splitting import Pieces

        pieces = Pieces(operation, arguments)
        try:
            for piece in pieces.each:
                call, reply = self._asked(operation, piece)
                read = partial(self._result, operation, call, reply, piece.by)
                pieces.add(call, reply, read)
        except ConnectorError as error:
            pieces.tell_done(error)
            raise
        return pieces.values if self._is_raw else pieces.whole(self._policy)

    def _ran(self, operation: Operation[Any], arguments: Arguments) -> Any:
        call, reply = self._asked(operation, arguments)
        return self._result(operation, call, reply, arguments.by)

    def _open(self, operation: Operation[Any], **given: Unpack[CallArguments]) -> Any:
        """Call an action some of whose kinds of answers stream; a value, a download or a stream."""
        if operation.deprecated is not None:
            self._warn_deprecated(operation, _TO_CALLER)
        arguments = Arguments(**given)
        case = self._known_case(operation, arguments.by)
        if case is not None and case.stream is None:
            return self._ran(operation, arguments)
        call, reply = self._opened(operation, arguments)
        if reply.outcome == "success":
            case = case or self._met_case(operation, call, reply)
            if case.stream is not None:
                return self._view(call, reply, self._arriving(operation, case, call, reply, given))
        else:
            reply.close_now()
        return self._result(operation, call, reply, arguments.by)

    def _job(self, operation: Operation[T], **given: Unpack[JobArguments]) -> "Job[T]":
        """Begin work that the service does in its own time; its handle."""
        from ferrule_runtime.jobs import Job

        if operation.deprecated is not None:
            self._warn_deprecated(operation, _TO_CALLER)
        if self._installation.is_waiting:
            drive(self._installation.waking(self._current_policy()), self._sender())
        run = self._job_run(operation, given)
        drive(self._awake(), self._sender())
        if given.get("checkpoint", omit) is omit:
            drive(run.start(), self._sender())
        by = given.get("by")
        return Job(
            run,
            lambda call, reply: self._value(operation, call, reply, by),
            operation.action,
            self._sender,
        )

    def _pages(self, operation: Operation[list[T]], **given: Unpack[PageArguments]) -> "Pager[T]":
        """An iterator over all items; in a raw view the RawReply of the first page."""
        from ferrule_runtime.pager import Pager

        if operation.deprecated is not None:
            self._warn_deprecated(operation, _TO_CALLER)
        arguments, where = self._page_arguments(given)
        if self._is_raw:
            raw: Any = self._raw_page(operation, self._first_request(operation, arguments, where))
            return raw  # type: ignore[no-any-return]
        return Pager(self, operation, self._paging(operation), arguments, **where)

    def _sweep(self, operation: Operation[list[T]], **given: Unpack[PageArguments]) -> "Sweep[T]":
        """An iterator over all items of several walks."""
        from ferrule_runtime.sweep import Sweep

        if operation.deprecated is not None:
            self._warn_deprecated(operation, _TO_CALLER)
        arguments, where = self._page_arguments(given)
        where = self._sweep_arguments(where)
        return Sweep(self, operation, self._paging(operation), arguments, **where)

    def _raw_page(self, operation: Operation[Any], arguments: Arguments) -> RawReply[Any]:
        call, reply = self._asked(operation, arguments)
        return self._raw_items(operation, call, reply, arguments.by)

    def fetch_page(self, operation: Operation[Any], arguments: Arguments) -> "Fetched[Any]":
        """Send the request of one page; asked for by pagers."""
        call, reply = self._asked(operation, arguments)
        return self._fetched(operation, call, reply, arguments.by, arguments.each)

    def _download(self, operation: Operation[Any], **given: Unpack[CallArguments]) -> "Download":
        """The body as it arrives; in a raw view a RawReply that parses to it."""
        if operation.deprecated is not None:
            self._warn_deprecated(operation, _TO_CALLER)
        call, reply = self._opened(operation, Arguments(**given))
        arriving = self._arriving(operation, operation, call, reply, given)
        opened: Any = self._view(call, reply, arriving)
        return opened  # type: ignore[no-any-return]

    def _lines(self, operation: Operation[T], **given: Unpack[CallArguments]) -> "Stream[T]":
        """The items of the body as they arrive; in a raw view a RawReply that parses to them."""
        if operation.deprecated is not None:
            self._warn_deprecated(operation, _TO_CALLER)
        call, reply = self._opened(operation, Arguments(**given))
        arriving = self._arriving(operation, operation, call, reply, given)
        opened: Any = self._view(call, reply, arriving)
        return opened  # type: ignore[no-any-return]

    def _arriving(
        self,
        operation: Operation[Any],
        case: "Case | Operation[Any]",
        call: Call,
        reply: Reply,
        given: CallArguments,
    ) -> "Download | Stream[Any]":
        from ferrule_runtime.streams import Download, Stream

        kind, fail = case.stream or "bytes", self._failing(call, reply)
        if kind == "bytes":
            return Download(reply, fail, case.packing)
        fault = None if case.packing else self._stream_fault(kind, call, reply)
        if fault is not None:
            reply.close_now()
            raise fault

        def ask(last_id: str) -> Reply:
            return self._opened(operation, after_event(Arguments(**given), last_id))[1]

        resume = self._resuming(operation, kind, call, ask)
        return Stream(reply, fail, kind, case.returns, packing=case.packing, resume=resume)

    def _opened(self, operation: Operation[Any], arguments: Arguments) -> tuple[Call, Reply]:
        """A call whose body is still coming; when it is cut off, a typed error says so."""
        flow = self._calling(operation, arguments, is_streaming=True)
        call, reply = drive(flow, self._sender())
        stream: Any = reply.stream
        if stream is not None:
            reply.stream = self._parts(call, stream)
        return call, reply

    def _parts(self, call: Call, stream: Iterator[bytes]) -> Iterator[bytes]:
        fault: WireFault | None = None
        try:
            yield from stream
        except WireFault as met:
            fault = met
        if fault is not None:
            raise self._cut(call, fault)

    def test_connection(self) -> ConnectionTest:
        """Ask the service whether settings and network are right.

        What the service says is in the result; only ConfigurationError is raised.
        """
        operation = self._test_operation()
        failure: ConnectorError | None = None
        try:
            _, reply = self._asked(operation, Arguments())
        except ConfigurationError:
            raise
        except ConnectorError as error:
            failure = error
        return self._tested(reply) if failure is None else self._test_failed(failure)

    def preload(self) -> None:
        """Import and make now what the first call would import and make; nothing is sent."""
        self._connect()
        self._preload_package()

    def close(self) -> None:
        """Close the connections of this client and its copies; a user's http_client stays open."""
        self._installation.link.close()

    def __enter__(self) -> "Self":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: "TracebackType | None",
    ) -> None:
        self.close()


class AsyncClient(ClientCore):
    """A client for event loops: each loop has connections of its own, tokens and limits are shared.

    Close it in the loop that used it, by `async with` or `await client.aclose()`.
    """

    _is_async = True

    def _connect(self) -> AsyncSend:
        """The wire of the running loop, made at its first call and kept until it is closed."""
        loop, link = self._loop(), self._installation.link
        epoch = link.epoch
        wire = self._reached(lambda: link.async_wire(loop, verify=self._verifies))
        send: AsyncSend = wire.send
        layers = self._options.layers
        if layers:
            from ferrule_runtime.middleware import wrapped_async

            send = wrapped_async(send, layers)
        # One tuple: two threads with two loops cannot tear it.
        self._bound = (epoch, loop, send)
        return send

    def _loop(self) -> "AbstractEventLoop":
        import asyncio

        try:
            return asyncio.get_running_loop()
        except RuntimeError:
            pass
        raise RuntimeError(
            f"no event loop of asyncio runs here, which {type(self).__name__} needs: "
            "with trio, call the sync client in a thread (trio.to_thread.run_sync)"
        )

    def _sender(self) -> AsyncSend:
        bound = self._bound
        is_bound = (
            bound is not None
            and bound[0] is self._installation.link.epoch
            and bound[1] is self._loop()
        )
        send: AsyncSend = bound[2] if is_bound else self._connect()
        return send

    async def _exchange(self, call: Call) -> Reply:
        return await drive_async(calling(call, self._current_policy()), self._sender())

    async def _asked(self, operation: Operation[Any], arguments: Arguments) -> tuple[Call, Reply]:
        """The call of an action and its reply, after what has to be asked before it."""
        if operation.before or self._installation.is_waiting:
            return await drive_async(self._calling(operation, arguments), self._sender())
        call = self._call(operation, arguments)
        return call, await self._exchange(call)

    async def _run(self, operation: Operation[T], **given: Unpack[CallArguments]) -> T:
        """Call an action: its typed value, or in a raw view its RawReply."""
        if operation.deprecated is not None:
            self._warn_deprecated(operation, _TO_CALLER)
        arguments = Arguments(**given)
        if operation.split is not None:
            whole: T = await self._in_pieces(operation, arguments)
            return whole
        value: T = await self._ran(operation, arguments)
        return value

    async def _in_pieces(self, operation: Operation[Any], arguments: Arguments) -> Any:
        """The calls of an action that cuts a long list; in a raw view one RawReply for each."""
        from ferrule_runtime.splitting import Pieces

        pieces = Pieces(operation, arguments)
        try:
            for piece in pieces.each:
                call, reply = await self._asked(operation, piece)
                read = partial(self._result, operation, call, reply, piece.by)
                pieces.add(call, reply, read)
        except ConnectorError as error:
            pieces.tell_done(error)
            raise
        return pieces.values if self._is_raw else pieces.whole(self._policy)

    async def _ran(self, operation: Operation[Any], arguments: Arguments) -> Any:
        call, reply = await self._asked(operation, arguments)
        return self._result(operation, call, reply, arguments.by)

    async def _open(self, operation: Operation[Any], **given: Unpack[CallArguments]) -> Any:
        """Call an action some of whose kinds of answers stream; a value, a download or a stream."""
        if operation.deprecated is not None:
            self._warn_deprecated(operation, _TO_CALLER)
        arguments = Arguments(**given)
        case = self._known_case(operation, arguments.by)
        if case is not None and case.stream is None:
            return await self._ran(operation, arguments)
        call, reply = await self._opened(operation, arguments)
        if reply.outcome == "success":
            case = case or self._met_case(operation, call, reply)
            if case.stream is not None:
                arriving = await self._arriving(operation, case, call, reply, given)
                return self._view(call, reply, arriving)
        else:
            await _closed(reply)
        return self._result(operation, call, reply, arguments.by)

    async def _job(self, operation: Operation[T], **given: Unpack[JobArguments]) -> "AsyncJob[T]":
        """Begin work that the service does in its own time; its handle."""
        from ferrule_runtime.jobs import AsyncJob

        if operation.deprecated is not None:
            self._warn_deprecated(operation, _TO_CALLER)
        if self._installation.is_waiting:
            await drive_async(self._installation.waking(self._current_policy()), self._sender())
        run = self._job_run(operation, given)
        await drive_async(self._awake(), self._sender())
        if given.get("checkpoint", omit) is omit:
            await drive_async(run.start(), self._sender())
        by = given.get("by")
        return AsyncJob(
            run,
            lambda call, reply: self._value(operation, call, reply, by),
            operation.action,
            self._sender,
        )

    def _pages(
        self, operation: Operation[list[T]], **given: Unpack[PageArguments]
    ) -> "AsyncPager[T]":
        """An iterator over all items; in a raw view the RawReply of the first page, awaited."""
        from ferrule_runtime.pager import AsyncPager

        if operation.deprecated is not None:
            self._warn_deprecated(operation, _TO_CALLER)
        arguments, where = self._page_arguments(given)
        if self._is_raw:
            raw: Any = self._raw_page(operation, self._first_request(operation, arguments, where))
            return raw  # type: ignore[no-any-return]
        return AsyncPager(self, operation, self._paging(operation), arguments, **where)

    def _sweep(
        self, operation: Operation[list[T]], **given: Unpack[PageArguments]
    ) -> "AsyncSweep[T]":
        """An iterator over all items of several walks."""
        from ferrule_runtime.sweep import AsyncSweep

        if operation.deprecated is not None:
            self._warn_deprecated(operation, _TO_CALLER)
        arguments, where = self._page_arguments(given)
        where = self._sweep_arguments(where)
        return AsyncSweep(self, operation, self._paging(operation), arguments, **where)

    async def _raw_page(self, operation: Operation[Any], arguments: Arguments) -> RawReply[Any]:
        call, reply = await self._asked(operation, arguments)
        return self._raw_items(operation, call, reply, arguments.by)

    async def fetch_page(self, operation: Operation[Any], arguments: Arguments) -> "Fetched[Any]":
        """Send the request of one page; asked for by pagers."""
        call, reply = await self._asked(operation, arguments)
        return self._fetched(operation, call, reply, arguments.by, arguments.each)

    async def _download(
        self, operation: Operation[Any], **given: Unpack[CallArguments]
    ) -> "AsyncDownload":
        """The body as it arrives; in a raw view a RawReply that parses to it."""
        if operation.deprecated is not None:
            self._warn_deprecated(operation, _TO_CALLER)
        call, reply = await self._opened(operation, Arguments(**given))
        arriving = await self._arriving(operation, operation, call, reply, given)
        opened: Any = self._view(call, reply, arriving)
        return opened  # type: ignore[no-any-return]

    async def _lines(
        self, operation: Operation[T], **given: Unpack[CallArguments]
    ) -> "AsyncStream[T]":
        """The items of the body as they arrive; in a raw view a RawReply that parses to them."""
        if operation.deprecated is not None:
            self._warn_deprecated(operation, _TO_CALLER)
        call, reply = await self._opened(operation, Arguments(**given))
        arriving = await self._arriving(operation, operation, call, reply, given)
        opened: Any = self._view(call, reply, arriving)
        return opened  # type: ignore[no-any-return]

    async def _arriving(
        self,
        operation: Operation[Any],
        case: "Case | Operation[Any]",
        call: Call,
        reply: Reply,
        given: CallArguments,
    ) -> "AsyncDownload | AsyncStream[Any]":
        from ferrule_runtime.streams import AsyncDownload, AsyncStream

        kind, fail = case.stream or "bytes", self._failing(call, reply)
        if kind == "bytes":
            return AsyncDownload(reply, fail, case.packing)
        fault = None if case.packing else self._stream_fault(kind, call, reply)
        if fault is not None:
            await _closed(reply)
            raise fault

        async def ask(last_id: str) -> Reply:
            return (await self._opened(operation, after_event(Arguments(**given), last_id)))[1]

        resume = self._resuming(operation, kind, call, ask)
        return AsyncStream(reply, fail, kind, case.returns, packing=case.packing, resume=resume)

    async def _opened(self, operation: Operation[Any], arguments: Arguments) -> tuple[Call, Reply]:
        """A call whose body is still coming; when it is cut off, a typed error says so."""
        flow = self._calling(operation, arguments, is_streaming=True)
        call, reply = await drive_async(flow, self._sender())
        stream: Any = reply.stream
        if stream is not None:
            reply.stream = self._parts(call, stream)
        return call, reply

    async def _parts(self, call: Call, stream: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        fault: WireFault | None = None
        try:
            async for part in stream:
                yield part
        except WireFault as met:
            fault = met
        if fault is not None:
            raise self._cut(call, fault)

    async def test_connection(self) -> ConnectionTest:
        """Ask the service whether settings and network are right.

        What the service says is in the result; only ConfigurationError is raised.
        """
        operation = self._test_operation()
        failure: ConnectorError | None = None
        try:
            _, reply = await self._asked(operation, Arguments())
        except ConfigurationError:
            raise
        except ConnectorError as error:
            failure = error
        return self._tested(reply) if failure is None else self._test_failed(failure)

    def preload(self) -> None:
        """Import and make now what the first call would; it would hold up the event loop."""
        link = self._installation.link
        self._reached(lambda: link.preload(verify=self._verifies))
        self._preload_package()

    async def aclose(self) -> None:
        """Close the connections of this event loop; a user's http_client stays open."""
        import asyncio

        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            # Nothing of it is here; whoever has tried to call was told so.
            return
        # A refresh whose call was cancelled has spent its token already: its answer is awaited.
        await finish(FINISH_SECONDS)
        await self._installation.link.aclose(loop)

    async def __aenter__(self) -> "Self":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: "TracebackType | None",
    ) -> None:
        await self.aclose()


async def _closed(reply: Reply) -> None:
    closing = reply.close_now()
    if closing is not None:
        await closing
