"""The tree of errors that every connector raises, and the data of an errors block."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ferrule_runtime.frozen import Frozen

_FACTS = (
    "action",
    "attempts",
    "body",
    "code",
    "content",
    "details",
    "headers",
    "is_retry_safe",
    "message",
    "method",
    "path_template",
    "request_id",
    "retry_after_seconds",
    "status_code",
)


class ConnectorError(Exception):
    """Anything that a connector raises. Its texts and attributes hold no secret of the client.

    `is_retry_safe` tells whether sending the call again can do harm: True where the service did not
    act or may be asked twice, False where it may have acted, None where that is no question.
    """

    connector: str = ""
    action: str | None
    method: str | None
    path_template: str | None
    status_code: int | None
    headers: Mapping[str, str]
    content: bytes
    code: str | None
    message: str | None
    """The service's own words."""
    body: Any
    """The body of the answer as the type that the spec names for it; None where it is none."""
    details: Any
    request_id: str | None
    is_retry_safe: bool | None
    retry_after_seconds: float | None
    attempts: int
    """How often the call was sent."""

    def __init__(
        self,
        text: str = "",
        *,
        action: str | None = None,
        method: str | None = None,
        path_template: str | None = None,
        status_code: int | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
        code: str | None = None,
        message: str | None = None,
        body: Any = None,
        details: Any = None,
        request_id: str | None = None,
        is_retry_safe: bool | None = None,
        retry_after_seconds: float | None = None,
        attempts: int = 0,
    ) -> None:
        super().__init__(text)
        self.action = action
        self.method = method
        self.path_template = path_template
        self.status_code = status_code
        self.headers = headers or {}
        self.content = content
        self.code = code
        self.message = message
        self.body = body
        self.details = details
        self.request_id = request_id
        self.is_retry_safe = is_retry_safe
        self.retry_after_seconds = retry_after_seconds
        self.attempts = attempts

    def again(self) -> "ConnectorError":
        """An equal error without a traceback: one that several callers get is raised by each."""
        return _rebuild(_pickled_bases(type(self)), self.args, self._facts())

    def _facts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _FACTS}

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (_pickled_bases(type(self)), self.args, self._facts())


class StatusError(ConnectorError):
    """The service answered, and the answer is an error."""


class BadRequest(StatusError):
    """400: the service does not understand the request."""


class Unauthorized(StatusError):
    """401: the credentials are missing, wrong, or no longer good."""


class Forbidden(StatusError):
    """403: the credentials are good and not enough."""


class NotFound(StatusError):
    """404: there is no such thing, or it is hidden."""


class Conflict(StatusError):
    """409: the state of the service does not allow it."""


class Unprocessable(StatusError):
    """422: the request is understood and its content is refused."""


class RateLimited(StatusError):
    """429, and 503 with Retry-After: too much in too little time; the call did not happen."""


class ServerError(StatusError):
    """5xx: the service failed."""


class BadGateway(ServerError):
    """502: something in front of the service failed."""


class ServiceUnavailable(ServerError):
    """503: the service is down or overloaded."""


class Redirected(StatusError):
    """3xx that is not followed: to another origin, of a method that writes, or too often."""


class ConnectionFailed(ConnectorError):
    """No answer came: `is_retry_safe` tells whether the service may have acted all the same."""


class Timeout(ConnectionFailed):
    """No answer came in time."""


class InvalidResponse(ConnectorError):
    """An answer came and is not what was declared: another shape, broken, too large, HTML."""


class InvalidRequest(ConnectorError, ValueError):
    """An argument that cannot be sent: a path that climbs, a line break in a header."""


class ReconnectRequired(ConnectorError):
    """The access was revoked or ran out: a person must connect again."""


class SignInFailed(ConnectorError):
    """A person's sign-in gave no token. `code` is the service's word for it, or what was wrong.

    What can be wrong with a redirect: state_mismatch, issuer_mismatch, missing_code, malformed.
    What can be wrong besides: expired, choice_needed, nothing_to_choose.
    """


class ConfigurationError(ConnectorError):
    """A setting is missing or malformed; names the keyword and the variable, never the value."""


