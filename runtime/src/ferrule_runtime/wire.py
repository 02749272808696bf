"""What travels between flows and drivers: a Call, its Reply, and the wishes of a flow."""

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from ferrule_runtime.answer import Answer
    from ferrule_runtime.connector import Timeout
    from ferrule_runtime.latch import Latch
    from ferrule_runtime.plan import Plan

Lines = list[tuple[bytes, bytes]]
T = TypeVar("T")


class Body:
    """A request body that is read in parts, opened anew for each attempt.

    `length` is the number of bytes, None where it is not known (then it is sent chunked).
    A body that is not `is_replayable` (a one-shot iterator, a pipe) is never sent twice. One that
    `is_async` gives an async iterator: only an async client can send it.
    """

    __slots__ = ("is_async", "is_replayable", "length", "open")

    def __init__(
        self,
        opened: Callable[[], Iterator[bytes] | AsyncIterator[bytes]],
        length: int | None,
        *,
        is_replayable: bool,
        is_async: bool = False,
    ) -> None:
        self.is_async = is_async
        self.open = opened
        self.length = length
        self.is_replayable = is_replayable

    def __repr__(self) -> str:
        return f"Body(length={self.length}, is_replayable={self.is_replayable})"


class Credential:
    """What an auth kind puts into a request. Its repr tells names, never values.

    `headers` are ready lines, `query` pairs replace those of the same name, `cookies` join the
    Cookie header, `body` fields are merged into the body before it is encoded.
    """

    __slots__ = ("body", "cookies", "headers", "is_plain", "query")

    def __init__(
        self,
        headers: Lines | None = None,
        query: Mapping[str, str] | None = None,
        cookies: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> None:
        self.headers: Lines = headers or []
        self.query = query or {}
        self.cookies = cookies or {}
        self.body = body or {}
        # Nothing but header lines: what nearly every service wants.
        self.is_plain = not (self.query or self.cookies or self.body)

    def __repr__(self) -> str:
        names = [name.decode("latin-1") for name, _ in self.headers]
        names += [*self.query, *self.cookies, *self.body]
        return f"Credential({', '.join(names)}: hidden)"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a credential cannot be pickled or copied: it holds a secret")


class Call:
    """One logical call: the request, as the attempts send it, and what bounds the attempts.

    The request without its credential is `path_and_query`, `headers` and `content`; what an attempt
    sends is `target`, `headers` + `credential_lines`, and `sent_content`.
    """

    __slots__ = (
        "action",
        "attempt",
        "content",
        "credential",
        "credential_lines",
        "deadline",
        "encode_with",
        "headers",
        "is_replayable",
        "lane",
        "may_restart",
        "method",
        "moment",
        "origin",
        "path_and_query",
        "plan",
        "sent_content",
        "started_at",
        "target",
        "template",
        "timeout",
    )

    def __init__(
        self,
        plan: "Plan",
        method: bytes,
        origin: "Origin",
        path_and_query: str,
        headers: Lines,
        content: "bytes | Body | None" = None,
        *,
        is_replayable: bool = False,
        timeout: "Timeout | None" = None,
        deadline: float | None = None,
    ) -> None:
        self.plan = plan
        self.lane = plan.lane
        # Whether it is a page of a walk that can begin again.
        self.may_restart = False
        self.action = plan.action
        self.template = plan.template
        self.method = method
        self.origin = origin
        self.path_and_query = self.target = path_and_query
        self.headers = headers
        self.content = self.sent_content = content
        # Whether it may be sent again after an attempt that may have had an effect.
        self.is_replayable = is_replayable
        # None: the timeouts of the user's own httpx client hold.
        self.timeout = timeout
        # Seconds of the monotonic clock at which the whole call, pauses included, has failed.
        self.deadline = deadline
        # Encodes the body again with the fields of a credential, and tells its content type; None
        # where the body is no map.
        self.encode_with: (
            Callable[[Mapping[str, Any]], tuple[bytes | Body | None, str | None]] | None
        ) = None
        self.credential: Credential | None = None
        self.credential_lines: Lines = []
        self.attempt = 0
        self.started_at = 0.0
        # (attempt, seconds since the epoch, nonce): what a credential says of the time is the same
        # wherever it stands in the request.
        self.moment: tuple[int, float, str] | None = None

    def __repr__(self) -> str:
        return f"Call({self.action}: {self.method.decode('latin-1')} {self.template})"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a call cannot be pickled or copied: it may hold a secret")


class Origin:
    """Scheme, host and port of a service. Equal ones are the same place to send a secret to."""

    __slots__ = ("host", "port", "scheme", "text")

    def __init__(self, scheme: str, host: str, port: int) -> None:
        self.scheme = scheme
        self.host = host
        self.port = port
        usual = {"http": 80, "https": 443}.get(scheme)
        bracketed = f"[{host}]" if ":" in host else host
        self.text = f"{scheme}://{bracketed}" + ("" if port == usual else f":{port}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Origin) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Origin({self.text})"


class Reply:
    """What came back: status, header lines, and the body with its content encoding removed.

    `content` is the whole body, or empty where `stream` gives it in parts: an iterator of bytes (an
    async one from an async client) that raises the connector's errors when it is cut off. `close`
    gives the connection back; calling it again does nothing; from an async client it is awaited.
    `outcome` is what the errors block made of it: "success", "ignore" (the result is None or an
    empty list) or "end" (this was the last page).
    """

    __slots__ = (
        "_on_close",
        "answer",
        "close",
        "content",
        "headers",
        "outcome",
        "status",
        "stream",
    )

    def __init__(
        self,
        status: int,
        headers: Lines,
        content: bytes = b"",
        stream: Iterator[bytes] | AsyncIterator[bytes] | None = None,
        close: Callable[[], Awaitable[None] | None] | None = None,
    ) -> None:
        self.status = status
        self.headers = headers
        self.content = content
        self.stream = stream
        self.close = close
        self.outcome = "success"
        self._on_close: list[Callable[[], None]] = []
        # The Answer that rules have read, so that nobody parses it again.
        self.answer: Answer | None = None

    def when_closed(self, callback: Callable[[], None]) -> None:
        """Call back once, when the stream has ended or is closed, however that comes."""
        self._on_close.append(callback)

    def close_now(self) -> "Awaitable[None] | None":
        """Give the connection back; from an async client it is awaited."""
        return None if self.close is None else self.close()

    def has_come(self, content: bytes) -> None:
        """The body is here as a whole, and streams no longer."""
        self.content, self.stream, self.answer = content, None, None

    def closed(self) -> None:
        """What a wire says when the connection of a streamed body is free again."""
        while self._on_close:
            self._on_close.pop()()

    def copy(self) -> "Reply":
        """The same answer, judged and read anew."""
        return Reply(self.status, self.headers, self.content)

    def header(self, name: bytes) -> bytes | None:
        """The first value of a header; `name` in lower case."""
        for key, value in self.headers:
            if key.lower() == name:
                return value
        return None

    def __repr__(self) -> str:
        return f"Reply(status={self.status}, {len(self.content)} bytes)"


class WireFault(Exception):
    """No usable answer; tells what a policy needs to know, and no secret.

    `was_sent` False: it is certain that the service did not act. `may_pass` False: trying again
    cannot help (a certificate that is not trusted). `is_content` True: an answer came, and its body
    is corrupt or too large. `is_own_deadline` True: the call that met it had no more time.
    `is_configuration` True: what the installer or the environment says cannot be used.
    """

    def __init__(
        self,
        message: str,
        *,
        was_sent: bool,
        is_timeout: bool = False,
        may_pass: bool = True,
        is_content: bool = False,
        is_own_deadline: bool = False,
        is_configuration: bool = False,
    ) -> None:
        super().__init__(message)
        self.was_sent = was_sent
        self.is_timeout = is_timeout
        self.may_pass = may_pass
        self.is_content = is_content
        self.is_own_deadline = is_own_deadline
        self.is_configuration = is_configuration


class Send:
    """Wish: send this call once; the driver gives its Reply or throws a WireFault."""

    __slots__ = ("call",)

    def __init__(self, call: Call) -> None:
        self.call = call


class Pause:
    """Wish: wait so many seconds."""

    __slots__ = ("seconds",)

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


class Rest:
    """Wish: wait until the signal is set, at most so many seconds (None: as long as it takes)."""

    __slots__ = ("seconds", "signal")

    def __init__(self, signal: "Latch", seconds: float | None) -> None:
        self.signal = signal
        self.seconds = seconds


class Flight:
    """Wish: the value of a source that is fetched once for all who wish it at the same time.

    Threads, tasks and event loops share it. The driver elects a leader, which runs `flow()`; if the
    leader is cancelled, one who waits takes over. At most `seconds` are waited for another one. A
    flow that `finishes` spends something that cannot be spent twice: when the task that leads is
    cancelled, it goes on without it.
    """

    __slots__ = ("finishes", "flow", "seconds", "source")

    def __init__(
        self,
        source: "Source",
        flow: "Callable[[], Flow[Any]]",
        seconds: float | None = None,
        *,
        finishes: bool = False,
    ) -> None:
        self.source = source
        self.flow = flow
        self.seconds = seconds
        self.finishes = finishes


class Close:
    """Wish: give back the connection of a streamed reply that nobody will read."""

    __slots__ = ("reply",)

    def __init__(self, reply: Reply) -> None:
        self.reply = reply


class Read:
    """Wish: the whole body of a streamed reply, in memory; then it streams no longer.

    The driver throws a WireFault where it is cut off, or larger than `max_bytes` after unpacking.
    """

    __slots__ = ("max_bytes", "reply")

    def __init__(self, reply: Reply, max_bytes: int | None) -> None:
        self.reply = reply
        self.max_bytes = max_bytes


class Ask:
    """Wish: what a function gives that waits for somebody else; an event loop asks in a thread."""

    __slots__ = ("question",)

    def __init__(self, question: "Callable[[], Any]") -> None:
        self.question = question


class Source(Protocol):
    """What a Flight fetches: who has it now, who is fetching it."""

    def claim(self) -> "tuple[Any, Latch | None, bool]":
        """(the value, None, False), or (None, the running flight, whether the caller leads it)."""
        ...

    def land(self, flight: "Latch", value: Any, error: BaseException | None) -> Any:
        """End a flight. What it gives instead of an error that can be lived with, else None."""
        ...


Wish = Send | Pause | Rest | Flight | Close | Read | Ask
Flow = Generator[Wish, Any, T]
