"""A service on loopback that answers as a test has scripted it, and remembers its requests."""

import json as json_module
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.services.loopback import Ending, LoopbackServer, Pause, Request, Step, response


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole response; `reply()` makes one."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    content_type: str | None
    after_seconds: float = 0.0
    is_cut: bool = False


Script = Reply | Callable[[Request], Reply] | Ending


def reply(
    status: int = 200,
    *,
    json: Any = ...,
    text: str | None = None,
    content: bytes | None = None,
    content_type: str | None = None,
    headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    after_seconds: float = 0.0,
    is_cut: bool = False,
) -> Reply:
    """A response with a JSON, text or bytes body, or with none.

    `headers` may be pairs, so that a name can come twice; `after_seconds` holds the answer back;
    one that `is_cut` ends before the length that it has told.
    """
    body, default_type = b"", None
    if json is not ...:
        body, default_type = json_module.dumps(json).encode(), "application/json"
    elif text is not None:
        body, default_type = text.encode(), "text/plain; charset=utf-8"
    elif content is not None:
        body, default_type = content, "application/octet-stream"
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    media_type = content_type or default_type
    return Reply(status, tuple(pairs), body, media_type, after_seconds, is_cut)


@dataclass(slots=True)
class _Route:
    method: str
    path: str | re.Pattern[str]
    scripts: list[Script]
    met: int = 0

    def covers(self, request: Request) -> bool:
        if self.method not in ("*", request.method):
            return False
        if isinstance(self.path, str):
            return self.path == request.path
        return self.path.fullmatch(request.path) is not None

    def next_script(self) -> Script:
        script = self.scripts[min(self.met, len(self.scripts) - 1)]
        self.met += 1
        return script


@dataclass(slots=True)
class ScriptedService:
    """Answers by method and path.

    Of several replies each call takes the next one and the last one stays. What nobody scripted is
    answered by 404 and held against the test by `verify()`.
    """

    server: LoopbackServer = field(init=False)
    unexpected: list[str] = field(default_factory=list)
    _routes: list[_Route] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server = LoopbackServer(self._answer)

    @property
    def url(self) -> str:
        """The origin, without a slash at its end."""
        return self.server.url

    @property
    def requests(self) -> list[Request]:
        """Every request so far, in the order in which they came."""
        return self.server.requests

    def on(self, method: str, path: str | re.Pattern[str], *scripts: Script) -> None:
        """Script a method (`*` for any) and a path, not decoded; the latest one stands first.

        A script is a reply, a function from the request to a reply, or an `Ending`.
        """
        if not scripts:
            raise ValueError(f"{method} {path} is given nothing to answer")
        self._routes.insert(0, _Route(method, path, list(scripts)))

    def calls(self, method: str, path: str) -> list[Request]:
        """The requests so far with this method and path."""
        return [call for call in self.requests if (call.method, call.path) == (method, path)]

    def verify(self) -> None:
        """Raise what went wrong on the service's side and would otherwise look like an answer."""
        if self.server.failures:
            raise self.server.failures[0]
        if self.server.malformed:
            raise AssertionError(f"malformed requests came in: {self.server.malformed}")
        if self.unexpected:
            raise AssertionError(f"requests came in that nobody scripted: {self.unexpected}")

    def close(self) -> None:
        """Stop the service."""
        self.server.close()

    def _answer(self, request: Request) -> Iterable[Step]:
        route = next((route for route in self._routes if route.covers(request)), None)
        if route is None:
            self.unexpected.append(f"{request.method} {request.target}")
            return [response(404, b'{"error":"nobody scripted this"}')]
        script = route.next_script()
        if isinstance(script, Ending):
            return [script]
        answer = script if isinstance(script, Reply) else script(request)
        body = b"" if request.method == "HEAD" else answer.body
        length = len(answer.body) + (1000 if answer.is_cut else 0)
        whole = response(answer.status, body, answer.content_type, answer.headers, length=length)
        if answer.is_cut:
            return [whole, Ending.CLOSE]
        return [Pause(answer.after_seconds), whole] if answer.after_seconds else [whole]