class FailedItem(Frozen):
    """One item of a list of results that has failed: its index, and what the service says of it."""

    __slots__ = ("code", "index", "item", "message")
    index: int
    code: str | None
    message: str | None
    item: Any

    def __init__(
        self, index: int, code: str | None = None, message: str | None = None, item: Any = None
    ) -> None:
        self._fill(index=index, code=code, message=message, item=item)


class PartialFailure(ConnectorError):
    """Some items of a list of results have failed; the others are done.

    `failed` are those that have, with their index; `result` is what the call gives otherwise.
    """

    failed: tuple[FailedItem, ...] = ()
    result: Any = None

    def _facts(self) -> dict[str, Any]:
        return {**super()._facts(), "failed": self.failed, "result": self.result}


class PagingLoop(ConnectorError):
    """The service gave a page or a cursor that it has given before."""


class RefusedUrl(ConnectorError):
    """A URL that leads away from the service's own origins; nothing was sent to it."""


class JobFailed(ConnectorError):
    """A job that the service ended without a result."""


class WebhookRefused(ConnectorError):
    """A webhook that the service did not send, or sent too long ago."""


_STATUS_NAMES = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    409: "Conflict",
    422: "Unprocessable",
    429: "RateLimited",
    502: "BadGateway",
    503: "ServiceUnavailable",
}

BUILT_IN: Mapping[str, type[ConnectorError]] = {
    kind.__name__: kind
    for kind in (
        StatusError,
        BadRequest,
        Unauthorized,
        Forbidden,
        NotFound,
        Conflict,
        Unprocessable,
        RateLimited,
        ServerError,
        BadGateway,
        ServiceUnavailable,
        Redirected,
        ConnectionFailed,
        Timeout,
        InvalidResponse,
        InvalidRequest,
        ReconnectRequired,
        SignInFailed,
        ConfigurationError,
        PagingLoop,
        RefusedUrl,
        JobFailed,
        PartialFailure,
        WebhookRefused,
    )
}


class ErrorTable:
    """The error classes of one package: which one a name, a status or both together mean.

    `classes` holds the built-in names and the spec's own ones. A built-in name that is not there is
    made from the package's base and the built-in class. `types` gives what bodies and details are
    read as, by (action or "", status or "details").
    """

    __slots__ = ("_combined", "_read", "base", "classes", "types")

    def __init__(
        self,
        base: type[ConnectorError] = ConnectorError,
        classes: Mapping[str, type[ConnectorError]] | None = None,
        types: Callable[[], Mapping[tuple[str, int | str], Any]] | None = None,
    ) -> None:
        self.types = types
        self._read: Mapping[tuple[str, int | str], Any] | None = None
        self.base = base
        self.classes = dict(BUILT_IN if classes is None else classes)
        self._combined: dict[tuple[type[ConnectorError], ...], type[ConnectorError]] = {}

    def __repr__(self) -> str:
        return f"ErrorTable({self.base.__name__}, {len(self.classes)} classes)"

    def type_of(self, action: str, what: int | str) -> Any:
        """What a body of this status, or the details, are read as; None where nothing says so."""
        if self.types is None:
            return None
        if self._read is None:
            self._read = self.types()
        found = self._read.get((action, what))
        return self._read.get(("", what)) if found is None else found

    def named(self, name: str) -> type[ConnectorError]:
        """The class of a name; the base for a name that nobody knows."""
        found = self.classes.get(name)
        if found is None:
            built_in = BUILT_IN.get(name)
            found = self.base if built_in is None else self.together(self.base, built_in)
        return found

    def of_status(self, status: int) -> type[ConnectorError]:
        """The class of a status that is an error."""
        name = _STATUS_NAMES.get(status)
        if name is None:
            name = "ServerError" if status >= 500 else "StatusError"
            name = "Redirected" if 300 <= status < 400 else name
        return self.named(name)

    def together(
        self, first: type[ConnectorError], second: type[ConnectorError]
    ) -> type[ConnectorError]:
        """A class that is both; the same one each time. Named after the first."""
        if issubclass(first, second):
            return first
        if issubclass(second, first):
            return second
        bases = (first, second)
        found = self._combined.get(bases)
        if found is None:
            found = self._combined.setdefault(bases, _combine(bases))
        return found


