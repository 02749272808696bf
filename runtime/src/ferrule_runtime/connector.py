"""What generated code says about one connector: settings, origins, auth, limits, errors."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ferrule_runtime.frozen import Frozen

if TYPE_CHECKING:
    from ferrule_runtime.errors import Errors, ErrorTable
    from ferrule_runtime.network import Tls
    from ferrule_runtime.operation import Paging, Test


class Setting(Frozen):
    """One value that an installer gives, by keyword or by environment variable.

    `type` is string integer number boolean date datetime duration url secret file enum list map
    json_secret, or `map(secret)`; `item` is the type of what a list or map holds. `strip` are
    prefixes and suffixes that people paste along; `pattern` must match the whole text.
    """

    __slots__ = (
        "choices",
        "default",
        "doc",
        "env",
        "example",
        "item",
        "maximum",
        "minimum",
        "name",
        "pattern",
        "strip",
        "type",
    )
    name: str
    type: str
    env: str
    default: Any
    choices: tuple[Any, ...]
    pattern: str | None
    strip: tuple[str, ...]
    doc: str
    example: Any
    item: str | None
    minimum: float | None
    maximum: float | None

    def __init__(
        self,
        name: str,
        *,
        type: str = "string",  # noqa: A002 - the word of the language
        env: str = "",
        default: Any = None,
        choices: tuple[Any, ...] = (),
        pattern: str | None = None,
        strip: tuple[str, ...] = (),
        doc: str = "",
        example: Any = None,
        item: str | None = None,
        minimum: float | None = None,
        maximum: float | None = None,
    ) -> None:
        self._fill(
            name=name,
            type=type,
            env=env,
            default=default,
            choices=choices,
            pattern=pattern,
            strip=strip,
            doc=doc,
            example=example,
            item=item,
            minimum=minimum,
            maximum=maximum,
        )

    @property
    def is_secret(self) -> bool:
        """Whether the value must never be shown."""
        return "secret" in self.type or self.item == "secret"


class Rate(Frozen):
    """A limit that the client keeps: at most `count` calls in any span of `seconds`.

    With `burst`, another promise: `burst` calls at once, and on from there one each
    `seconds / count`; in any span of t seconds that is at most burst + t * count / seconds.
    With `points`, each call takes as many as its operation costs instead of one. With `per`, a
    place in the request such as ("body", "channel"), each value there has a limit of its own.
    """

    __slots__ = ("burst", "count", "per", "points", "seconds")
    count: int
    seconds: float
    burst: int | None
    points: bool
    per: tuple[str, str] | None

    def __init__(
        self,
        count: int,
        seconds: float,
        burst: int | None = None,
        points: bool = False,
        per: tuple[str, str] | None = None,
    ) -> None:
        self._fill(count=count, seconds=seconds, burst=burst, points=points, per=per)


class Observe(Frozen):
    """A header in which the service tells how much of a bucket is left.

    `pattern` is the text of the header: literals (str) and gaps (name, unit) for `used`, `limit`,
    `remaining` and `reset`: ("remaining=", ("remaining", None), "; resets=", ("reset", "seconds")).
    Units of `reset` are those of waits; seconds if None. Without a pattern the header is one of
    those that the IETF has drafted: RateLimit, whose items name buckets, or RateLimit-Policy.
    """

    __slots__ = ("bucket", "header", "pattern")
    header: str
    pattern: tuple[Any, ...]
    bucket: str

    def __init__(self, header: str, pattern: tuple[Any, ...] = (), bucket: str = "default") -> None:
        self._fill(header=header, pattern=pattern, bucket=bucket)


class Retry(Frozen):
    """How a failed attempt is repeated; whether it may be is said by `replay` and by the rules.

    `attempts` counts the first one. `backoff` is (first, longest) seconds, doubling between; one
    number for a fixed pause; None for none. `jitter` is "full" or "none". `network` False leaves
    faults of the connection alone; `all_errors` repeats every failure that may be repeated. A pause
    that the service tells is kept as told; with `told_within` it is at least our own pause, and at
    most so many seconds more.
    """

    __slots__ = ("all_errors", "attempts", "backoff", "jitter", "network", "told_within")
    attempts: int
    backoff: tuple[float, float] | float | None
    jitter: str
    network: bool
    all_errors: bool
    told_within: float | None

    def __init__(
        self,
        attempts: int = 4,
        backoff: tuple[float, float] | float | None = (0.5, 30.0),
        jitter: str = "full",
        network: bool = True,
        all_errors: bool = False,
        told_within: float | None = None,
    ) -> None:
        self._fill(
            attempts=attempts,
            backoff=backoff,
            jitter=jitter,
            network=network,
            all_errors=all_errors,
            told_within=told_within,
        )


class Timeout(Frozen):
    """Seconds: four that bound one step of one attempt, and `total` that bounds the whole call.

    None means no bound. `total` counts retries, pauses and waiting for a rate limit; it does not
    count reading a streamed body, where `read` bounds the silence between two parts.
    """

    __slots__ = ("connect", "pool", "read", "total", "write")
    connect: float | None
    read: float | None
    write: float | None
    pool: float | None
    total: float | None

    def __init__(
        self,
        connect: float | None = 10.0,
        read: float | None = 60.0,
        write: float | None = 60.0,
        pool: float | None = 60.0,
        total: float | None = None,
    ) -> None:
        self._fill(connect=connect, read=read, write=write, pool=pool, total=total)


class Connector(Frozen):
    """One service. A constant of a package; building it imports nothing and does nothing.

    `values` are derived names, in an order in which each needs only those before it. `auths` are
    kinds by name; `auth` is a kind, or the name of the default one. `concurrency` is a number of
    calls, or a template that gives one. Clients with the same `share` keep one budget. `proxy`,
    `socket` and `tls` are the way to the service, all of them templates. `error_table` imports the
    package's error classes when the first error is made.
    """

    __slots__ = (
        "arrays",
        "auth",
        "auths",
        "base_url",
        "class_name",
        "concurrency",
        "cookies",
        "error_table",
        "errors",
        "headers",
        "hosts",
        "limits",
        "memo",
        "min_interval",
        "name",
        "observe",
        "origins",
        "package",
        "pagings",
        "proxy",
        "query",
        "retry",
        "send",
        "settings",
        "share",
        "socket",
        "test",
        "timeout",
        "title",
        "tls",
        "values",
        "version",
    )
    name: str
    title: str
    version: str
    package: str
    class_name: str
    settings: tuple[Setting, ...]
    values: Mapping[str, Any]
    base_url: Any
    hosts: Mapping[str, Any]
    origins: Any
    auth: Any
    auths: Mapping[str, Any]
    headers: Mapping[str, Any]
    query: Mapping[str, Any]
    cookies: Mapping[str, Any]
    send: str
    arrays: str
    limits: Mapping[str, tuple[Rate, ...]]
    concurrency: Any
    min_interval: float | None
    observe: tuple[Observe, ...]
    share: Any
    retry: Retry
    timeout: Timeout
    errors: "Errors | None"
    error_table: "Callable[[], ErrorTable] | None"
    pagings: "Mapping[str, Paging]"
    test: "Test | None"
    proxy: Any
    socket: Any
    tls: "Tls | None"
    memo: dict[str, Any]

    def __init__(
        self,
        *,
        name: str,
        title: str = "",
        version: str = "0",
        package: str = "",
        class_name: str = "",
        settings: tuple[Setting, ...] = (),
        values: Mapping[str, Any] | None = None,
        base_url: Any = None,
        hosts: Mapping[str, Any] | None = None,
        origins: Any = None,
        auth: Any = None,
        auths: Mapping[str, Any] | None = None,
        headers: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        cookies: Mapping[str, Any] | None = None,
        send: str = "json",
        arrays: str = "repeat",
        limits: Mapping[str, tuple[Rate, ...]] | None = None,
        concurrency: Any = None,
        min_interval: float | None = None,
        observe: tuple[Observe, ...] = (),
        share: Any = None,
        retry: Retry | None = None,
        timeout: Timeout | None = None,
        errors: "Errors | None" = None,
        error_table: "Callable[[], ErrorTable] | None" = None,
        pagings: "Mapping[str, Paging] | None" = None,
        test: "Test | None" = None,
        proxy: Any = None,
        socket: Any = None,
        tls: "Tls | None" = None,
    ) -> None:
        self._fill(
            name=name,
            title=title or name,
            version=version,
            package=package or name,
            class_name=class_name or name.title().replace("_", ""),
            settings=settings,
            values=values or {},
            base_url=base_url,
            hosts=hosts or {},
            origins=origins,
            auth=auth,
            auths=auths or {},
            headers=headers or {},
            query=query or {},
            cookies=cookies or {},
            send=send,
            arrays=arrays,
            limits=limits or {},
            concurrency=concurrency,
            min_interval=min_interval,
            observe=observe,
            share=share,
            retry=retry or Retry(),
            timeout=timeout or Timeout(),
            errors=errors,
            error_table=error_table,
            pagings=pagings or {},
            test=test,
            proxy=proxy,
            socket=socket,
            tls=tls,
            memo={},
        )

    def __repr__(self) -> str:
        return f"Connector({self.name} {self.version})"

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other
