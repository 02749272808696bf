"""Plays flows as scripts of replies: no socket, no clock but a counted one, no event loop."""

from collections.abc import Callable, Iterable
from typing import Any

from ferrule_runtime.credentials.authenticators import Authenticator, Fixed
from ferrule_runtime.errors import Errors, ErrorTable
from ferrule_runtime.flows.call import calling
from ferrule_runtime.flows.classify import Classifier
from ferrule_runtime.flows.policy import Policy
from ferrule_runtime.limiter import Limiter
from ferrule_runtime.plan import Plan
from ferrule_runtime.wire import (
    Call,
    Close,
    Credential,
    Flight,
    Flow,
    Lines,
    Origin,
    Pause,
    Reply,
    Rest,
    Send,
    WireFault,
)

ORIGIN = Origin("https", "api.example.com", 443)
Script = Iterable[Reply | WireFault | Callable[[Call], Reply]]


class Clock:
    """Time that passes only when a flow waits."""

    def __init__(self, start: float = 1000.0) -> None:
        self.time = start

    def __call__(self) -> float:
        return self.time


class Stage:
    """A policy with a counted clock, and what happened while flows were played on it."""

    def __init__(
        self, *, chance: float = 1.0, limiter: Limiter | None = None, **given: Any
    ) -> None:
        self.clock = Clock()
        self.pauses: list[float] = []
        self.sent: list[tuple[str, Lines]] = []
        self.closed = 0
        self.policy = Policy(
            "acme",
            table=lambda: given.get("table") or ErrorTable(),
            clock=self.clock,
            now=lambda: 1_700_000_000.0 + self.clock.time,
            chance=lambda: chance,
            limiter=limiter,
            trusted=frozenset((ORIGIN,)),
            **{name: value for name, value in given.items() if name != "table"},
        )

    def play(self, flow: Flow[Any], script: Script) -> Any:
        """Grant the wishes of a flow from a script; its value, or the error it raises."""
        replies = iter(script)
        try:
            wish = next(flow)
            while True:
                value: Any = None
                failure: Exception | None = None
                try:
                    value = self._grant(wish, replies)
                except Exception as error:
                    failure = error
                wish = flow.send(value) if failure is None else flow.throw(failure)
        except StopIteration as stop:
            return stop.value
        finally:
            flow.close()

    def _grant(self, wish: Any, replies: Any) -> Any:
        if isinstance(wish, Send):
            call = wish.call
            self.sent.append((call.target, [*call.headers, *call.credential_lines]))
            each = next(replies)
            if isinstance(each, WireFault):
                raise each
            return each(call) if callable(each) else each
        if isinstance(wish, Pause):
            self.pauses.append(wish.seconds)
            self.clock.time += wish.seconds
            return None
        if isinstance(wish, Rest):
            self.clock.time += wish.seconds or 0.0
            return None
        if isinstance(wish, Close):
            self.closed += 1
            return None
        assert isinstance(wish, Flight)
        value, flight, leads = wish.source.claim()
        if flight is None:
            return value
        assert leads
        fetched = self.play(wish.flow(), replies)
        wish.source.land(flight, fetched, None)
        return fetched


def call_of(
    method: str = "GET",
    *,
    errors: Errors | None = None,
    accepted: Iterable[int] = (),
    is_replayable: bool | None = None,
    content: Any = None,
    deadline: float | None = None,
    target: str = "/things",
    **plan: Any,
) -> Call:
    """A call of a plain operation."""
    made = Plan("things.do", "/things", Classifier(errors, frozenset(accepted)), **plan)
    replayable = method != "POST" if is_replayable is None else is_replayable
    return Call(
        made,
        method.encode(),
        ORIGIN,
        target,
        [(b"accept", b"application/json")],
        content,
        is_replayable=replayable,
        deadline=deadline,
    )


def play(stage: Stage, call: Call, *script: Any) -> Reply:
    """The reply of a call whose attempts are answered by this script."""
    reply = stage.play(calling(call, stage.policy), script)
    assert isinstance(reply, Reply)
    return reply


def reply(status: int = 200, content: bytes = b"{}", **headers: str) -> Reply:
    """An answer; underscores in the names of headers are dashes."""
    lines = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    return Reply(status, lines, content)


def lost(*, was_sent: bool = True, **given: Any) -> WireFault:
    """The fault of a connection that broke."""
    return WireFault("the connection broke", was_sent=was_sent, **given)


def fixed(text: str = "secret-token") -> Fixed:
    """An authenticator of a key that never changes."""
    return Fixed(Credential([(b"authorization", text.encode())]))


class Renewed(Authenticator):
    """Gives t1, and another token each time the one before was refused."""

    is_refreshable = True

    def __init__(self) -> None:
        self.count = 0
        self.held: Credential | None = None

    def current(self, call: Call) -> Credential | None:
        return self.held

    def obtain(self, call: Call, policy: Policy) -> Flow[Credential]:
        yield Pause(0.0)
        self.count += 1
        self.held = Credential([(b"authorization", b"t%d" % self.count)])
        return self.held

    def invalidate(self, refused: Credential) -> None:
        if self.held is refused:
            self.held = None
