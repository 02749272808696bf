"""What a caller may choose for a client, and for a copy of it."""

from collections.abc import Callable, Mapping
from types import NoneType
from typing import TYPE_CHECKING, Any, TypedDict

from ferrule_runtime.connector import Connector, Retry, Timeout
from ferrule_runtime.flows.policy import MAX_WAIT_SECONDS
from ferrule_runtime.network import Tls
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.plan import DEEPEST_JSON, MOST_HEADER_BYTES

if TYPE_CHECKING:
    from ferrule_runtime.sharing import SharedLimits
    from ferrule_runtime.stores import TokenStore

# More than an answer that is meant to be held in memory; downloads are streamed. What is packed to
# do harm costs no more than this.
MOST_RESPONSE_BYTES = 32 * 1024 * 1024
# A call that has not ended by then never will; waiting for rate limits is counted too.
LONGEST_CALL_SECONDS = 3600.0


class ClientOptions(TypedDict, total=False):
    """Keyword arguments of every client, besides the connector's own settings."""

    base_url: str
    """Another place of the same service: a sandbox, a proxy, a test server."""
    hosts: Mapping[str, str]
    """Other origins of the service, by the names that the spec gives them."""
    timeout: float | Timeout | None
    """Seconds for each step of an attempt, or a Timeout."""
    deadline: float | None
    """Seconds for the whole call, with its retries and pauses: an hour; None for no bound."""
    max_attempts: int
    """How often a call is sent at most."""
    backoff: tuple[float, float] | float | None
    """(first, longest) seconds between attempts, one number for a fixed pause, None for none."""
    retry_all_errors: bool
    """Repeat every error that may be repeated, not only those that may pass."""
    max_wait: float
    """Seconds that a call waits at most when the service says when to come back."""
    max_response_bytes: int | None
    """How large an answer held in memory may be, after unpacking; None for any size."""
    max_header_bytes: int
    """How large all header lines of an answer may be together: 102400 at most."""
    max_nesting: int
    """How deep the JSON of an answer may be nested: 200 at most."""
    max_redirects: int
    """How many redirects are followed, of reading methods on the same origin; 0 for none."""
    headers: Mapping[str, str | None]
    """More headers for every request; None takes one away."""
    proxy: str
    """The URL of an HTTP or SOCKS proxy (socks5, socks5h: needs the extra `socks`)."""
    socket: str
    """The path of a Unix socket through which every connection leads."""
    tls: Tls
    """A private authority, a client certificate: `ferrule_runtime.contract.Tls`."""
    http_client: Any
    """An httpx or httpx2 client of your own; async for an async client. It is never closed."""
    token_store: "TokenStore | None"
    """Where tokens are kept and shared; None keeps them with this client alone.

    Not given: what `login` has stored, for kinds of auth that a person signs in to; else None.
    """
    verify: bool
    """False takes any certificate: for tests, never for secrets that matter."""
    rate_limits: bool
    """False switches the client's own rate limits off; those of the service stay."""
    share_with: Any
    """Another client whose rate limits and concurrency this one keeps too."""
    shared_limits: "SharedLimits | None"
    """Keep the rate limits with other processes and machines: a `sharing.redis_limits(…)`."""
    name: str
    """What this client is called in its repr."""
    debug: bool
    """Log a line for each request and answer."""
    on_event: Callable[[Any], object] | None
    """Called with a record of `ferrule_runtime.events` for what the client does."""
    around: Any
    """Your own layers around every attempt: functions of `call_next`, the outermost first."""


class CallArguments(TypedDict, total=False):
    """What generated methods hand on for one call, by place and wire name."""

    path: tuple[Any, ...]
    query: Any
    headers: Any
    cookies: Any
    body: Any
    method: str
    url: Any
    by: Any
    send: Any
    auth: str | Omit
    input: Any


class JobArguments(CallArguments, total=False):
    """The same for a job: the one that goes on, where it was begun earlier."""

    checkpoint: str | Omit


class PageArguments(CallArguments, total=False):
    """The same for a list: how large its pages are, and where the walk begins."""

    page_size: int | Omit
    checkpoint: str | Omit
    start: int | Omit
    since: Any
    until: Any
    parent: CallArguments


_FOR_COPIES = frozenset(
    (
        "around",
        "backoff",
        "deadline",
        "debug",
        "headers",
        "max_attempts",
        "max_header_bytes",
        "max_nesting",
        "max_redirects",
        "max_response_bytes",
        "max_wait",
        "name",
        "on_event",
        "retry_all_errors",
        "timeout",
        "verify",
    )
)
_BOUNDS = (
    ("max_header_bytes", 1, MOST_HEADER_BYTES),
    ("max_nesting", 1, DEEPEST_JSON),
    ("max_redirects", 0, 100),
)
_KNOWN = frozenset(ClientOptions.__annotations__)


