"""The same method for another kind of class: async, or with whole answers.

Generated code states an action once, as a method of its sync class. What such a method does is to
hand its arguments to the client of its object, so that it serves an async client as well; only the
type of what it gives differs, and that is what these functions say.
"""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from ferrule_runtime.jobs import AsyncJob, Job
    from ferrule_runtime.pager import AsyncPager, Pager
    from ferrule_runtime.raw import RawReply
    from ferrule_runtime.streams import AsyncDownload, AsyncStream, Download, Stream
    from ferrule_runtime.sweep import AsyncSweep, Sweep

P = ParamSpec("P")
T = TypeVar("T")
R_co = TypeVar("R_co", covariant=True)

__all__ = [
    "as_async",
    "as_async_download",
    "as_async_job",
    "as_async_pager",
    "as_async_stream",
    "as_async_sweep",
    "as_raw",
    "as_raw_async",
    "as_raw_async_bound",
    "as_raw_bound",
    "as_raw_page",
    "as_raw_page_bound",
]


class Method(Protocol[P, R_co]):
    """A function in a class body: read from an object, it is a method of it."""

    @overload
    def __get__(self, instance: None, owner: type, /) -> Callable[Concatenate[Any, P], R_co]: ...
    @overload
    def __get__(self, instance: object, owner: type | None = None, /) -> Callable[P, R_co]: ...


if TYPE_CHECKING:

    # A name for each result: one with overloads would take a method that gives Any for the first.
    def as_async(
        method: Callable[Concatenate[Any, P], T],
    ) -> Method[P, Coroutine[Any, Any, T]]:
        """A method that gives a value, for an async class."""
        ...

    def as_async_download(
        method: Callable[Concatenate[Any, P], Download],
    ) -> Method[P, Coroutine[Any, Any, AsyncDownload]]:
        """A method that gives bytes as they arrive, for an async class."""
        ...

    def as_async_stream(
        method: Callable[Concatenate[Any, P], Stream[T]],
    ) -> Method[P, Coroutine[Any, Any, AsyncStream[T]]]:
        """A method that gives items as they arrive, for an async class."""
        ...

    def as_async_job(
        method: Callable[Concatenate[Any, P], Job[T]],
    ) -> Method[P, Coroutine[Any, Any, AsyncJob[T]]]:
        """A method that begins work, for an async class."""
        ...

    def as_async_pager(
        method: Callable[Concatenate[Any, P], Pager[T]],
    ) -> Method[P, AsyncPager[T]]:
        """A method that walks through pages, for an async class."""
        ...

    def as_async_sweep(
        method: Callable[Concatenate[Any, P], Sweep[T]],
    ) -> Method[P, AsyncSweep[T]]:
        """A method that makes several walks, for an async class."""
        ...

    def as_raw(method: Callable[Concatenate[Any, P], T]) -> Method[P, RawReply[T]]:
        """A method, for a raw view: it gives the whole answer."""
        ...

    def as_raw_async(
        method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]],
    ) -> Method[P, Coroutine[Any, Any, RawReply[T]]]:
        """An async method, for a raw view."""
        ...

    @overload
    def as_raw_page(
        method: Callable[Concatenate[Any, P], AsyncPager[T]],
    ) -> Method[P, Awaitable[RawReply[list[T]]]]: ...
    @overload
    def as_raw_page(
        method: Callable[Concatenate[Any, P], Pager[T]],
    ) -> Method[P, RawReply[list[T]]]: ...
    def as_raw_page(method: Callable[Concatenate[Any, P], Any]) -> Method[P, Any]:
        """A method that walks through pages, for a raw view: it gives the first one."""
        ...

    # The same for methods that are bound already: types of several signatures get through here.
    def as_raw_bound(method: Callable[P, T]) -> Callable[P, RawReply[T]]:
        """A method of a raw resource."""
        ...

    def as_raw_async_bound(
        method: Callable[P, Coroutine[Any, Any, T]],
    ) -> Callable[P, Coroutine[Any, Any, RawReply[T]]]:
        """An async method of a raw resource."""
        ...

    @overload
    def as_raw_page_bound(
        method: Callable[P, AsyncPager[T]],
    ) -> Callable[P, Awaitable[RawReply[list[T]]]]: ...
    @overload
    def as_raw_page_bound(method: Callable[P, Pager[T]]) -> Callable[P, RawReply[list[T]]]: ...
    def as_raw_page_bound(method: Callable[P, Any]) -> Callable[P, Any]:
        """A list method of a raw resource."""
        ...

else:
    from types import FunctionType

    # What an async class gives instead: `Pager[Ticket]` is an `AsyncPager[Ticket]` there.
    _DIFFERENT = ("Download", "Job[", "Pager[", "Stream[", "Sweep[")

    def as_async_pager(method):
        made = FunctionType(
            method.__code__, method.__globals__, method.__name__, None, method.__closure__
        )
        made.__qualname__ = f"Async{method.__qualname__}"
        made.__module__ = method.__module__
        made.__doc__ = method.__doc__
        made.__kwdefaults__ = method.__kwdefaults__
        made.__annotations__ = told = dict(method.__annotations__)
        result = told.get("return")
        if isinstance(result, str) and result.startswith(_DIFFERENT):
            told["return"] = f"Async{result}"
        return made

    def as_async(method):
        # A coroutine function, as frameworks expect of what is awaited; the rest is told of `twin`.
        async def call(self, /, **given):
            return await method(self, **given)

        call.__wrapped__ = twin = as_async_pager(method)
        call.__name__, call.__qualname__ = twin.__name__, twin.__qualname__
        call.__module__, call.__doc__ = twin.__module__, twin.__doc__
        call.__annotations__ = twin.__annotations__
        return call

    as_async_sweep = as_async_pager
    as_async_download = as_async_job = as_async_stream = as_async

    def as_raw(method):
        return method

    as_raw_async = as_raw_page = as_raw
    as_raw_bound = as_raw_async_bound = as_raw_page_bound = as_raw
