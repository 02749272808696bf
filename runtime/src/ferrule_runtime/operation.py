"""What generated code says about one action: data only, read by clients, pagers and decoders."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ferrule_runtime.frozen import Frozen
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.templates import told

if TYPE_CHECKING:
    from ferrule_runtime.connector import Retry, Timeout
    from ferrule_runtime.credentials.kinds import Alternatives, NoAuth
    from ferrule_runtime.errors import Errors
    from ferrule_runtime.sequences import Each, Items, JobPlan, Since, Split, Step

T = TypeVar("T")

# A method that the standard calls idempotent may be repeated where a spec says nothing (RFC 9110).
_REPEATABLE = frozenset(("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"))


class Case(Frozen):
    """What one status, media type or value of an argument gives: a type and where it stands."""

    __slots__ = ("at", "constant", "default", "media", "packing", "returns", "stream")
    returns: Any
    at: Any
    media: str | None
    constant: tuple[Any, ...] | None
    default: tuple[Any, ...] | None
    stream: str | None
    packing: str | None

    def __init__(
        self,
        returns: Any = None,
        *,
        at: Any = None,
        media: str | None = "json",
        constant: tuple[Any, ...] | None = None,
        default: tuple[Any, ...] | None = None,
        stream: str | None = None,
        packing: str | None = None,
    ) -> None:
        self._fill(
            returns=returns,
            at=at,
            media=media,
            constant=constant,
            default=default,
            stream=stream,
            packing=packing,
        )


class Paging(Frozen):
    """How the next request is made from an answer, and when a walk ends.

    Targets are pairs (where, name): ("query", "page[after]"), ("body", "start.cursor"). A pair of
    `into` may carry the place its value comes from: (("body", "range_end"), last("key")).
    `start` is the first page number or offset; None: 1 and 0. `hook` names a function that tells
    what the next request has in it.
    """

    __slots__ = (
        "cursor",
        "default_size",
        "hook",
        "into",
        "link",
        "max_size",
        "more",
        "next_url",
        "offset",
        "page",
        "size",
        "start",
        "total",
    )
    cursor: Any
    into: tuple[Any, ...]
    next_url: Any
    link: str | None
    page: tuple[str, str] | None
    start: int | None
    offset: tuple[str, str] | None
    size: tuple[str, str] | None
    default_size: int | None
    max_size: int | None
    more: Any
    total: Any
    hook: str | None

    def __init__(
        self,
        *,
        cursor: Any = None,
        into: tuple[Any, ...] = (),
        next_url: Any = None,
        link: str | None = None,
        page: tuple[str, str] | None = None,
        start: int | None = None,
        offset: tuple[str, str] | None = None,
        size: tuple[str, str] | None = None,
        default_size: int | None = None,
        max_size: int | None = None,
        more: Any = None,
        total: Any = None,
        hook: str | None = None,
    ) -> None:
        self._fill(
            cursor=cursor,
            into=into,
            next_url=next_url,
            link=link,
            page=page,
            start=start,
            offset=offset,
            size=size,
            default_size=default_size,
            max_size=max_size,
            more=more,
            total=total,
            hook=hook,
        )


class Operation(Frozen, Generic[T]):
    """One action: the request it makes and the type it gives (T; `list[Item]` where it pages).

    A constant of a module; building it imports nothing. `Operation[Ticket](…)` reads what it gives
    as a Ticket. What is computed from it once a process, such as its decoder, is kept in `memo`.
    """

    __slots__ = (
        "accepts",
        "action",
        "arrays",
        "at",
        "auth",
        "before",
        "body",
        "body_type",
        "by",
        "cache",
        "cases",
        "constant",
        "cookies",
        "cost",
        "default",
        "deprecated",
        "document",
        "each",
        "errors",
        "extends_timeout",
        "formats",
        "headers",
        "hooks",
        "host",
        "idempotency_key",
        "ignores",
        "items",
        "job",
        "limits",
        "media",
        "memo",
        "method",
        "optional",
        "packing",
        "paging",
        "parts",
        "path",
        "query",
        "redirect",
        "replay",
        "retry",
        "returns",
        "scopes",
        "send",
        "since",
        "slashes",
        "split",
        "stream",
        "styles",
        "timeout",
        "url",
    )
    action: str
    method: str | None
    path: Any
    returns: Any
    at: Any
    constant: tuple[Any, ...] | None
    default: tuple[Any, ...] | None
    stream: str | None
    packing: str | None
    media: str | None
    cases: Mapping[Any, Case] | None
    by: str | None
    redirect: bool
    url: Any
    host: str | None
    slashes: tuple[str, ...]
    optional: tuple[str, ...]
    query: Mapping[str, Any] | None
    headers: Mapping[str, Any] | None
    cookies: Mapping[str, Any] | None
    body: Any
    styles: Mapping[str, str] | None
    formats: Mapping[str, Any] | None
    arrays: str | None
    send: str | None
    accepts: str | None
    body_type: Callable[[], Any] | None
    parts: Mapping[str, Any] | None
    document: tuple[str, str | None] | None
    paging: "str | Paging | None"
    limits: tuple[str, ...]
    cost: Any
    scopes: tuple[str, ...]
    auth: "str | NoAuth | Alternatives | None"
    replay: str | None
    idempotency_key: str | tuple[str, str] | None
    retry: "Retry | None"
    timeout: "Timeout | None"
    errors: "Errors | None"
    cache: str | None
    ignores: bool
    deprecated: str | None
    extends_timeout: str | None
    before: "tuple[Step, ...]"
    job: "JobPlan | None"
    items: "Items | None"
    split: "Split | None"
    each: "Each | None"
    since: "Since | None"
    hooks: Mapping[str, str] | None
    memo: dict[str, Any]

    def __init__(
        self,
        action: str,
        method: str | None,
        path: Any = "",
        *,
        returns: Any = None,
        at: Any = None,
        constant: tuple[Any, ...] | None = None,
        default: tuple[Any, ...] | None = None,
        stream: str | None = None,
        packing: str | None = None,
        media: str | None = "json",
        cases: Mapping[Any, Case] | None = None,
        by: str | None = None,
        redirect: bool = False,
        url: Any = None,
        host: str | None = None,
        slashes: tuple[str, ...] = (),
        optional: tuple[str, ...] = (),
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, Any] | None = None,
        cookies: Mapping[str, Any] | None = None,
        body: Any = None,
        styles: Mapping[str, str] | None = None,
        formats: Mapping[str, Any] | None = None,
        arrays: str | None = None,
        send: str | None = None,
        accepts: str | None = None,
        body_type: Callable[[], Any] | None = None,
        parts: Mapping[str, Any] | None = None,
        document: tuple[str, str | None] | None = None,
        paging: str | Paging | None = None,
        limits: tuple[str, ...] = ("default",),
        cost: Any = 1,
        scopes: tuple[str, ...] = (),
        auth: "str | NoAuth | Alternatives | None" = None,
        replay: str | None = None,
        idempotency_key: str | tuple[str, str] | None = None,
        retry: "Retry | None" = None,
        timeout: "Timeout | None" = None,
        errors: "Errors | None" = None,
        cache: str | None = None,
        ignores: bool = False,
        deprecated: str | None = None,
        extends_timeout: str | None = None,
        before: "tuple[Step, ...]" = (),
        job: "JobPlan | None" = None,
        items: "Items | None" = None,
        split: "Split | None" = None,
        each: "Each | None" = None,
        since: "Since | None" = None,
        hooks: Mapping[str, str] | None = None,
    ) -> None:
        self._fill(
            action=action,
            method=method,
            path=path,
            returns=returns,
            at=at,
            constant=constant,
            default=default,
            stream=stream,
            packing=packing,
            media=media,
            cases=cases,
            by=by,
            redirect=redirect,
            url=url,
            host=host,
            slashes=slashes,
            optional=optional,
            query=query,
            headers=headers,
            cookies=cookies,
            body=body,
            styles=styles,
            formats=formats,
            arrays=arrays,
            send=send,
            accepts=accepts,
            body_type=body_type,
            parts=parts,
            document=document,
            paging=paging,
            limits=limits,
            cost=cost,
            scopes=scopes,
            auth=auth,
            replay=replay,
            idempotency_key=idempotency_key,
            retry=retry,
            timeout=timeout,
            errors=errors,
            cache=cache,
            ignores=ignores,
            deprecated=deprecated,
            extends_timeout=extends_timeout,
            before=before,
            job=job,
            items=items,
            split=split,
            each=each,
            since=since,
            hooks=hooks,
            memo={},
        )

    if not TYPE_CHECKING:

        def __class_getitem__(cls, returns):
            return partial(cls, returns=returns)

    def __repr__(self) -> str:
        return f"Operation({self.action}: {self.method or 'ANY'} {self.template})"

    def __hash__(self) -> int:
        return hash(self.action)

    def __eq__(self, other: object) -> bool:
        return self is other

    @property
    def template(self) -> str:
        """The path or URL with its gaps as the spec names them, no values: for errors and logs."""
        return told(self.path if self.url is None else self.url)

    def is_repeatable(self, method: str) -> bool:
        """Whether a call may be sent again after one that may have had an effect, without a key."""
        if self.replay is None:
            return method in _REPEATABLE
        return self.replay == "safe"


class Test(Frozen):
    """The request that `test_connection` makes, and what tells that it went well."""

    __slots__ = ("failed", "message", "ok", "operation")
    operation: Operation[Any]
    ok: Any
    failed: Any
    message: Any

    # The name is the language's; pytest must not collect it.
    __test__ = False

    def __init__(
        self, operation: Operation[Any], *, ok: Any = None, failed: Any = None, message: Any = None
    ) -> None:
        self._fill(operation=operation, ok=ok, failed=failed, message=message)


class Arguments:
    """What a caller gave to an action, by place and wire name; `omit` means left out.

    A pager copies it and changes the copy from page to page; nothing of the caller's is changed.
    `next_url` stands instead of path and query: a URL that the service gave, absolute or relative
    to the request that brought it (`base_url`). `input` is what the caller gave that is in no place
    by itself, `let` what earlier answers of the same call told; templates look both up. `each` is
    what a fan-out has put in, for items to be derived from.
    """

    __slots__ = (
        "auth",
        "base_url",
        "body",
        "by",
        "cookies",
        "each",
        "headers",
        "input",
        "let",
        "may_restart",
        "method",
        "next_url",
        "path",
        "query",
        "send",
        "url",
    )

    def __init__(
        self,
        path: tuple[Any, ...] = (),
        query: Any = None,
        headers: Any = None,
        cookies: Any = None,
        body: Any = omit,
        method: str | None = None,
        url: Any = None,
        by: Any = None,
        send: Any = None,
        auth: str | Omit | None = None,
        input: Any = None,  # noqa: A002 - the language's word
    ) -> None:
        self.path = path
        self.query = query
        self.headers = headers
        self.cookies = cookies
        self.body = body
        self.method = method
        self.url = url
        self.by = by
        self.send = send
        self.auth = auth
        self.input = input
        self.let: dict[str, Any] | None = None
        self.each: dict[str, Any] | None = None
        self.may_restart = False
        self.next_url: str | None = None
        self.base_url: str | None = None

    def copy(self) -> "Arguments":
        """The same arguments, to be changed one by one; the maps are shared until replaced."""
        made = object.__new__(Arguments)
        for name in Arguments.__slots__:
            setattr(made, name, getattr(self, name))
        return made

    def __repr__(self) -> str:
        given = [name for name in ("query", "headers", "cookies", "body") if getattr(self, name)]
        return f"Arguments({len(self.path)} in the path, {', '.join(given) or 'nothing else'})"


def after_event(arguments: Arguments, event_id: str) -> Arguments:
    """The arguments of a call that asks for what follows an event."""
    made, given = arguments.copy(), arguments.headers
    pairs = [] if not given else list(given.items() if isinstance(given, Mapping) else given)
    made.headers = [*pairs, ("Last-Event-ID", event_id)]
    return made
