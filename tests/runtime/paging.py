"""Services that give pages by a function, for tests of pagers: no socket, no clock."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from ferrule_runtime.answer import Answer
from ferrule_runtime.decode import Decoder
from ferrule_runtime.errors import PagingLoop
from ferrule_runtime.models import Model, StrictInt
from ferrule_runtime.omit import omit
from ferrule_runtime.operation import Arguments, Operation, Paging
from ferrule_runtime.pager import Fetched, Page, Pager
from ferrule_runtime.places import body

BASE = "https://api.example/v1/things"


class Thing(Model):
    id: StrictInt
    key: str = ""


class Service:
    """Answers pages by a function of the request, and remembers the requests."""

    def __init__(
        self, answer: Callable[[Arguments], Any], paging: Paging | None, at: Any = None
    ) -> None:
        self.answer = answer
        self.operation: Operation[list[Thing]] = Operation(
            "things.list", "GET", "/things", returns=list[Thing], at=at or body("items")
        )
        self.paging = paging
        self.decoder = Decoder(self.operation, paging)
        self.requests: list[Arguments] = []
        self.read: list[int] = []
        self.secret_query: tuple[str, ...] = ()

    def fetch_page(self, operation: Operation[Any], arguments: Arguments) -> Fetched[Any]:
        self.requests.append(arguments)
        if len(self.requests) > 50:
            raise AssertionError("the walk does not end")
        given = self.answer(arguments)
        content, headers, outcome = given if isinstance(given, tuple) else (given, [], "success")
        answer = Answer(200, headers, json.dumps(content).encode())
        items, view = self.decoder.page(answer)
        url = arguments.next_url or BASE + "?" + "&".join(
            f"{name}={value}" for name, value in (arguments.query or {}).items()
        )
        return Fetched(items, view, outcome=outcome, url=url, secret_query=self.secret_query)

    def page_read(self, operation: Operation[Any], number: int, page: Page[Any]) -> None:
        self.read.append(number)

    def paging_loop(self, operation: Operation[Any], reason: str) -> Exception:
        return PagingLoop(reason, action=operation.action)

    def pager(self, arguments: Arguments | None = None, **options: Any) -> Pager[Thing]:
        return Pager(self, self.operation, self.paging, arguments or Arguments(), **options)

    def ids(self, arguments: Arguments | None = None, **options: Any) -> list[int]:
        return [thing.id for thing in self.pager(arguments, **options)]

    def sent(self, name: str) -> list[Any]:
        return [(request.query or {}).get(name, omit) for request in self.requests]


class AsyncService(Service):
    async def fetch_page(  # type: ignore[override]
        self, operation: Operation[Any], arguments: Arguments
    ) -> Fetched[Any]:
        await asyncio.sleep(0)
        return super().fetch_page(operation, arguments)


def things(*ids: int) -> list[dict[str, Any]]:
    return [{"id": each, "key": f"k{each}"} for each in ids]


CURSOR = Paging(cursor=body("next"), into=(("query", "after"),))


def by_cursor(pages: dict[Any, Any]) -> Callable[[Arguments], Any]:
    return lambda arguments: pages[(arguments.query or {}).get("after")]


THREE = {
    None: {"items": things(1, 2), "next": "a"},
    "a": {"items": things(3), "next": "b"},
    "b": {"items": things(4)},
}


def by_page(name: str, pages: list[Any], first: int = 1) -> Callable[[Arguments], Any]:
    def answer(arguments: Arguments) -> Any:
        index = (arguments.query or {})[name] - first
        return pages[index] if index < len(pages) else {"items": []}

    return answer
