"""What a client does, as frozen records for whoever listens: attempts, waits, refreshes, pages."""

from ferrule_runtime.frozen import Frozen


class Event(Frozen):
    """Something that happened in a client; no values, no bodies, no secrets.

    `connector` and `action` say where: `action` is that of the call, or `auth.token` and
    `auth.refresh` for the requests that fetch a token.
    """

    __slots__ = ("action", "connector")
    connector: str
    action: str

    def _fields(self) -> dict[str, object]:
        names = [name for kind in reversed(type(self).__mro__) for name in _slots(kind)]
        return {name: getattr(self, name) for name in names}


def _slots(kind: type) -> tuple[str, ...]:
    return getattr(kind, "__slots__", ()) if issubclass(kind, Event) else ()


class AttemptStarted(Event):
    """A request is sent; `attempt` counts from 1 within a call."""

    __slots__ = ("attempt", "method", "path_template")
    method: str
    path_template: str
    attempt: int

    def __init__(
        self, connector: str, action: str, method: str, path_template: str, attempt: int
    ) -> None:
        self._fill(
            connector=connector,
            action=action,
            method=method,
            path_template=path_template,
            attempt=attempt,
        )


class AttemptEnded(Event):
    """An answer came, or none did: then `status_code` is None and `fault` says why.

    `seconds` are those from sending to the end of the answer, or of its headers where the body is
    streamed; time spent waiting for a rate limit is not among them.
    """

    __slots__ = (
        "attempt",
        "fault",
        "method",
        "path_template",
        "request_id",
        "seconds",
        "status_code",
    )
    method: str
    path_template: str
    attempt: int
    seconds: float
    status_code: int | None
    request_id: str | None
    fault: str | None

    def __init__(
        self,
        connector: str,
        action: str,
        method: str,
        path_template: str,
        attempt: int,
        seconds: float,
        *,
        status_code: int | None = None,
        request_id: str | None = None,
        fault: str | None = None,
    ) -> None:
        self._fill(
            connector=connector,
            action=action,
            method=method,
            path_template=path_template,
            attempt=attempt,
            seconds=seconds,
            status_code=status_code,
            request_id=request_id,
            fault=fault,
        )


class Waited(Event):
    """A call waits: `reason` is "retry" (told before the pause) or "limit" (told after it)."""

    __slots__ = ("attempt", "reason", "seconds")
    reason: str
    seconds: float
    attempt: int

    def __init__(
        self, connector: str, action: str, reason: str, seconds: float, attempt: int
    ) -> None:
        self._fill(
            connector=connector, action=action, reason=reason, seconds=seconds, attempt=attempt
        )


class Refreshed(Event):
    """A token was fetched for all that share it, or could not be: then `error` names the class."""

    __slots__ = ("error", "seconds")
    seconds: float
    error: str | None

    def __init__(
        self, connector: str, action: str, seconds: float, error: str | None = None
    ) -> None:
        self._fill(connector=connector, action=action, seconds=seconds, error=error)


class PageRead(Event):
    """A page of a list was fetched and read: `number` counts from 1 within a walk."""

    __slots__ = ("has_next", "items", "number", "total")
    number: int
    items: int
    has_next: bool
    total: int | None

    def __init__(
        self,
        connector: str,
        action: str,
        number: int,
        items: int,
        *,
        has_next: bool,
        total: int | None = None,
    ) -> None:
        self._fill(
            connector=connector,
            action=action,
            number=number,
            items=items,
            has_next=has_next,
            total=total,
        )


class LimitsAway(Event):
    """The store of the shared limits does not answer; `instead` is what is done without it."""

    __slots__ = ("fault", "instead")
    fault: str
    instead: str

    def __init__(self, connector: str, action: str, fault: str, instead: str) -> None:
        self._fill(connector=connector, action=action, fault=fault, instead=instead)


class Progress(Frozen):
    """How far a walk through pages has come; given to `progress=` after each page.

    `pages` and `items` count what this walk has fetched; `total` is the number of all items, where
    the service tells it. `checkpoint` goes on from here another day; None: this was the last page.
    """

    __slots__ = ("checkpoint", "items", "pages", "seconds", "total")
    pages: int
    items: int
    total: int | None
    seconds: float
    checkpoint: str | None

    def __init__(
        self, pages: int, items: int, total: int | None, seconds: float, checkpoint: str | None
    ) -> None:
        self._fill(pages=pages, items=items, total=total, seconds=seconds, checkpoint=checkpoint)
