"""Functions of an author: what each slot is given, what it gives back, and how it is found."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from ferrule_runtime.answer import Answer
from ferrule_runtime.headers import Headers

if TYPE_CHECKING:
    from ferrule_runtime.operation import Arguments, Operation
    from ferrule_runtime.wire import Call, Lines

__all__ = [
    "AuthorizeHook",
    "CallHook",
    "ClassifyHook",
    "ExtractHook",
    "HookAnswer",
    "HookArguments",
    "HookRequest",
    "PaginateHook",
    "TransformHook",
]


class HookRequest:
    """A request that is about to be sent: `method`, `url`, `headers` and `content` (bytes)."""

    __slots__ = ("content", "headers", "method", "url")

    def __init__(self, method: str, url: str, headers: Mapping[str, str], content: bytes) -> None:
        self.method = method
        self.url = url
        self.headers = headers
        self.content = content

    def __repr__(self) -> str:
        return f"HookRequest({self.method})"


class HookAnswer:
    """An answer as it came: `status_code`, `headers` (in any case), `content`, `text`, `json()`."""

    __slots__ = ("_answer", "headers")

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.headers = Headers(tuple(answer.headers))

    @property
    def status_code(self) -> int:
        """The status of the answer."""
        return self._answer.status

    @property
    def content(self) -> bytes:
        """The body as it came, unpacked."""
        return self._answer.content

    @property
    def text(self) -> str:
        """The body as text, by its charset, else UTF-8."""
        return self._answer.text

    def json(self) -> Any:
        """The body as JSON. Raises ValueError where it is none."""
        return self._answer.json

    def __repr__(self) -> str:
        return f"HookAnswer(status_code={self.status_code}, {len(self.content)} bytes)"


class HookArguments:
    """What a caller gave, by wire name; a hook changes `query`, `headers`, `cookies` and `body`."""

    __slots__ = ("body", "cookies", "headers", "path", "query")

    def __init__(self, arguments: "Arguments") -> None:
        self.path: tuple[Any, ...] = arguments.path
        self.query: dict[str, Any] = dict(arguments.query or {})
        self.headers: dict[str, Any] = dict(arguments.headers or {})
        self.cookies: dict[str, Any] = dict(arguments.cookies or {})
        self.body: Any = arguments.body


class AuthorizeHook(Protocol):
    """Headers that authorise a request; asked for each attempt. `settings` holds secrets."""

    def __call__(
        self, request: HookRequest, settings: Mapping[str, Any], /
    ) -> Mapping[str, str]: ...


class CallHook(Protocol):
    """Changes what a caller gave, in place, before the request is made."""

    def __call__(self, arguments: HookArguments, /) -> None: ...


class ExtractHook(Protocol):
    """What counts of an answer, as JSON: it is read as the type that the action returns."""

    def __call__(self, answer: HookAnswer, /) -> Any: ...


class TransformHook(Protocol):
    """What becomes of an item, as JSON, before it is read as its type; None leaves it out."""

    def __call__(self, item: Any, /) -> Any: ...


class PaginateHook(Protocol):
    """What is put into the next request, by place (`query.cursor`); None at the end."""

    def __call__(self, answer: HookAnswer, /) -> Mapping[str, Any] | None: ...


class ClassifyHook(Protocol):
    """An outcome or an error class that an answer means; None where the spec's rules decide."""

    def __call__(self, answer: HookAnswer, /) -> str | None: ...


def hook_of(operation: "Operation[Any]", slot: str) -> Callable[..., Any] | None:
    """The function in a slot of an operation; imported when it is first needed."""
    way = (operation.hooks or {}).get(slot)
    if way is None:
        return None
    found: Callable[..., Any] | None = operation.memo.get(f"hook {slot}")
    if found is None:
        found = operation.memo[f"hook {slot}"] = imported(way)
    return found


def imported(way: str) -> Callable[..., Any]:
    """The function of `package.hooks.module:name`."""
    module, _, name = way.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def authorizing(
    hook: AuthorizeHook, settings: Mapping[str, Any], keep: Callable[..., None]
) -> "Callable[[Call], Lines]":
    """Makes the header lines of a call; what they hold is `keep`t out of every message."""

    def lines(call: "Call") -> "Lines":
        content = call.content if isinstance(call.content, bytes) else b""
        headers = Headers((*call.headers, *call.credential_lines))
        url = call.origin.text + call.path_and_query
        request = HookRequest(call.method.decode("ascii"), url, headers, content)
        made = hook(request, settings)
        keep(*made.values())
        return [(name.encode("ascii"), value.encode("latin-1")) for name, value in made.items()]

    return lines


def changed(hook: CallHook, arguments: "Arguments") -> "Arguments":
    """The arguments as a hook leaves them; those of the caller stay as they are."""
    given = HookArguments(arguments)
    hook(given)
    made = arguments.copy()
    made.path = given.path
    made.query = given.query or arguments.query
    made.headers = given.headers or arguments.headers
    made.cookies = given.cookies or arguments.cookies
    made.body = given.body
    return made