class Options:
    """The options of one client, complete and checked."""

    __slots__ = ("_given",)

    def __init__(self, given: Mapping[str, Any], owner: str) -> None:
        """Raises TypeError and ValueError, as a call with wrong arguments does."""
        given = {name: value for name, value in given.items() if value is not omit}
        unknown = sorted(given.keys() - _KNOWN)
        if unknown:
            raise TypeError(f"{owner} got an unexpected keyword argument {unknown[0]!r}")
        self._given = given
        _check(given)

    def __repr__(self) -> str:
        return f"Options({', '.join(sorted(self._given))})"

    def varied(self, changes: Mapping[str, Any], owner: str) -> "Options":
        """The same options but for these."""
        changes = {name: value for name, value in changes.items() if value is not omit}
        foreign = sorted(changes.keys() - _FOR_COPIES)
        if foreign:
            raise TypeError(
                f"{owner}.with_options() cannot change {foreign[0]!r}: make a new client"
            )
        merged = {**self._given, **changes}
        if "headers" in changes and "headers" in self._given:
            merged["headers"] = {**self._given["headers"], **changes["headers"]}
        return Options(merged, owner)

    def get(self, name: str, default: Any = None) -> Any:
        return self._given.get(name, default)

    @property
    def layers(self) -> tuple[Any, ...]:
        """The user's own layers around an attempt, the outermost first."""
        return layers_of(self._given.get("around"))

    @property
    def max_wait(self) -> float:
        return float(self._given.get("max_wait", MAX_WAIT_SECONDS))

    @property
    def max_response_bytes(self) -> int | None:
        found: int | None = self._given.get("max_response_bytes", MOST_RESPONSE_BYTES)
        return found

    def timeout(self, connector: Connector, of_operation: Timeout | None) -> Timeout | None:
        """The bounds of an operation's steps; None leaves them to the user's own httpx client."""
        if "timeout" in self._given:
            return as_timeout(self._given["timeout"])
        if of_operation is not None:
            return of_operation
        return None if self._given.get("http_client") is not None else connector.timeout

    def total_seconds(self, connector: Connector, of_operation: Timeout | None) -> float | None:
        """The deadline of a call, from its start."""
        if "deadline" in self._given:
            found: float | None = self._given["deadline"]
            return found
        given = as_timeout(self._given["timeout"]) if "timeout" in self._given else None
        for timeout in (given, of_operation, connector.timeout):
            if timeout is not None and timeout.total is not None:
                return timeout.total
        return LONGEST_CALL_SECONDS

    def retry(self, connector: Connector, of_operation: Retry | None) -> Retry:
        """How calls of an operation are repeated."""
        base = of_operation or connector.retry
        return Retry(
            attempts=self._given.get("max_attempts", base.attempts),
            backoff=self._given.get("backoff", base.backoff),
            jitter=base.jitter,
            network=base.network,
            all_errors=self._given.get("retry_all_errors", base.all_errors),
            told_within=base.told_within,
        )


def as_timeout(given: Any) -> Timeout:
    """A Timeout of one number, which bounds every step; None bounds nothing."""
    if isinstance(given, Timeout):
        return given
    seconds = None if given is None else float(given)
    return Timeout(connect=seconds, read=seconds, write=seconds, pool=seconds)


def _check(given: Mapping[str, Any]) -> None:
    _check_numbers(given)
    timeout = given.get("timeout")
    if not isinstance(timeout, (int, float, Timeout, NoneType)):
        raise TypeError(
            f"timeout must be seconds, None or a Timeout (ferrule_runtime.contract), "
            f"not {type(timeout).__name__}; `deadline` bounds a whole call"
        )
    if isinstance(timeout, (int, float)) and not timeout > 0:
        raise ValueError("timeout must be more than 0 seconds, or None for no bound")
    store = given.get("token_store")
    if store is not None and not hasattr(store, "try_lock"):
        told = type(store).__name__
        raise TypeError(f"token_store must be a store of ferrule_runtime.stores, not {told}")
    shared = given.get("shared_limits")
    if shared is not None and not hasattr(shared, "pass_of"):
        told = type(shared).__name__
        raise TypeError(f"shared_limits must be limits of ferrule_runtime.sharing, not {told}")
    layers_of(given.get("around"))
    if not isinstance(given.get("tls"), (Tls, NoneType)):
        raise TypeError("tls= takes a Tls (ferrule_runtime.contract)")
    if given.get("on_event") is not None and not callable(given["on_event"]):
        raise TypeError("on_event= takes a function of one event")
    if given.get("http_client") is not None:
        for name in ("proxy", "socket", "tls", "verify"):
            if name in given:
                raise TypeError(f"{name}= cannot be given with http_client=, which has its own")


def _check_numbers(given: Mapping[str, Any]) -> None:
    if given.get("max_attempts", 1) < 1:
        raise ValueError("max_attempts must be at least 1")
    for name in ("deadline", "max_wait", "max_response_bytes"):
        if given.get(name) is not None and not given[name] >= 0:
            raise ValueError(f"{name} must not be negative")
    for name, least, most in _BOUNDS:
        if not least <= given.get(name, least) <= most:
            raise ValueError(f"{name} must be from {least} to {most}")


def layers_of(given: Any) -> tuple[Any, ...]:
    """One or several, the outermost first. Raises TypeError for what cannot be called."""
    if given is None:
        return ()
    layers = tuple(given) if isinstance(given, (list, tuple)) else (given,)
    for each in layers:
        if not callable(each) and not hasattr(each, "around"):
            raise TypeError(f"around= takes functions of call_next, not {type(each).__name__}")
    return layers
