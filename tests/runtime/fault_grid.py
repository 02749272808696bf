"""Sends the same fault at every kind of call at once, and counts what reached the service."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ferrule_runtime.connector import Setting
from ferrule_runtime.contract import OAuth2, Operation, Paging, Request, body, template
from ferrule_runtime.errors import ConnectorError
from tests.runtime.faces import Face, connector_at
from tests.services.faults import FaultServer

KINDS = ("get", "put", "post", "keyed", "page", "stream", "token")
ATTEMPTS = 3
# What a walk fetches before it meets the fault, and has given by then.
PAGES_BEFORE = 2

_JSON: Any = dict[str, Any]
_PAGED = Paging(cursor=body("next"), into=(("query", "page"),))
_SETTINGS = (Setting("client_id"), Setting("client_secret", type="secret"))
_CLIENT = {"client_id": "me", "client_secret": "its-secret"}
_made: dict[str, dict[str, Operation[Any]]] = {}


class Outcome:
    """What became of one call: an error's class or None, and how often its path was reached."""

    def __init__(
        self, error: ConnectorError | None, server: FaultServer, path: str, before: int
    ) -> None:
        self.error = error
        self.name = "ok" if error is None else type(error).__name__
        self._server = server
        self._path = path
        self._before = before

    @property
    def hits(self) -> int:
        """How often its path has been reached by now."""
        return self._server.hits[self._path] - self._before

    def __repr__(self) -> str:
        return f"{self.name} x{self.hits}"


def _operations(fault: str) -> dict[str, Operation[Any]]:
    """The operations that meet a fault; made once, as those of a package are."""
    if fault not in _made:
        _made[fault] = {
            "get": Operation("a.get", "GET", f"/{fault}/get", returns=_JSON),
            "put": Operation("a.put", "PUT", f"/{fault}/put", returns=_JSON),
            "post": Operation("a.post", "POST", f"/{fault}/post", returns=_JSON),
            "keyed": Operation(
                "a.key", "POST", f"/{fault}/keyed", returns=_JSON, idempotency_key="Idempotency-Key"
            ),
            "page": Operation(
                "a.list",
                "GET",
                f"/page-three/{fault}/page",
                returns=list[int],
                at=body("items"),
                paging=_PAGED,
            ),
            "stream": Operation("a.load", "GET", f"/{fault}/stream", stream="bytes"),
            "token": Operation("a.get", "GET", "/ok", returns=_JSON),
        }
    return _made[fault]


_SOILING = ("no-content-with-body",)


def play(face: Face, server: FaultServer, fault: str, **options: Any) -> dict[str, Outcome]:
    """The outcome of each kind of call that meets this fault; all of them run at once."""
    options = {"max_attempts": ATTEMPTS, "max_wait": 10.0, "backoff": None, **options}
    url = server.refused_url if fault == "refused" else server.url
    plain = face.at(url, **options)
    kind = OAuth2(token=Request("POST", template(f"/{fault}/token")))
    signed = face.client(connector_at(url, auth=kind, settings=_SETTINGS), _CLIENT, **options)
    calls = []
    for name, operation in _operations(fault).items():
        # What is left over on a kept connection would break somebody else's call.
        own = face.at(url, **options) if fault in _SOILING else plain
        calls.append(_call(signed if name == "token" else own, name, operation))
    before = server.hits.copy()
    errors = _all_async(face, calls) if face.is_async else _all_in_threads(calls)
    outcomes: dict[str, Outcome] = {}
    for name, error in zip(KINDS, errors, strict=True):
        prefix = "/page-three" if name == "page" else ""
        path = f"{prefix}/{fault}/{name}"
        outcomes[name] = Outcome(error, server, path, before[path])
    return outcomes


def _call(client: Any, name: str, operation: Operation[Any]) -> Any:
    if name == "page":
        return lambda: client._pages(operation)
    if name == "stream":
        return lambda: client._download(operation)
    if name in ("put", "post", "keyed"):
        return lambda: client._run(operation, body={"a": 1})
    return lambda: client._run(operation)


def _all_in_threads(calls: list[Any]) -> list[ConnectorError | None]:
    def one(call: Any) -> ConnectorError | None:
        try:
            made = call()
            if hasattr(made, "pages"):
                list(made)
            elif hasattr(made, "save"):
                made.read()
        except ConnectorError as error:
            return error
        return None

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def _all_async(face: Face, calls: list[Any]) -> list[ConnectorError | None]:
    async def one(call: Any) -> ConnectorError | None:
        try:
            made = call()
            if hasattr(made, "pages"):
                async for _ in made:
                    pass
            else:
                made = await made
                if hasattr(made, "save"):
                    await made.read()
        except ConnectorError as error:
            return error
        return None

    async def every() -> list[ConnectorError | None]:
        return await asyncio.gather(*map(one, calls))

    found: list[ConnectorError | None] = face.get(every())
    return found
