"""The decision what the next request of a walk through pages is: pure, shared by both pagers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ferrule_runtime.checkpoint import (
    read_checkpoint,
    without_parameters,
    write_checkpoint,
)
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.places import LinkPlace
from ferrule_runtime.reading import convert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ferrule_runtime.answer import Answer
    from ferrule_runtime.operation import Arguments, Operation, Paging

T = TypeVar("T")
Target = tuple[str, str]


class PagingFault(Exception):
    """The service gave a page, a cursor or a URL that it has given before."""


class Fetched(Generic[T]):
    """One page as it was fetched: its items, its answer with what a decoder read, and its URL.

    `outcome` is "success", "ignore" or "end" (the last page). `secret_query` are the names of query
    parameters that hold a credential: they never reach a checkpoint. `received` counts what came,
    where not all of it is among the items.
    """

    __slots__ = ("answer", "items", "outcome", "received", "secret_query", "url")

    def __init__(
        self,
        items: list[T],
        answer: Answer,
        *,
        outcome: str = "success",
        url: str | None = None,
        secret_query: tuple[str, ...] = (),
        received: int | None = None,
    ) -> None:
        self.items = items
        self.received = len(items) if received is None else received
        self.answer = answer
        self.outcome = outcome
        self.url = url
        self.secret_query = secret_query


class Page(Generic[T]):
    """One page: `items`, whether there is another (`has_next`), and the `checkpoint` to go on from.

    `checkpoint` is opaque text for the argument of the same name, None on the last page. `total` is
    the number of all items, where the service tells it.
    """

    __slots__ = ("checkpoint", "items", "total")

    def __init__(self, items: list[T], checkpoint: str | None, total: int | None = None) -> None:
        self.items = items
        self.checkpoint = checkpoint
        self.total = total

    @property
    def has_next(self) -> bool:
        """Whether the walk goes on behind this page."""
        return self.checkpoint is not None

    def __repr__(self) -> str:
        more = "there is more" if self.has_next else "the last one"
        return f"Page({len(self.items)} items, {more})"


class Walk(Generic[T]):
    """Where a walk stands: ask for the `next_request`, send it, give what came to `take`.

    Every answer decides about one next request, so that it may be sent while the page of that
    answer is still in use.
    """

    __slots__ = (
        "_action",
        "_fault",
        "_first",
        "_left",
        "_number",
        "_paging",
        "_path_names",
        "_received",
        "_request",
        "_seen",
        "_seen_pages",
        "_size",
        "_started_at_first",
        "_stride",
    )

    def __init__(
        self,
        operation: Operation[Any],
        paging: Paging | None,
        arguments: Arguments,
        *,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
        start: int | Omit = omit,
    ) -> None:
        """Raises ValueError for a checkpoint of another action and for a size below one."""
        self._action = operation.action
        self._paging = paging
        self._path_names = path_names_of(operation.path)
        self._seen: set[str] = set()
        self._seen_pages: set[int] = set()
        self._received = 0
        self._size: int | None = None
        self._number = 0
        self._started_at_first = True
        # How many items are still to come, where the service tells, and how many the last page had.
        self._left: int | None = None
        self._stride = 0
        request = arguments.copy()
        # Where it begins again: behind no checkpoint, and once only, so that it comes to an end.
        first = arguments.copy()
        self._first = (first, 0)
        request.may_restart = paging is not None
        if paging is not None:
            state = (
                {} if isinstance(checkpoint, Omit) else read_checkpoint(checkpoint, self._action)
            )
            self._set_size(first, paging, page_size, state)
            self._set_number(first, paging, start, {})
            self._first = (first, self._number)
            self._set_size(request, paging, page_size, state)
            self._set_number(request, paging, start, state)
            self._resume(request, state)
        elif not isinstance(checkpoint, Omit):
            raise ValueError(f"{self._action} has no pages, so it takes no checkpoint")
        self._request: Arguments | None = request
        self._fault: PagingFault | None = None

    def next_request(self) -> Arguments | None:
        """What to send next, None at the end. Raises PagingFault where the walk is a circle."""
        if self._fault is not None:
            raise self._fault
        return self._request

    @property
    def number(self) -> int:
        """The number of the page that is next, or the offset of its first item."""
        return self._number

    def ahead(self, most: int) -> list[tuple[int, Arguments]]:
        """The next request and those that are likely to follow it, each with its `number`.

        At most `most` of them, none behind the end that the service tells; only the next one where
        pages have no numbers, or before the first page has come.
        """
        request, paging = self._request, self._paging
        if request is None or self._fault is not None:
            return []
        requests = [(self._number, request)]
        target = None if paging is None else paging.page or paging.offset
        if target is None or paging is None or self._stride == 0:
            return requests
        if self._left is not None:
            most = min(most, -(-self._left // self._stride))
        step = 1 if paging.page is not None else self._stride
        numbers = range(self._number + step, self._number + most * step, step)
        return requests + [(number, self._with(request, target, number)) for number in numbers]

    def take(self, fetched: Fetched[T]) -> Page[T]:
        """The page; raises PagingFault for one that has been given before.

        A page whose next token was seen before is given: the fault is that of the next request.
        """
        request, paging = self._request, self._paging
        assert request is not None
        self._request = None
        if paging is None:
            return Page(fetched.items, None)
        if fetched.outcome == "restart":
            return self._begin_again()
        total = total_of(paging, fetched.answer)
        self._received += fetched.received
        if fetched.outcome in ("end", "ignore"):
            return Page(fetched.items, None, total)
        more = None if paging.more is None else bool(paging.more(fetched.answer))
        if more is False:
            return Page(fetched.items, None, total)
        if paging.hook is not None:
            state = self._by_hook(fetched, paging.hook, request)
        elif paging.next_url is not None or paging.link is not None:
            state = self._by_url(fetched, paging, request)
        elif paging.page is not None or paging.offset is not None:
            state = self._by_number(fetched, paging, request, more, total)
        else:
            state = self._by_cursor(fetched, paging, request, more)
        return Page(fetched.items, None if state is None else self._checkpoint(state), total)

    def _begin_again(self) -> Page[T]:
        """The first page is next, once more; what was seen may come again."""
        first, self._number = self._first
        self._request = first
        self._received = self._stride = 0
        self._left = None
        self._seen.clear()
        self._seen_pages.clear()
        return Page([], None)

    def _by_url(
        self, fetched: Fetched[T], paging: Paging, request: Arguments
    ) -> dict[str, Any] | None:
        place = LinkPlace(paging.link) if paging.link is not None else paging.next_url
        url = _found(place, fetched.answer)
        if type(url) is not str or not url.strip():
            return None
        url = absolute_url(url.strip(), fetched.url)
        if fetched.url is not None:
            self._seen.add(_page_of_url(fetched.url, fetched.secret_query))
        self._request = request.copy()
        self._request.next_url = url
        self._request.base_url = fetched.url
        self._refuse_seen(_page_of_url(url, fetched.secret_query), "a URL", fetched)
        return {"u": without_parameters(url, fetched.secret_query)}

    def _by_hook(self, fetched: Fetched[T], hook: str, request: Arguments) -> dict[str, Any] | None:
        from ferrule_runtime.hooks import HookAnswer, imported

        told = imported(hook)(HookAnswer(fetched.answer))
        if not told:
            return None
        values = dict(told)
        self._request = self._with_places(request, values)
        self._refuse_seen(_token_text(values), "a cursor", fetched)
        return {"k": values}

    def _with_places(self, request: Arguments, values: Mapping[str, Any]) -> Arguments:
        changed = request.copy()
        for place, value in values.items():
            where, _, name = place.partition(".")
            self._put(changed, (where, name), value)
        return changed

    def _by_number(
        self,
        fetched: Fetched[T],
        paging: Paging,
        request: Arguments,
        more: bool | None,
        total: int | None,
    ) -> dict[str, Any] | None:
        count = fetched.received
        if count == 0 and not more:
            return None
        # A service that does not know the parameter gives its first page for ever.
        if self._is_seen_page(fetched):
            raise PagingFault("the service gave a page that it has given before")
        if paging.page is not None:
            target, following, reached = paging.page, self._number + 1, self._received
        else:
            assert paging.offset is not None
            target, following = paging.offset, self._number + count
            reached = following - first_number(paging)
        # Who began at a later page cannot tell the end from the number received.
        knows_reached = paging.offset is not None or self._started_at_first
        if more is None and total is not None and knows_reached and reached >= total:
            return None
        self._stride = count
        self._left = total - reached if total is not None and knows_reached else None
        if following == self._number:
            raise PagingFault("the service says that there is more and gives an empty page")
        self._number = following
        self._request = self._with(request, target, following)
        return {"n": following}

    def _by_cursor(
        self, fetched: Fetched[T], paging: Paging, request: Arguments, more: bool | None
    ) -> dict[str, Any] | None:
        main = None if paging.cursor is None else _found(paging.cursor, fetched.answer)
        values = [
            _found(target[1], fetched.answer) if isinstance(target[0], tuple) else main
            for target in paging.into
        ]
        if paging.cursor is None:
            if not fetched.received and not more:
                return None
            present: Any = [value for value in values if not _is_empty(value)]
        else:
            present = main
        if _is_empty(present):
            return None
        self._request = self._with_values(request, values)
        self._refuse_seen(_token_text(_main_of(paging, values, main)), "a cursor", fetched)
        return {"c": values}

    def _with_values(self, request: Arguments, values: list[Any]) -> Arguments:
        assert self._paging is not None
        changed = request
        for target, value in zip(self._paging.into, values, strict=True):
            if value is not None:
                where = target[0] if isinstance(target[0], tuple) else target
                changed = self._with(changed, where, value)
        return changed if changed is not request else request.copy()

    def _refuse_seen(self, token: str, what: str, fetched: Fetched[T]) -> None:
        """Notes a token; one that was seen is the fault of the next request, or of a same page."""
        is_seen_page = self._is_seen_page(fetched)
        if token in self._seen:
            fault = PagingFault(f"the service gave {what} of a page that it has given before")
            if is_seen_page:
                raise fault
            self._fault = fault
        self._seen.add(token)

    def _is_seen_page(self, fetched: Fetched[T]) -> bool:
        """Whether an earlier answer of this walk was the same, byte for byte; notes this one."""
        if not fetched.received or not fetched.answer.content:
            return False
        print_of_page = hash(fetched.answer.content)
        if print_of_page in self._seen_pages:
            return True
        self._seen_pages.add(print_of_page)
        return False

    def _set_size(
        self, request: Arguments, paging: Paging, page_size: int | Omit, state: Mapping[str, Any]
    ) -> None:
        size = state.get("s", paging.default_size) if isinstance(page_size, Omit) else page_size
        if paging.size is None or size is None:
            return
        if type(size) is not int or size < 1:
            raise ValueError("page_size must be a whole number of at least 1")
        if isinstance(page_size, Omit) and self._given(request, paging.size) is not None:
            return
        self._size = size if paging.max_size is None else min(size, paging.max_size)
        self._put(request, paging.size, self._size)

    def _set_number(
        self, request: Arguments, paging: Paging, start: int | Omit, state: Mapping[str, Any]
    ) -> None:
        target = paging.page or paging.offset
        if target is None:
            if not isinstance(start, Omit):
                raise ValueError(f"{self._action} has no page numbers to start at: use checkpoint=")
            return
        first = first_number(paging)
        number = state.get("n") if isinstance(start, Omit) else start
        if number is None:
            # A parameter that is declared too holds the caller's first value.
            given = self._given(request, target)
            number = given if type(given) is int else first
        if type(number) is not int or number < 0:
            raise ValueError("start must be a whole number of at least 0")
        self._number = number
        self._started_at_first = number == first
        self._put(request, target, number)

    def _resume(self, request: Arguments, state: Mapping[str, Any]) -> None:
        if isinstance(state.get("k"), dict):
            for place, value in state["k"].items():
                where, _, name = place.partition(".")
                self._put(request, (where, name), value)
            self._seen.add(_token_text(state["k"]))
            return
        url, values = state.get("u"), state.get("c")
        assert self._paging is not None
        if isinstance(url, str):
            request.next_url = url
            self._seen.add(_page_of_url(url, ()))
        elif isinstance(values, list) and len(values) == len(self._paging.into):
            changed = self._with_values(request, values)
            for name in ("query", "headers", "cookies", "body", "path"):
                setattr(request, name, getattr(changed, name))
            self._seen.add(_token_text(_main_of(self._paging, values)))

    def _given(self, request: Arguments, target: Target) -> Any:
        """What the caller has given for a parameter of the query or the body, None for nothing."""
        where, name = target
        given: Any = {"query": request.query, "body": request.body}.get(where)
        found = given.get(name) if hasattr(given, "get") else None
        return None if found is omit else found

    def _with(self, request: Arguments, target: Target, value: Any) -> Arguments:
        changed = request.copy()
        self._put(changed, target, value)
        return changed

    def _put(self, request: Arguments, target: Target, value: Any) -> None:
        put_value(request, target, value, self._path_names)

    def _checkpoint(self, state: dict[str, Any]) -> str:
        if self._size is not None:
            state["s"] = self._size
        return write_checkpoint(self._action, state)


def put_value(request: Arguments, target: Target, value: Any, path_names: tuple[str, ...]) -> None:
    """Sets a parameter; the maps of the caller are replaced and never changed."""
    where, name = target
    if where == "query":
        request.query = {**(request.query or {}), name: value}
    elif where == "header":
        request.headers = {**(request.headers or {}), name: value}
    elif where == "cookie":
        request.cookies = {**(request.cookies or {}), name: value}
    elif where == "path":
        index = path_names.index(name)
        request.path = (*request.path[:index], value, *request.path[index + 1 :])
    elif where == "body":
        from ferrule_runtime.encode.json import split_path

        request.body = _with_field(request.body, split_path(name), value)
    else:
        raise ValueError(f"nothing can be put into {where!r}")


def first_number(paging: Paging) -> int:
    """The number of the first page, or the offset of the first item."""
    if paging.start is not None:
        return paging.start
    return 1 if paging.page is not None else 0


def total_of(paging: Paging, answer: Answer) -> int | None:
    """The number of all items that the service tells, as a number or as digits."""
    if paging.total is None:
        return None
    total = convert(_found(paging.total, answer), "integer")
    return total if type(total) is int and total >= 0 else None


def absolute_url(url: str, base_url: str | None) -> str:
    """RFC 3986: a reference against the request that brought it."""
    if base_url is None:
        return url
    from urllib.parse import urljoin

    try:
        return urljoin(base_url, url)
    except ValueError:
        return url  # not a URL at all: whoever sends it refuses it


def _page_of_url(url: str, secret_query: tuple[str, ...]) -> str:
    """What tells the page: the URL without credentials, its parameters in whatever order."""
    before, _, query = without_parameters(url, secret_query).partition("#")[0].partition("?")
    return f"{before}?{'&'.join(sorted(query.split('&')))}"


def _found(place: Any, answer: Answer) -> Any:
    """What stands at a place: of a wildcard the first match, a list or an object as it is."""
    value = place(answer)
    if type(value) is list and getattr(place, "collects", True):
        return value[0] if value else None
    return value


def _main_of(paging: Paging, values: list[Any], main: Any = None) -> Any:
    """What tells one page from another: the cursor, or all the values where there is none."""
    if paging.cursor is None:
        return values
    for target, value in zip(paging.into, values, strict=True):
        if not isinstance(target[0], tuple):
            return value
    return main


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})


def _token_text(value: Any) -> str:
    from ferrule_runtime.encode.json import json_bytes

    return json_bytes(value).decode()


def _with_field(body: Any, names: list[str], value: Any) -> Any:
    """A copy of a body with a field set, however deep; only the dicts on the way are copied."""
    if hasattr(type(body), "model_dump"):
        body = body.model_dump(mode="json", by_alias=True, exclude_unset=True)
    fields = dict(body) if hasattr(body, "items") else {}
    name, *rest = names
    fields[name] = _with_field(fields.get(name), rest, value) if rest else value
    return fields


def path_names_of(path: Any) -> tuple[str, ...]:
    """The names of the gaps of a path, in their order."""
    from re import findall

    text = (
        path
        if isinstance(path, str)
        else "".join(part for part in getattr(path, "parts", ()) if isinstance(part, str))
    )
    return tuple(findall(r"\{([^{}]*)\}", text))