def _combine(bases: tuple[type[ConnectorError], ...]) -> type[ConnectorError]:
    first = bases[0]
    body = {
        "__module__": first.__module__,
        "__qualname__": first.__qualname__,
        "__doc__": first.__doc__,
        "_bases_pickled": tuple(base for each in bases for base in _pickled_bases(each)),
    }
    made: type[ConnectorError] = type(first.__name__, bases, body)
    return made


def _pickled_bases(kind: type[ConnectorError]) -> tuple[type[ConnectorError], ...]:
    """The importable classes that a class was combined from, or the class itself."""
    found: tuple[type[ConnectorError], ...] = kind.__dict__.get("_bases_pickled", (kind,))
    return found


_shared_table = ErrorTable()


def _rebuild(
    bases: tuple[type[ConnectorError], ...], args: tuple[Any, ...], facts: dict[str, Any]
) -> ConnectorError:
    kind = bases[0]
    for base in bases[1:]:
        kind = _shared_table.together(kind, base)
    made = kind.__new__(kind, *args)
    made.args = args
    for name, value in facts.items():
        setattr(made, name, value)
    return made


class Outcome(Frozen):
    """What an answer means: success fail retry limited reauthenticate reconnect ignore end restart.

    `error` names the class that is raised, when it comes to that. `wait` are alternatives; the
    first that tells a time is taken.
    """

    __slots__ = ("error", "kind", "wait")
    kind: str
    error: str | None
    wait: tuple[Any, ...]

    def __init__(
        self, kind: str = "fail", *, error: str | None = None, wait: tuple[Any, ...] = ()
    ) -> None:
        self._fill(kind=kind, error=error, wait=wait)


class Rule(Frozen):
    """When this condition holds, that outcome."""

    __slots__ = ("then", "when")
    when: Any
    then: Outcome

    def __init__(self, when: Any, then: Outcome) -> None:
        self._fill(when=when, then=then)


class Partial(Frozen):
    """Which items of a list of results have failed, and where each says why; read in one item.

    `items` is the place of the list, None: where the result stands.
    """

    __slots__ = ("code", "failed", "items", "message")
    failed: Any
    code: tuple[Any, ...]
    message: tuple[Any, ...]
    items: Any

    def __init__(
        self,
        failed: Any,
        *,
        code: Iterable[Any] = (),
        message: Iterable[Any] = (),
        items: Any = None,
    ) -> None:
        self._fill(failed=failed, code=tuple(code), message=tuple(message), items=items)


class Errors(Frozen):
    """An errors block. `code` and `message` are places, the first that holds something is taken."""

    __slots__ = (
        "code",
        "codes",
        "details",
        "message",
        "ok",
        "partial",
        "request_id",
        "rules",
        "statuses",
    )
    ok: Any
    code: tuple[Any, ...]
    message: tuple[Any, ...]
    details: Any
    request_id: Any
    rules: tuple[Rule, ...]
    codes: Mapping[str, Outcome]
    statuses: Mapping[int, Outcome]
    partial: Partial | None

    def __init__(
        self,
        *,
        ok: Any = None,
        code: Iterable[Any] = (),
        message: Iterable[Any] = (),
        details: Any = None,
        request_id: Any = None,
        rules: Iterable[Rule] = (),
        codes: Mapping[str, Outcome] | None = None,
        statuses: Mapping[int, Outcome] | None = None,
        partial: Partial | None = None,
    ) -> None:
        self._fill(
            ok=ok,
            partial=partial,
            code=tuple(code),
            message=tuple(message),
            details=details,
            request_id=request_id,
            rules=tuple(rules),
            codes=codes or {},
            statuses=statuses or {},
        )

    def before(self, other: "Errors") -> "Errors":
        """Both together, this one's words first: an action's block before the connector's."""
        return Errors(
            ok=self.ok if self.ok is not None else other.ok,
            code=self.code or other.code,
            message=self.message or other.message,
            details=self.details if self.details is not None else other.details,
            request_id=self.request_id if self.request_id is not None else other.request_id,
            rules=(*self.rules, *other.rules),
            codes={**other.codes, **self.codes},
            statuses={**other.statuses, **self.statuses},
            partial=self.partial if self.partial is not None else other.partial,
        )
